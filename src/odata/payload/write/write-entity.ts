/** Row → payload of one entity. */

import type { Row } from '../../row.ts';
import { originOf, printContextOf, type WriteOptions } from './print-context.ts';
import { printRow } from './print-row.ts';
import { contextMember } from './write-collection.ts';

export interface WriteEntityOptions extends WriteOptions {
  /** Undefined for an entity that is sent to a service. */
  readonly context?: string;
  readonly row: Row;
}

/**
 * A single entity (OData JSON 4.01 6): the context, then the members of the row. With a model its values are of their
 * types: `writeEntity({ context, row, model, entitySet: 'CustomersV3', format: { metadata: 'full' } })`.
 */
export function writeEntity(options: WriteEntityOptions): string {
  const context = printContextOf(options);
  return printRow(options.row, originOf(options), context, contextMember(options.context, context));
}
