/** Lists rows and counts them. */

import { printJson } from '../../../base/json.ts';
import type { HttpResponse } from '../../../http/send.ts';
import {
  compareRows,
  compileFilter,
  contextUrl,
  printFilter,
  printOrderBy,
  printRequestUri,
  type QueryOptions,
} from '../../../odata/index.ts';
import type { StoredRow } from '../../store/table-store.ts';
import { byteOrderMark, streamAnswer, textAnswer } from '../../wire/answer.ts';
import { notImplemented } from '../../wire/refusal.ts';
import type { EntitySchema } from '../entity-schema.ts';
import { entityOf, type FnoExchange, isCrossCompany, jsonHeaders, visibleRows } from '../exchange.ts';
import { expandPrinter } from '../expand.ts';
import { requestFailure } from '../failures.ts';
import { checkFilterRules, checkOrderRules } from '../filter-rules.ts';
import { rowPrinter } from '../print-row.ts';
import { selectedFields } from '../select.ts';

/** `GET CustomersV3`. */
export function listSet(exchange: FnoExchange): HttpResponse {
  const { options } = exchange.uri;
  refuseOptions(options);
  const entity = entityOf(exchange);
  const print = rowPrinter(entity, selectedFields(options.select, entity));
  const expanded = expandPrinter(options.expand, entity, exchange);
  const rows = queryRows(entity, exchange);
  const page = pageOf(rows, exchange);
  const context = contextUrl({
    serviceRoot: exchange.serviceRoot,
    entitySet: entity.name,
    ...(options.select === undefined ? {} : { select: options.select }),
    ...(options.expand === undefined ? {} : { expand: options.expand }),
  });
  function* pieces(): Generator<string> {
    const count = options.count === true ? `"@odata.count":${rows.length},` : '';
    yield `{"@odata.context":${printJson(context)},${count}"value":[`;
    for (const [index, row] of page.rows.entries()) {
      yield `${index > 0 ? ',' : ''}${print(row, { after: expanded(row) })}`;
    }
    yield page.nextLink === undefined ? ']}' : `],"@odata.nextLink":${printJson(page.nextLink)}}`;
  }
  return streamAnswer(200, pieces(), jsonHeaders);
}

/** `GET CustomersV3/$count`: digits after a byte-order mark. */
export function countSet(exchange: FnoExchange): HttpResponse {
  refuseOptions(exchange.uri.options);
  const rows = queryRows(entityOf(exchange), exchange);
  return textAnswer(200, `${byteOrderMark}${rows.length}`, { 'content-type': 'text/plain', 'odata-version': '4.0' });
}

/** Refuses query options by name: what the service does not take, and what only the emulator lacks. */
export function refuseOptions(options: QueryOptions): void {
  if (options.search !== undefined) throw requestFailure('The query option $search is not supported.');
  if (options.skiptoken !== undefined) throw requestFailure('The query option $skiptoken is not supported.');
  if (options.apply !== undefined) throw notImplemented('Apply', 'the query option $apply');
  if (options.format !== undefined && options.format !== 'json') {
    throw requestFailure(`The format '${options.format.slice(0, 80)}' is not supported.`);
  }
}

const evaluation = { stringCollation: 'case-insensitive', wildcardEquals: true } as const;

/** All rows that the query selects, in its order; kept until the table changes. */
function queryRows(entity: EntitySchema, exchange: FnoExchange): readonly StoredRow[] {
  const { filter, orderby } = exchange.uri.options;
  const { model } = exchange.schema;
  const rules = { entityType: entity.entityType, model, settings: exchange.settings };
  if (filter !== undefined) checkFilterRules(filter, rules);
  if (orderby !== undefined) checkOrderRules(orderby, rules);
  const rows = visibleRows(entity, exchange);
  if (filter === undefined && orderby === undefined) return rows;
  const name = [
    'query',
    isCrossCompany(exchange),
    filter === undefined ? '' : printFilter(filter),
    orderby === undefined ? '' : printOrderBy(orderby),
  ].join('\u0000');
  return exchange.store.table(entity.name).derived(name, () => {
    const selected =
      filter === undefined ? [...rows] : rows.filter(compileFilter(filter, entity.entityType, model, evaluation));
    return orderby === undefined ? selected : selected.sort(compareRows(orderby, entity.entityType, model, evaluation));
  });
}

/** A page ends at `$top` or at the page size; only the latter leads to a next link, with `$skip`. */
function pageOf(
  rows: readonly StoredRow[],
  exchange: FnoExchange,
): { readonly rows: readonly StoredRow[]; readonly nextLink: string | undefined } {
  const { options } = exchange.uri;
  const { pageSize } = exchange.settings;
  const start = options.skip ?? 0;
  const wanted = Math.min(options.top ?? rows.length, Math.max(rows.length - start, 0));
  const page = rows.slice(start, start + Math.min(wanted, pageSize));
  if (wanted <= pageSize) return { rows: page, nextLink: undefined };
  const next: QueryOptions = {
    ...options,
    skip: start + pageSize,
    ...(options.top === undefined ? {} : { top: options.top - pageSize }),
  };
  return { rows: page, nextLink: exchange.serviceRoot + printRequestUri({ ...exchange.uri, options: next }) };
}
