/** Addressing and reading one record of a Dataverse table. */

import type { JsonObject } from '../../base/json.ts';
import { type Literal, literalOf } from '../../odata/index.ts';
import type { EntityTable } from '../entity-table.ts';
import type { OpenConnection } from '../open-connection.ts';
import { rowAnnotations, tableRow } from './table-row.ts';

/** *Item identifier*: the record's id. */
export const recordIdParameter: JsonObject = Object.freeze({
  type: 'string',
  format: 'uuid',
  'x-ms-summary': 'Item identifier',
});

/** The key of a record: its id as a GUID, not as a text. */
export function recordKey(id: string): Literal {
  return literalOf(id, 'Edm.Guid');
}

/** The record of this id, as the connector gives rows. Raises RECORD_NOT_FOUND. */
export async function readRow(
  connection: OpenConnection,
  table: EntityTable,
  id: string,
  signal: AbortSignal | undefined,
): Promise<JsonObject> {
  const row = await connection.client
    .entitySet(table.name)
    .get(recordKey(id), { annotations: rowAnnotations, ...(signal === undefined ? {} : { signal }) });
  return tableRow(connection, table, row);
}
