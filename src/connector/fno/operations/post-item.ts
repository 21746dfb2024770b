/** Fin & Ops Apps: *Create record*. */

import { isRialtoError } from '../../../base/errors.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectSchema } from '../../column-schema.ts';
import type { CallContext } from '../../contract.ts';
import { defineOperation } from '../../define-operation.ts';
import type { EntityTable } from '../../entity-table.ts';
import type { OpenConnection } from '../../open-connection.ts';
import { jsonAnswer } from '../../operation-answer.ts';
import { bodyOf, datasetParameter, rowOutput, schemaOfTable, tableParameter } from '../../parameter-schemas.ts';
import { hasSentMembers } from '../../sent-members.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { refuseUnsafeRepeat } from '../../unsafe-repeat.ts';
import { isCompanyField } from '../object-id.ts';
import { shownRow } from '../record.ts';
import { bodySchema, createdRecordFilter } from '../record-body.ts';

/**
 * Creates a record. A repeat is safe when the body holds the key: F&O refuses the duplicate, and the stored record is
 * compared with what was sent (design D8). When a number sequence gives the key, a possible repeat is refused.
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
  output: rowOutput,
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
  const filter = createdRecordFilter(body, table);
  if (filter === undefined) {
    refuseUnsafeRepeat(
      context,
      `A create in table '${table.name}'`,
      `Look whether the record is there; if it is not, run the flow again. A body with all key fields` +
        ` (${table.entityType.key.join(', ')}) can be repeated safely.`,
    );
  }
  const options = context.signal === undefined ? {} : { signal: context.signal };
  try {
    const { record } = await entitySet.create(body, { returnRecord: true, ...options });
    return record ?? {};
  } catch (error) {
    if (filter === undefined || !context.mayBeRepeat || !isRefusal(error)) throw error;
    const crossCompany = Object.keys(body).some(isCompanyField);
    for await (const stored of entitySet.list({
      filter,
      top: 1,
      ...(crossCompany ? { crossCompany } : {}),
      ...options,
    })) {
      if (!hasSentMembers(stored, body)) break;
      context.log.info('create met the record of an earlier attempt', { table: table.name });
      return stored;
    }
    throw error;
  }
}

/** A refusal of any wording: F&O has no code for a duplicate, and its text is in the language of the user. */
function isRefusal(error: unknown): boolean {
  return isRialtoError(error) && (error.code === 'RECORD_CONFLICT' || error.code === 'SERVICE_ERROR');
}
