/** Fin & Ops Apps: *Delete record*. */

import { objectSchema } from '../../column-schema.ts';
import { defineOperation } from '../../define-operation.ts';
import { deleteOnce } from '../../delete-once.ts';
import { emptyAnswer } from '../../operation-answer.ts';
import { datasetParameter, tableParameter, textParameter } from '../../parameter-schemas.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { keyOfObjectId } from '../object-id.ts';
import { objectIdParameter, recordOptions } from '../record.ts';

/** Deletes one record by its key, in whatever company it is. */
export const deleteItem = defineOperation({
  id: 'DeleteItem',
  summary: 'Delete record',
  effect: 'write',
  addresses: tableAddresses('delete', 'items/{id}'),
  parameters: async () => parameters,
  output: async () => ({}),
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    const key = keyOfObjectId(textParameter(given, 'id'), table.entityType);
    const options = recordOptions(table, context.signal);
    await deleteOnce(connection.client.entitySet(table.name), key, context, options);
    return emptyAnswer(200);
  },
});

const parameters = objectSchema(
  { dataset: datasetParameter, table: tableParameter, id: objectIdParameter },
  { required: ['table', 'id'] },
);
