/** Dynamics 365, Dataverse (legacy): *Create a new record*. */

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
import { derivedRecordId } from '../derived-id.ts';
import { editionPrefixes } from '../editions.ts';
import { bindLookups } from '../lookup.ts';
import { readRow, recordKey } from '../record.ts';
import { tableLookups } from '../table-lookups.ts';
import { tableRow } from '../table-row.ts';
import { recordSchema } from '../table-schema.ts';

/**
 * Creates a record. Under an idempotency key the record gets an id that follows from the key, so that a repeat meets the
 * record of the first attempt and answers as that would have (design D8).
 */
export const createRecord = defineOperation({
  id: 'PostItem_V2',
  summary: 'Create a new record',
  effect: 'write',
  addresses: tableAddresses('post', 'items', editionPrefixes),
  parameters: (connection, given, signal) =>
    schemaOfTable(
      { operation: 'PostItem_V2', connection, parameters: given },
      (table) => {
        const body =
          table === undefined ? { type: 'object' } : recordSchema(table, tableLookups(connection, table), 'create');
        return objectSchema(
          { dataset: datasetParameter, table: tableParameter, body },
          { required: ['table', 'body'] },
        );
      },
      signal,
    ),
  output: rowOutput,
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    const record = withoutNullBinds(bindLookups(bodyOf(given), tableLookups(connection, table)));
    return jsonAnswer(201, await create(connection, table, record, context));
  },
});

async function create(
  connection: OpenConnection,
  table: EntityTable,
  record: JsonObject,
  context: CallContext,
): Promise<JsonObject> {
  const keyName = table.entityType.key[0] ?? '';
  const givenId = record[keyName];
  const isDerived = (givenId === undefined || givenId === null) && context.idempotencyKey !== '';
  const id = isDerived ? derivedRecordId(table.name, context.idempotencyKey) : givenId;
  if (id === undefined || id === null) {
    const check = `Look whether the record is there; if it is not, run the flow again.`;
    refuseUnsafeRepeat(context, `A create in table '${table.name}'`, check);
  }
  const sent = typeof id === 'string' ? { ...record, [keyName]: id } : record;
  try {
    const { record: created } = await connection.client
      .entitySet(table.name)
      .create(sent, { returnRecord: true, ...(context.signal === undefined ? {} : { signal: context.signal }) });
    if (created !== undefined) return tableRow(connection, table, created);
    return typeof id === 'string' ? await readRow(connection, table, id, context.signal) : {};
  } catch (error) {
    if (!isConflict(error) || typeof id !== 'string' || !(isDerived || context.mayBeRepeat)) throw error;
    // The id is in use. A derived id is nobody else's; one that the caller gave may be, unless all that was sent is there.
    const stored = await readStored(connection, table, id, context.signal);
    if (stored === undefined || !(isDerived || hasSentMembers(stored, sent))) throw error;
    context.log.info('create met the record of an earlier attempt', { table: table.name, id });
    return tableRow(connection, table, stored);
  }
}

/** The record that stands under the id; undefined when the conflict was about something else. */
async function readStored(
  connection: OpenConnection,
  table: EntityTable,
  id: string,
  signal: AbortSignal | undefined,
): Promise<JsonObject | undefined> {
  try {
    return await connection.client.entitySet(table.name).get(recordKey(id), signal === undefined ? {} : { signal });
  } catch (error) {
    if (isRialtoError(error) && error.code === 'RECORD_NOT_FOUND') return undefined;
    throw error;
  }
}

function isConflict(error: unknown): boolean {
  return isRialtoError(error) && error.code === 'RECORD_CONFLICT';
}

/** There is nothing to clear in a record that does not exist yet. */
function withoutNullBinds(record: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => value !== null || !name.endsWith('@odata.bind')),
  );
}
