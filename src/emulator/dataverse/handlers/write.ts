/** Creates, updates, upserts and deletes rows, with the header rules of conditional requests. */

import type { JsonValue } from '../../../base/json.ts';
import type { HttpResponse } from '../../../http/send.ts';
import type { StoredRow } from '../../store/table-store.ts';
import { emptyAnswer } from '../../wire/answer.ts';
import { refusal } from '../../wire/refusal.ts';
import { columnValue, payloadError } from '../column-value.ts';
import { type DataverseExchange, preferenceApplied, tableOf } from '../exchange.ts';
import { expandPrinter } from '../expand.ts';
import { etagOf } from '../print-row.ts';
import { createRecord, deleteRecord, duplicate, updateRecord } from '../records.ts';
import { type RowKey, rowMissing } from '../row-key.ts';
import { selectedProperties } from '../select.ts';
import type { TableSchema } from '../table-schema.ts';
import { parseBody, readColumns } from '../write-body.ts';
import { addressedRow, requireRow, rowAnswer } from './read.ts';

/** `POST accounts`: 204 with `OData-EntityId`, or 201 with the row when that is preferred. */
export async function createRow(exchange: DataverseExchange): Promise<HttpResponse> {
  const table = tableOf(exchange);
  const values = await bodyColumns(table, exchange);
  checkRepresentation(table, exchange);
  const row = createRecord(values, table, exchange.record);
  return exchange.preferences.returnsRepresentation
    ? rowAnswer(201, row, table, exchange)
    : entityIdAnswer(row, table, exchange);
}

/** `PATCH accounts(id)`: update, or create where the headers allow it. */
export async function updateRow(exchange: DataverseExchange): Promise<HttpResponse> {
  const table = tableOf(exchange);
  const values = await bodyColumns(table, exchange);
  checkRepresentation(table, exchange);
  // From here on nothing waits: what is checked is what is changed.
  const { key, row } = addressedRow(exchange);
  const ifMatch = exchange.request.headers['if-match'];
  if (exchange.request.headers['if-none-match'] === '*' && row !== undefined) throw duplicate();
  if (row === undefined) {
    if (ifMatch !== undefined) throw rowMissing(key, table);
    const created = createRecord({ ...values, ...keyColumns(key, values, table) }, table, exchange.record);
    return exchange.preferences.returnsRepresentation
      ? rowAnswer(201, created, table, exchange)
      : entityIdAnswer(created, table, exchange);
  }
  checkIfMatch(ifMatch, row);
  if (key.kind === 'alternate') keyColumns(key, values, table);
  const updated = updateRecord(row, values, table, exchange.record);
  return exchange.preferences.returnsRepresentation
    ? rowAnswer(200, updated, table, exchange, { ignoreExpand: true })
    : entityIdAnswer(updated, table, exchange);
}

/** `DELETE accounts(id)`. */
export function deleteRow(exchange: DataverseExchange): HttpResponse {
  const { table, row } = requireRow(exchange);
  checkIfMatch(exchange.request.headers['if-match'], row);
  deleteRecord(row, table, exchange.record);
  return emptyAnswer(204, { 'odata-version': '4.0' });
}

/** `PUT accounts(id)/name` with `{"value": …}`. */
export async function updateProperty(exchange: DataverseExchange): Promise<HttpResponse> {
  const table = tableOf(exchange);
  const body = parseBody(await exchange.request.readText(), table.data.entitySet);
  if (body.value === undefined) {
    throw payloadError(table.data.entitySet, "The body of a property update must have a member 'value'.");
  }
  return changeProperty(body.value, exchange);
}

/** `DELETE accounts(id)/name`: sets null. */
export function clearProperty(exchange: DataverseExchange): HttpResponse {
  return changeProperty(null, exchange);
}

function changeProperty(value: JsonValue, exchange: DataverseExchange): HttpResponse {
  const { table, row } = requireRow(exchange);
  checkIfMatch(exchange.request.headers['if-match'], row);
  const name = exchange.target.property?.name ?? '';
  updateRecord(row, readColumns({ [name]: value }, table, exchange), table, exchange.record);
  return emptyAnswer(204, { 'odata-version': '4.0' });
}

async function bodyColumns(table: TableSchema, exchange: DataverseExchange): Promise<Record<string, JsonValue>> {
  return readColumns(parseBody(await exchange.request.readText(), table.data.entitySet), table, exchange);
}

/** Refuses a `$select` or `$expand` of the answer while nothing has changed yet. */
function checkRepresentation(table: TableSchema, exchange: DataverseExchange): void {
  if (!exchange.preferences.returnsRepresentation) return;
  selectedProperties(exchange.uri.options.select, table);
  expandPrinter(exchange.uri.options.expand, table, exchange);
}

function checkIfMatch(ifMatch: string | undefined, row: StoredRow): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === etagOf(row)) return;
  throw refusal(
    412,
    '0x80060882',
    "The version of the existing record doesn't match the RowVersion property provided.",
  );
}

/** The columns that a key sets on upsert; the body may repeat them with the same value only. */
function keyColumns(
  key: RowKey,
  values: Readonly<Record<string, JsonValue>>,
  table: TableSchema,
): Record<string, JsonValue> {
  const columns = key.kind === 'primary' ? new Map([[table.data.primaryId, key.id]]) : key.values;
  for (const [name, value] of columns) {
    if (values[name] !== undefined && values[name] !== value) {
      throw refusal(400, '0x80040203', `The body gives '${name}' another value than the key in the URL.`);
    }
  }
  return Object.fromEntries([...columns].map(([name, value]) => [name, keptValue(name, value, table)]));
}

/** A key value as a column: a text, for instance, may be longer than its column takes. */
function keptValue(name: string, value: JsonValue, table: TableSchema): JsonValue {
  const column = table.columnsByProperty.get(name);
  return column === undefined ? value : columnValue(value, column, table);
}

function entityIdAnswer(row: StoredRow, table: TableSchema, exchange: DataverseExchange): HttpResponse {
  const id = `${exchange.serviceRoot}${table.data.entitySet}(${row[table.data.primaryId]})`;
  return emptyAnswer(204, { 'odata-version': '4.0', 'odata-entityid': id, ...preferenceApplied(exchange) });
}
