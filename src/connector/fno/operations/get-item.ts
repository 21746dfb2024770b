/** Fin & Ops Apps: *Get a record*. */

import { objectSchema } from '../../column-schema.ts';
import { defineOperation } from '../../define-operation.ts';
import { jsonAnswer } from '../../operation-answer.ts';
import { datasetParameter, rowOutput, tableParameter, textParameter } from '../../parameter-schemas.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { keyOfObjectId } from '../object-id.ts';
import { objectIdParameter, recordOptions, shownRow } from '../record.ts';

/** Reads one record by its key, in whatever company it is. */
export const getItem = defineOperation({
  id: 'GetItem',
  summary: 'Get a record',
  effect: 'read',
  addresses: tableAddresses('get', 'items/{id}'),
  parameters: async () => parameters,
  output: rowOutput,
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    const key = keyOfObjectId(textParameter(given, 'id'), table.entityType);
    const row = await connection.client.entitySet(table.name).get(key, recordOptions(table, context.signal));
    return jsonAnswer(200, shownRow(row));
  },
});

const parameters = objectSchema(
  { dataset: datasetParameter, table: tableParameter, id: objectIdParameter },
  { required: ['table', 'id'] },
);
