/** Dynamics 365, Dataverse (legacy): *Get record*. */

import { objectSchema } from '../../column-schema.ts';
import { defineOperation } from '../../define-operation.ts';
import { jsonAnswer } from '../../operation-answer.ts';
import { datasetParameter, rowOutput, tableParameter, textParameter } from '../../parameter-schemas.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { editionPrefixes } from '../editions.ts';
import { readRow, recordIdParameter } from '../record.ts';

/** Reads one record by its id. */
export const getRecord = defineOperation({
  id: 'GetItem_V2',
  summary: 'Get record',
  effect: 'read',
  addresses: tableAddresses('get', 'items/{id}', editionPrefixes),
  parameters: async () => parameters,
  output: rowOutput,
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    return jsonAnswer(200, await readRow(connection, table, textParameter(given, 'id'), context.signal));
  },
});

const parameters = objectSchema(
  { dataset: datasetParameter, table: tableParameter, id: recordIdParameter },
  { required: ['table', 'id'] },
);
