/** Reads, creates, updates and deletes one row. */

import { printJson } from '../../../base/json.ts';
import type { HttpResponse } from '../../../http/send.ts';
import { contextUrl } from '../../../odata/index.ts';
import type { StoredRow } from '../../store/table-store.ts';
import { emptyAnswer, textAnswer } from '../../wire/answer.ts';
import { addressedRow, entityOf, type FnoExchange, jsonHeaders } from '../exchange.ts';
import { expandPrinter } from '../expand.ts';
import { notFound, nothingToUpdate } from '../failures.ts';
import { etagOf, rowPrinter } from '../print-row.ts';
import { createRow, deleteRow, staleRow, updateRow } from '../records.ts';
import { selectedFields } from '../select.ts';
import { parseBody, readFields } from '../write-body.ts';
import { refuseOptions } from './list.ts';

/** `GET CustomersV3(…)`; 404 for a row that is missing or of a company out of sight. */
export function readOne(exchange: FnoExchange): HttpResponse {
  refuseOptions(exchange.uri.options);
  const row = addressedRow(exchange);
  if (row === undefined) throw notFound(exchange.request.path);
  return rowAnswer(200, row, exchange);
}

/** `POST CustomersV3`: 201 with the full row. */
export async function createOne(exchange: FnoExchange): Promise<HttpResponse> {
  const entity = entityOf(exchange);
  const given = readFields(parseBody(await exchange.request.readText()), entity, exchange.settings);
  checkRepresentation(exchange);
  return rowAnswer(201, createRow(given, entity, exchange.record), exchange);
}

/** `PATCH` and `PUT CustomersV3(…)`: 204. */
export async function updateOne(exchange: FnoExchange): Promise<HttpResponse> {
  const entity = entityOf(exchange);
  const given = readFields(parseBody(await exchange.request.readText()), entity, exchange.settings);
  const wantsRow = /\breturn=representation\b/.test(exchange.request.headers.prefer ?? '');
  const answersRow = wantsRow && exchange.settings.preferRepresentation === 'honour';
  if (answersRow) checkRepresentation(exchange);
  // From here on nothing waits: what is checked is what is changed.
  const updated = updateRow(requireRow(exchange), given, entity, exchange.record);
  return answersRow ? rowAnswer(200, updated, exchange) : emptyAnswer(204, { 'odata-version': '4.0' });
}

/** `DELETE CustomersV3(…)`: 204. */
export function deleteOne(exchange: FnoExchange): HttpResponse {
  deleteRow(requireRow(exchange), entityOf(exchange), exchange.record);
  return emptyAnswer(204, { 'odata-version': '4.0' });
}

/** Refuses a `$select` or `$expand` of the answer while nothing has changed yet. */
function checkRepresentation(exchange: FnoExchange): void {
  const { select, expand } = exchange.uri.options;
  selectedFields(select, entityOf(exchange));
  expandPrinter(expand, entityOf(exchange), exchange);
}

/** The row to change, checked against `If-Match`. Raises SERVICE_ERROR 400 or 412. */
function requireRow(exchange: FnoExchange): StoredRow {
  const entity = entityOf(exchange);
  const row = addressedRow(exchange);
  if (row === undefined) throw nothingToUpdate();
  const ifMatch = exchange.request.headers['if-match'];
  const isStale = ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etagOf(row, entity);
  if (isStale && exchange.settings.etagMode === 'enforce') throw staleRow(row, entity);
  return row;
}

function rowAnswer(status: number, row: StoredRow, exchange: FnoExchange): HttpResponse {
  const entity = entityOf(exchange);
  const { select, expand } = exchange.uri.options;
  const context = contextUrl({
    serviceRoot: exchange.serviceRoot,
    entitySet: entity.name,
    isEntity: true,
    ...(select === undefined ? {} : { select }),
    ...(expand === undefined ? {} : { expand }),
  });
  const text = rowPrinter(entity, selectedFields(select, entity))(row, {
    before: `"@odata.context":${printJson(context)},`,
    after: expandPrinter(expand, entity, exchange)(row),
  });
  return textAnswer(status, text, jsonHeaders);
}
