/** Reads one row, one property, or the row behind a lookup. */

import { printJson } from '../../../base/json.ts';
import type { HttpResponse } from '../../../http/send.ts';
import { contextUrl } from '../../../odata/index.ts';
import type { StoredRow } from '../../store/table-store.ts';
import { emptyAnswer, textAnswer } from '../../wire/answer.ts';
import { notImplemented, refusal } from '../../wire/refusal.ts';
import { type DataverseExchange, jsonHeaders, printContext, tableOf } from '../exchange.ts';
import { expandPrinter } from '../expand.ts';
import { etagOf, printRow } from '../print-row.ts';
import { findRow, type RowKey, readRowKey, rowMissing } from '../row-key.ts';
import { relatedRow } from '../row-query.ts';
import { selectedProperties } from '../select.ts';
import type { TableSchema } from '../table-schema.ts';

/** The key and, when it exists, the row that the path addresses. */
export function addressedRow(exchange: DataverseExchange): {
  readonly table: TableSchema;
  readonly key: RowKey;
  readonly row: StoredRow | undefined;
} {
  const table = tableOf(exchange);
  if (exchange.target.key === undefined) throw notImplemented('Path', 'this path');
  const key = readRowKey(exchange.target.key, table);
  return { table, key, row: findRow(key, exchange.store.table(table.name)) };
}

/** The row that the path addresses. Raises SERVICE_ERROR 404. */
export function requireRow(exchange: DataverseExchange): { readonly table: TableSchema; readonly row: StoredRow } {
  const { table, key, row } = addressedRow(exchange);
  if (row === undefined) throw rowMissing(key, table);
  return { table, row };
}

/** `GET accounts(id)`. */
export function readRow(exchange: DataverseExchange): HttpResponse {
  const { table, row } = requireRow(exchange);
  const { expand } = exchange.uri.options;
  const known = exchange.request.headers['if-none-match'];
  if (known === etagOf(row) && expand === undefined && exchange.preferences.includesAnnotation === undefined) {
    return emptyAnswer(304, { etag: etagOf(row), 'odata-version': '4.0' });
  }
  return rowAnswer(200, row, table, exchange);
}

/** One row as an answer, with the `$select` and `$expand` of the request. */
export function rowAnswer(
  status: number,
  row: StoredRow,
  table: TableSchema,
  exchange: DataverseExchange,
  options: { readonly ignoreExpand?: boolean } = {},
): HttpResponse {
  const { select } = exchange.uri.options;
  const expand = options.ignoreExpand === true ? undefined : exchange.uri.options.expand;
  const context = contextUrl({
    serviceRoot: exchange.serviceRoot,
    entitySet: table.data.entitySet,
    isEntity: true,
    ...(select === undefined ? {} : { select }),
    ...(expand === undefined ? {} : { expand }),
  });
  const text = printRow(
    row,
    table,
    {
      properties: selectedProperties(select, table),
      before: [`"@odata.context":${printJson(context)}`],
      after: expandPrinter(expand, table, exchange)(row),
    },
    printContext(exchange),
  );
  return textAnswer(status, text, { ...jsonHeaders(exchange), etag: etagOf(row) });
}

/** `GET accounts(id)/name`. */
export function readProperty(exchange: DataverseExchange): HttpResponse {
  const { table, row } = requireRow(exchange);
  const name = exchange.target.property?.name ?? '';
  const value = row[name] ?? null;
  if (value === null) return emptyAnswer(204, { 'odata-version': '4.0' });
  const context = `${exchange.serviceRoot}$metadata#${table.data.entitySet}(${row[table.data.primaryId]})/${name}`;
  return textAnswer(200, printJson({ '@odata.context': context, value }), jsonHeaders(exchange));
}

/** `GET accounts(id)/name/$value`. */
export function readPropertyValue(exchange: DataverseExchange): HttpResponse {
  const { row } = requireRow(exchange);
  const value = row[exchange.target.property?.name ?? ''] ?? null;
  if (value === null) return emptyAnswer(204, { 'odata-version': '4.0' });
  return textAnswer(200, String(value), { 'content-type': 'text/plain', 'odata-version': '4.0' });
}

/** `GET accounts(id)/primarycontactid`; 204 when the lookup is empty. */
export function readLookup(exchange: DataverseExchange): HttpResponse {
  const { table, row } = requireRow(exchange);
  const name = exchange.target.navigation?.name ?? '';
  if (!table.lookups.has(name)) {
    throw refusal(404, '0x80060888', `Resource not found for the segment '${name}'.`);
  }
  const related = relatedRow(row, name, table, exchange);
  if (related === undefined) return emptyAnswer(204, { 'odata-version': '4.0' });
  return rowAnswer(200, related.row, related.table, exchange);
}
