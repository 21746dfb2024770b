/** Addressing and showing one record of an F&O data entity. */

import type { JsonObject } from '../../base/json.ts';
import type { EntityTable } from '../entity-table.ts';
import { isCompanyScoped } from './object-id.ts';

/** *Object id*. */
export const objectIdParameter: JsonObject = Object.freeze({
  type: 'string',
  minLength: 1,
  'x-ms-summary': 'Object id',
  description: 'Key values joined by commas, in the order of the metadata: usmf,US-001',
});

/**
 * Options of a call on one record: all companies, because its key names its own; without that F&O looks in the default
 * company of the caller only and answers *No resources were found when selecting for update* (F&O web API, companies).
 */
export function recordOptions(
  table: EntityTable,
  signal: AbortSignal | undefined,
): { readonly crossCompany?: boolean; readonly signal?: AbortSignal } {
  return {
    ...(isCompanyScoped(table.entityType) ? { crossCompany: true } : {}),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** The row without the annotations of the answer around it; the ETag stays. */
export function shownRow(row: JsonObject): JsonObject {
  if (!('@odata.context' in row)) return row;
  const { '@odata.context': _context, ...shown } = row;
  return shown;
}
