/**
 * Dynamics 365, Dataverse (legacy): the polling trigger *When a record is created*.
 *
 * The first poll returns nothing: its position is the newest `createdon` of the table, whatever `$filter` says; of an
 * empty table every record to come is new. A record whose `createdon` was moved into the past
 * (`overriddencreatedon`) is not seen, as with the managed connector.
 */

import type { JsonObject } from '../../../base/json.ts';
import type { ListOptions } from '../../../client/client.ts';
import {
  and,
  compare,
  compareRows,
  type FilterExpression,
  literalOf,
  type OrderByItem,
  property,
} from '../../../odata/index.ts';
import { objectSchema } from '../../column-schema.ts';
import type { CallContext, PollResult } from '../../contract.ts';
import { defineTrigger } from '../../define-operation.ts';
import type { EntityTable } from '../../entity-table.ts';
import { inputError } from '../../input-error.ts';
import { listOptionsOf } from '../../list-records.ts';
import type { OpenConnection } from '../../open-connection.ts';
import {
  datasetParameter,
  queryParameters,
  rowsOutput,
  tableParameter,
  textParameter,
} from '../../parameter-schemas.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { editionPrefixes } from '../editions.ts';
import { rowAnnotations, tableRow } from '../table-row.ts';
import {
  advance,
  type CreatedPosition,
  type CreatedRecord,
  createdRecord,
  emptyPosition,
  instantText,
  isSeen,
  lookBackMs,
  parsePosition,
  printPosition,
} from './created-position.ts';

/** Most records of one poll; the rest come with the next one, at once. */
export const recordsPerPollMax = 1000;

/** Yields records of a table that were created since the poll before, oldest first unless `$orderby` says otherwise. */
export const onNewItems = defineTrigger({
  id: 'GetOnNewItems_V2',
  summary: 'When a record is created',
  addresses: tableAddresses('get', 'onnewitems', editionPrefixes),
  refused: { $expand: '$expand is not supported by this trigger; read related records with an action.' },
  parameters: async () => parameters,
  output: rowsOutput,
  async poll(connection, given, state, context) {
    const table = await tableOf(connection, given, context.signal);
    if (table.entityType.property('createdon') === undefined) {
      throw inputError('/table', `Table '${table.name}' has no column 'createdon', which this trigger goes by.`);
    }
    if (state === undefined) {
      // What the trigger is asked for is checked at the first poll, not at the first record.
      listOptionsOf(given, table);
      return { records: [], state: printPosition(await firstPosition(connection, table, context)) };
    }
    return pollSince(parsePosition(state), { connection, table, given, context });
  },
  eventKey(given, record) {
    const id = record.ItemInternalId;
    if (typeof id !== 'string') throw inputError('/ItemInternalId', 'A record of this trigger has its id here.');
    return `${textParameter(given, 'table')}/${id}`;
  },
});

const { $filter, $orderby, $select, $top } = queryParameters;

const parameters = objectSchema(
  // Designers of 2016 wrote `$skip: 0` beside each `$top`.
  {
    dataset: datasetParameter,
    table: tableParameter,
    $filter,
    $orderby,
    $select,
    $top,
    $skip: { type: 'integer', enum: [0] },
  },
  { required: ['table'] },
);

interface Poll {
  readonly connection: OpenConnection;
  readonly table: EntityTable;
  readonly given: JsonObject;
  readonly context: CallContext;
}

async function pollSince(position: CreatedPosition, poll: Poll): Promise<PollResult> {
  const { connection, table, given, context } = poll;
  const asked = listOptionsOf(given, table);
  const max = Math.min(asked.top ?? recordsPerPollMax, recordsPerPollMax);
  const rows: JsonObject[] = [];
  const created: CreatedRecord[] = [];
  let hasMore = false;
  for await (const row of connection.client.entitySet(table.name).list(createdSince(position, asked, poll))) {
    const record = createdRecord(row, keyNameOf(table));
    if (isSeen(position, record)) continue;
    if (rows.length === max) {
      hasMore = true;
      break;
    }
    rows.push(row);
    created.push(record);
  }
  const next = advance(position, created);
  if (next.isShortened) {
    context.log.warn('look-back shortened: records that become visible late may be missed', { table: table.name });
  }
  const ordered = asked.orderby === undefined ? rows : inOrder(rows, asked.orderby, table);
  return {
    records: ordered.map((row) => tableRow(connection, table, selected(row, asked, table))),
    state: printPosition(next.position),
    ...(hasMore ? { pollAgainAfterMs: 0 } : {}),
  };
}

function createdSince(position: CreatedPosition, asked: ListOptions, { table, context }: Poll): ListOptions {
  const conditions: FilterExpression[] = [];
  if (position.from !== undefined) conditions.push(createdFrom(position.from));
  if (asked.filter !== undefined && typeof asked.filter !== 'string') conditions.push(asked.filter);
  const [first, ...others] = conditions;
  // Ordering by other columns needs them, so all are read then and the selected ones are given on.
  const select = asked.orderby === undefined ? asked.select : undefined;
  return {
    ...(first === undefined ? {} : { filter: and(first, ...others) }),
    ...(select === undefined ? {} : { select: [...new Set([...select, keyNameOf(table), 'createdon'])] }),
    orderby: [ascending('createdon'), ascending(keyNameOf(table))],
    annotations: rowAnnotations,
    ...signalOf(context),
  };
}

/** Where to start: behind the newest record, with the ids of the look-back, so that late ones are told from old ones. */
async function firstPosition(
  connection: OpenConnection,
  table: EntityTable,
  context: CallContext,
): Promise<CreatedPosition> {
  const entitySet = connection.client.entitySet(table.name);
  const keyName = keyNameOf(table);
  const select = [keyName, 'createdon'];
  const newest: ListOptions = { select, orderby: [descending('createdon')], top: 1, ...signalOf(context) };
  let watermark: number | undefined;
  for await (const row of entitySet.list(newest)) watermark = createdRecord(row, keyName).createdOn;
  if (watermark === undefined) return emptyPosition;
  const edge: ListOptions = {
    select,
    filter: createdFrom(watermark - lookBackMs),
    orderby: [descending('createdon'), ascending(keyName)],
    ...signalOf(context),
  };
  let position: CreatedPosition = { ...emptyPosition, from: watermark - lookBackMs };
  let second: CreatedRecord[] = [];
  for await (const row of entitySet.list(edge)) {
    const record = createdRecord(row, keyName);
    if (second[0] !== undefined && second[0].createdOn !== record.createdOn) {
      const next = advance(position, second);
      position = next.position;
      second = [];
      // The limit is reached: what is older than the seconds kept is old, and stays so.
      if (next.isShortened) return position;
    }
    second.push(record);
  }
  return advance(position, second).position;
}

function keyNameOf(table: EntityTable): string {
  return table.entityType.key[0] ?? '';
}

function createdFrom(instant: number): FilterExpression {
  return compare('ge', property('createdon'), literalOf(instantText(instant), 'Edm.DateTimeOffset'));
}

function ascending(name: string): OrderByItem {
  return { kind: 'orderByItem', expression: property(name), direction: 'asc', position: 0 };
}

function descending(name: string): OrderByItem {
  return { ...ascending(name), direction: 'desc' };
}

function inOrder(
  rows: readonly JsonObject[],
  orderby: NonNullable<ListOptions['orderby']>,
  table: EntityTable,
): readonly JsonObject[] {
  if (typeof orderby === 'string') return rows;
  return [...rows].sort(compareRows(orderby, table.entityType, table.model));
}

/** Only the columns that were asked for, with the id; annotations stay with their columns. */
function selected(row: JsonObject, asked: ListOptions, table: EntityTable): JsonObject {
  if (asked.select === undefined) return row;
  const names = new Set([...asked.select, keyNameOf(table), '']);
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name.split('@', 1)[0] ?? '')));
}

function signalOf(context: CallContext): Pick<ListOptions, 'signal'> {
  return context.signal === undefined ? {} : { signal: context.signal };
}
