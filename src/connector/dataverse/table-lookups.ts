/** The lookups of a table, worked out once per connection. */

import type { EntityTable } from '../entity-table.ts';
import type { OpenConnection } from '../open-connection.ts';
import { type Lookups, lookupsOf } from './lookup.ts';

/** The lookups of the table, kept with its model. */
export function tableLookups(connection: OpenConnection, table: EntityTable): Lookups {
  return connection.memo.get(table.model, `dataverse lookups ${table.name}`, () => lookupsOf(table));
}
