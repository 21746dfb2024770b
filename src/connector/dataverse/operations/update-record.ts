/** Dynamics 365, Dataverse (legacy): *Update a record*. */

import { objectSchema } from '../../column-schema.ts';
import { defineOperation } from '../../define-operation.ts';
import { jsonAnswer } from '../../operation-answer.ts';
import {
  bodyOf,
  datasetParameter,
  rowOutput,
  schemaOfTable,
  tableParameter,
  textParameter,
} from '../../parameter-schemas.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { editionPrefixes } from '../editions.ts';
import { bindLookups } from '../lookup.ts';
import { readRow, recordIdParameter, recordKey } from '../record.ts';
import { tableLookups } from '../table-lookups.ts';
import { tableRow } from '../table-row.ts';
import { recordSchema } from '../table-schema.ts';

/** Changes the columns given; never creates. The same change twice leaves the same record. */
export const updateRecord = defineOperation({
  id: 'PatchItem_V2',
  summary: 'Update a record',
  effect: 'write',
  addresses: tableAddresses('patch', 'items/{id}', editionPrefixes),
  parameters: (connection, given, signal) =>
    schemaOfTable(
      { operation: 'PatchItem_V2', connection, parameters: given },
      (table) => {
        const body =
          table === undefined ? { type: 'object' } : recordSchema(table, tableLookups(connection, table), 'update');
        return objectSchema(
          { dataset: datasetParameter, table: tableParameter, id: recordIdParameter, body },
          { required: ['table', 'id', 'body'] },
        );
      },
      signal,
    ),
  output: rowOutput,
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    const id = textParameter(given, 'id');
    const changes = bindLookups(bodyOf(given), tableLookups(connection, table));
    const { record } = await connection.client.entitySet(table.name).update(recordKey(id), changes, {
      returnRecord: true,
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const row =
      record === undefined ? await readRow(connection, table, id, context.signal) : tableRow(connection, table, record);
    return jsonAnswer(200, row);
  },
});
