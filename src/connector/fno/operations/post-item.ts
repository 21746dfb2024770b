/** Fin & Ops Apps: *Create record*. */

import { isRialtoError } from '../../../base/errors.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectSchema } from '../../column-schema.ts';
import type { CallContext } from '../../contract.ts';
import { defineOperation } from '../../define-operation.ts';
import type { EntityTable } from '../../entity-table.ts';
import type { OpenConnection } from '../../open-connection.ts';
import { jsonAnswer } from '../../operation-answer.ts';
import { bodyOf, datasetParameter, rowSchema, schemaOfTable, tableParameter } from '../../parameter-schemas.ts';
import { hasSentMembers } from '../../sent-members.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { recordOptions, shownRow } from '../record.ts';
import { bodySchema, keyInBody } from '../record-body.ts';

/**
 * Creates a record. A repeat is safe when the body holds the whole key: F&O refuses the duplicate, and the stored record
 * is compared with what was sent (design D8). A record whose key a number sequence gives is created at least once: after
 * an attempt whose answer was lost there may be two.
 */
export const postItem = defineOperation({
  id: 'PostItem',
  summary: 'Create record',
  effect: 'write',
  addresses: tableAddresses('post', 'items'),
  parameters: (connection, given, signal) =>
    schemaOfTable(
      { operation: 'PostItem', connection, parameters: given },
      (table) =>
        objectSchema(
          { dataset: datasetParameter, table: tableParameter, body: bodySchema(table, 'create') },
          { required: ['table', 'body'] },
        ),
      signal,
    ),
  output: (connection, given, signal) =>
    schemaOfTable({ operation: 'PostItem output', connection, parameters: given }, rowSchema, signal),
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    return jsonAnswer(201, shownRow(await create(connection, table, bodyOf(given), context)));
  },
});

async function create(
  connection: OpenConnection,
  table: EntityTable,
  body: JsonObject,
  context: CallContext,
): Promise<JsonObject> {
  const entitySet = connection.client.entitySet(table.name);
  const key = keyInBody(body, table);
  if (key === undefined && context.mayBeRepeat) {
    context.log.warn('create without the whole key may be done twice', { table: table.name });
  }
  const options = context.signal === undefined ? {} : { signal: context.signal };
  try {
    const { record } = await entitySet.create(body, { returnRecord: true, ...options });
    if (record !== undefined) return record;
    return key === undefined ? {} : await entitySet.get(key, recordOptions(table, context.signal));
  } catch (error) {
    if (key === undefined || !context.mayBeRepeat || !isConflict(error)) throw error;
    const stored = await entitySet.get(key, recordOptions(table, context.signal));
    if (!hasSentMembers(stored, body)) throw error;
    context.log.info('create met the record of an earlier attempt', { table: table.name });
    return stored;
  }
}

function isConflict(error: unknown): boolean {
  return isRialtoError(error) && error.code === 'RECORD_CONFLICT';
}
