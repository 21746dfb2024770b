/** Prints rows of F&O data entities: ETag first, then the fields in metadata order. */

import { type JsonValue, printJson } from '../../base/json.ts';
import type { StoredRow } from '../store/table-store.ts';
import { type EntitySchema, recordIdMember, recordVersionMember } from './entity-schema.ts';

/** Prints one row as a JSON object. */
export type RowPrinter = (row: StoredRow, members?: { readonly before?: string; readonly after?: string }) => string;

/** Data sources of the entities whose ETag is known to cover several. */
const dataSources: Readonly<Record<string, number>> = { CustomersV3: 18, SalesOrderHeadersV2: 6 };

/** The ETag of a row: Base64 of `'{RecVersion},{RecId};0,0…'`, one pair per data source. */
export function etagOf(row: StoredRow, entity: EntitySchema): string {
  const others = ';0,0'.repeat((dataSources[entity.name] ?? 1) - 1);
  const content = `'${row[recordVersionMember]},${row[recordIdMember]}${others}'`;
  return `W/"${Buffer.from(content).toString('base64')}"`;
}

/**
 * Prepares the printing of these fields. Most fields of most rows are unset: their text is made once, which is what
 * makes a page of 10,000 rows of 300 fields quick.
 */
export function rowPrinter(entity: EntitySchema, names: readonly string[]): RowPrinter {
  const fields = names.map((name) => {
    const empty = entity.rowDefaults[name] ?? null;
    const prefix = `,${printJson(name)}:`;
    return { name, empty, prefix, emptyText: prefix + printValue(empty) };
  });
  return (row, members = {}) => {
    let text = `{${members.before ?? ''}"@odata.etag":${printJson(etagOf(row, entity))}`;
    for (const { name, empty, prefix, emptyText } of fields) {
      const value = row[name];
      text += value === empty || value === undefined ? emptyText : prefix + printValue(value);
    }
    return `${text}${members.after ?? ''}}`;
  };
}

function printValue(value: JsonValue): string {
  return typeof value === 'string' ? JSON.stringify(value) : printJson(value);
}
