/** Rows → payload. */

import { type JsonValue, printJson } from '../../base/json.ts';
import type { Row } from '../row.ts';

export interface WriteCollectionOptions {
  readonly context: string;
  readonly rows: Iterable<Row>;
  readonly count?: number;
  readonly nextLink?: string;
  readonly deltaLink?: string;
  /** Further annotations, with their `@`, between the count and the rows. */
  readonly annotations?: Readonly<Record<string, JsonValue>>;
}

/** A collection (OData JSON 4.01 13): context and count before the rows, links behind them, as both services do. */
export function writeCollection(options: WriteCollectionOptions): string {
  const { context, count, annotations = {}, nextLink, deltaLink } = options;
  const head = Object.entries({ '@odata.context': context, '@odata.count': count, ...annotations });
  const tail = Object.entries({ '@odata.nextLink': nextLink, '@odata.deltaLink': deltaLink });
  const rows: string[] = [];
  for (const row of options.rows) rows.push(printRow(row));
  return `{${[...head.flatMap(member), `"value":[${rows.join(',')}]`, ...tail.flatMap(member)].join(',')}}`;
}

/** A single entity (OData JSON 4.01 6): the context, then the members of the row. */
export function writeEntity(options: { readonly context: string; readonly row: Row }): string {
  return printRow({ '@odata.context': options.context, ...options.row });
}

function member([name, value]: readonly [string, JsonValue | undefined]): readonly string[] {
  return value === undefined ? [] : [`${JSON.stringify(name)}:${printJson(value)}`];
}

/** Few rows hold a bigint, which JSON.stringify refuses; looking for one first would double the cost of all others. */
function printRow(row: Row): string {
  try {
    return JSON.stringify(row);
  } catch (cause) {
    if (cause instanceof TypeError) return printJson(row);
    throw cause;
  }
}
