/** Dynamics 365, Dataverse (legacy): *Delete a record*. */

import { objectSchema } from '../../column-schema.ts';
import { defineOperation } from '../../define-operation.ts';
import { deleteOnce } from '../../delete-once.ts';
import { emptyAnswer } from '../../operation-answer.ts';
import { datasetParameter, tableParameter, textParameter } from '../../parameter-schemas.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { editionPrefixes } from '../editions.ts';
import { recordIdParameter, recordKey } from '../record.ts';

/** Deletes one record by its id. */
export const deleteRecord = defineOperation({
  id: 'DeleteItem_V2',
  summary: 'Delete a record',
  effect: 'write',
  addresses: tableAddresses('delete', 'items/{id}', editionPrefixes),
  parameters: async () => parameters,
  output: async () => ({}),
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    await deleteOnce(connection.client.entitySet(table.name), recordKey(textParameter(given, 'id')), context);
    return emptyAnswer(200);
  },
});

const parameters = objectSchema(
  { dataset: datasetParameter, table: tableParameter, id: recordIdParameter },
  { required: ['table', 'id'] },
);
