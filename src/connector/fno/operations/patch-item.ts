/** Fin & Ops Apps: *Update a record*. */

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
import { keyOfObjectId } from '../object-id.ts';
import { objectIdParameter, recordOptions, shownRow } from '../record.ts';
import { bodySchema, withoutKeyFields } from '../record-body.ts';

/** Changes the fields given, in whatever company the record is, and answers the record as it is stored then. */
export const patchItem = defineOperation({
  id: 'PatchItem',
  summary: 'Update a record',
  effect: 'write',
  addresses: tableAddresses('patch', 'items/{id}'),
  parameters: (connection, given, signal) =>
    schemaOfTable(
      { operation: 'PatchItem', connection, parameters: given },
      (table) =>
        objectSchema(
          {
            dataset: datasetParameter,
            table: tableParameter,
            id: objectIdParameter,
            body: bodySchema(table, 'update'),
          },
          { required: ['table', 'id', 'body'] },
        ),
      signal,
    ),
  output: rowOutput,
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    const key = keyOfObjectId(textParameter(given, 'id'), table.entityType);
    const entitySet = connection.client.entitySet(table.name);
    const options = recordOptions(table, context.signal);
    const changes = withoutKeyFields(bodyOf(given), key, table);
    const { record } = await entitySet.update(key, changes, { ...options, returnRecord: true });
    return jsonAnswer(200, shownRow(record ?? (await entitySet.get(key, options))));
  },
});
