/** Lists rows: `GET set`, `GET set(id)/collection`, and their counts. */

import { isJsonObject, type JsonObject, type JsonValue, printJson } from '../../../base/json.ts';
import type { HttpResponse } from '../../../http/send.ts';
import { contextUrl, printRequestUri, type QueryOptions } from '../../../odata/index.ts';
import type { StoredRow } from '../../store/table-store.ts';
import { byteOrderMark, streamAnswer, textAnswer } from '../../wire/answer.ts';
import { notImplemented, refusal } from '../../wire/refusal.ts';
import { type DataverseExchange, jsonHeaders, printContext, tableOf } from '../exchange.ts';
import { collectionRows, expandPrinter } from '../expand.ts';
import { printRow } from '../print-row.ts';
import { findRow, readRowKey, rowMissing } from '../row-key.ts';
import { queryRows, queryTable, rowOrder } from '../row-query.ts';
import { selectedProperties } from '../select.ts';
import { malformedCookie, printSkipToken, readSkipToken } from '../skip-token.ts';
import type { TableSchema } from '../table-schema.ts';

/** `GET accounts`. */
export function listSet(exchange: DataverseExchange): HttpResponse {
  const table = tableOf(exchange);
  refuseOptions(exchange.uri.options);
  return listAnswer(queryTable(exchange.uri.options, table, exchange), table, exchange);
}

/** `GET accounts/$count`: digits after a byte-order mark, capped like every count. */
export function countSet(exchange: DataverseExchange): HttpResponse {
  const { filter } = exchange.uri.options;
  refuseOptions(exchange.uri.options);
  const rows = queryTable({ filter }, tableOf(exchange), exchange);
  return countAnswer(rows.length, exchange);
}

/** `GET accounts(id)/Account_Tasks`. */
export function listCollection(exchange: DataverseExchange): HttpResponse {
  refuseOptions(exchange.uri.options);
  const { rows, child } = addressedCollection(exchange);
  return listAnswer(queryRows(rows, exchange.uri.options, child, exchange), child, exchange);
}

/** `GET accounts(id)/Account_Tasks/$count`. */
export function countCollection(exchange: DataverseExchange): HttpResponse {
  const { rows, child } = addressedCollection(exchange);
  return countAnswer(queryRows(rows, { filter: exchange.uri.options.filter }, child, exchange).length, exchange);
}

function addressedCollection(exchange: DataverseExchange): ReturnType<typeof collectionRows> {
  const table = tableOf(exchange);
  const { key: predicate, navigation } = exchange.target;
  if (predicate === undefined || navigation === undefined) throw notImplemented('Path', 'this path');
  const key = readRowKey(predicate, table);
  const row = findRow(key, exchange.store.table(table.name));
  if (row === undefined) throw rowMissing(key, table);
  return collectionRows(row, navigation.name, table, exchange);
}

function countAnswer(count: number, exchange: DataverseExchange): HttpResponse {
  const capped = Math.min(count, exchange.settings.pageSizeMax);
  return textAnswer(200, `${byteOrderMark}${capped}`, { 'content-type': 'text/plain', 'odata-version': '4.0' });
}

/** Options that the service does not take, and those that only the emulator lacks. */
function refuseOptions(options: QueryOptions): void {
  if (options.skip !== undefined) throw refusal(400, '0x80060888', 'Skip Clause is not supported in CRM');
  if (options.search !== undefined || options.format !== undefined) {
    const name = options.search === undefined ? '$format' : '$search';
    throw refusal(400, '0x80060888', `The query option ${name} is not supported.`);
  }
  if (options.apply !== undefined) throw notImplemented('Apply', 'the query option $apply');
  for (const name of ['fetchXml', 'savedQuery', 'userQuery', 'partitionId']) {
    if (Object.hasOwn(options.custom, name)) throw notImplemented(name, `the query option ${name}`);
  }
}

function listAnswer(rows: readonly StoredRow[], table: TableSchema, exchange: DataverseExchange): HttpResponse {
  const { options } = exchange.uri;
  const properties = selectedProperties(options.select, table);
  const expanded = expandPrinter(options.expand, table, exchange);
  const page = pageOf(rows, table, exchange);
  const head = [
    `"@odata.context":${printJson(listContext(table, exchange))}`,
    ...countMembers(rows.length, exchange),
    '"value":[',
  ];
  function* pieces(): Generator<string> {
    yield `{${head.join(',')}`;
    const context = printContext(exchange);
    for (const [index, row] of page.rows.entries()) {
      if (index > 0) yield ',';
      yield printRow(row, table, { properties, after: expanded(row) }, context);
    }
    yield ']';
    if (page.nextLink !== undefined) yield `,"@odata.nextLink":${printJson(page.nextLink)}`;
    yield '}';
  }
  return streamAnswer(200, pieces(), jsonHeaders(exchange));
}

function listContext(table: TableSchema, exchange: DataverseExchange): string {
  const { select, expand } = exchange.uri.options;
  return contextUrl({
    serviceRoot: exchange.serviceRoot,
    entitySet: table.data.entitySet,
    ...(select === undefined ? {} : { select }),
    ...(expand === undefined ? {} : { expand }),
  });
}

function countMembers(total: number, exchange: DataverseExchange): readonly string[] {
  const cap = exchange.settings.pageSizeMax;
  const isCounted = exchange.uri.options.count === true;
  const includes = exchange.preferences.includesAnnotation;
  const members = isCounted ? [`"@odata.count":${Math.min(total, cap)}`] : [];
  const annotations: readonly (readonly [string, string])[] = [
    ['Microsoft.Dynamics.CRM.totalrecordcount', String(isCounted ? Math.min(total, cap) : -1)],
    ['Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded', String(isCounted && total > cap)],
    ['Microsoft.Dynamics.CRM.globalmetadataversion', '"68197521"'],
  ];
  for (const [term, value] of annotations) if (includes?.(term)) members.push(`"@${term}":${value}`);
  return members;
}

interface Page {
  readonly rows: readonly StoredRow[];
  readonly nextLink: string | undefined;
}

/** With a page size `$top` is ignored; `$top` alone never leads to a next page. */
function pageOf(rows: readonly StoredRow[], table: TableSchema, exchange: DataverseExchange): Page {
  const { options } = exchange.uri;
  const { pageSizeMax } = exchange.settings;
  const { pageSize } = exchange.preferences;
  if (pageSize === undefined && options.top !== undefined) {
    return { rows: rows.slice(0, Math.min(options.top, pageSizeMax)), nextLink: undefined };
  }
  const size = Math.min(pageSize ?? pageSizeMax, pageSizeMax);
  const token = options.skiptoken === undefined ? undefined : readSkipToken(options.skiptoken);
  if (token !== undefined) checkCookie(token.last, cookieOf({}, table, options));
  const start = token === undefined ? 0 : firstAfter(rows, token.last, table, exchange);
  const page = rows.slice(start, start + size);
  const last = page.at(-1);
  if (last === undefined || start + size >= rows.length) return { rows: page, nextLink: undefined };
  const skiptoken = printSkipToken({ page: (token?.page ?? 1) + 1, last: cookieOf(last, table, options) });
  return {
    rows: page,
    nextLink: exchange.serviceRoot + printRequestUri({ ...exchange.uri, options: { ...options, skiptoken } }),
  };
}

/** A token belongs to its query: raises SERVICE_ERROR 400 when the order of this one needs other columns. */
function checkCookie(last: StoredRow, expected: StoredRow): void {
  const names = Object.keys(expected);
  if (names.length === Object.keys(last).length && names.every((name) => Object.hasOwn(last, name))) return;
  throw malformedCookie();
}

/** Index of the first row behind the last one of the page before; that row itself may be gone by now. */
function firstAfter(
  rows: readonly StoredRow[],
  last: StoredRow,
  table: TableSchema,
  exchange: DataverseExchange,
): number {
  const order = rowOrder(exchange.uri.options, table, exchange);
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && order(row, last) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The values of the order and the primary key; those of related rows inside a member for their lookup. */
function cookieOf(row: StoredRow, table: TableSchema, options: QueryOptions): StoredRow {
  const cookie: Record<string, JsonValue> = { [table.data.primaryId]: row[table.data.primaryId] ?? null };
  for (const { expression } of options.orderby ?? []) {
    const [name = '', column] = expression.kind === 'propertyPath' ? expression.path : [];
    if (name === '') continue;
    const value = row[name] ?? null;
    if (column === undefined) cookie[name] = value;
    else if (!isJsonObject(value)) cookie[name] = null;
    else cookie[name] = { ...asObject(cookie[name]), [column]: value[column] ?? null };
  }
  return cookie;
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
