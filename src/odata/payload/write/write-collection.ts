/** Rows → payload. */

import type { JsonValue } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import { controlName, memberNameOf } from '../member-name.ts';
import { originOf, type PrintContext, printContextOf, type WriteOptions } from './print-context.ts';
import { isWritten, printCount, printMember, printRow } from './print-row.ts';
import { printUntyped } from './print-value.ts';

export interface WriteCollectionOptions extends WriteOptions {
  readonly context: string;
  readonly rows: Iterable<Row>;
  readonly count?: number;
  readonly nextLink?: string;
  readonly deltaLink?: string;
  /** Further annotations, with their `@`, between the count and the rows. */
  readonly annotations?: Readonly<Record<string, JsonValue>>;
}

/**
 * A collection (OData JSON 4.01 13): context and count before the rows, links behind them, as both services do. Raises
 * ODATA_LITERAL_INVALID and LIMIT_EXCEEDED, as all that write rows.
 */
export function writeCollection(options: WriteCollectionOptions): string {
  return [...writeCollectionChunks(options)].join('');
}

/** The same in pieces, a row at a time, for collections that are too large for one text. */
export function* writeCollectionChunks(options: WriteCollectionOptions): Iterable<string> {
  const context = printContextOf(options);
  const origin = originOf(options);
  yield `{${collectionHead(options, context).join(',')}`;
  let separator = '';
  for (const row of options.rows) {
    yield separator + printRow(row, origin, context);
    separator = ',';
  }
  yield `]${collectionTail(options, context)}}`;
}

/** What stands around the rows of collections and deltas. */
export interface AroundOptions {
  readonly context: string;
  readonly count?: number;
  readonly nextLink?: string;
  readonly deltaLink?: string;
  readonly annotations?: Readonly<Record<string, JsonValue>>;
}

/** Context, count, annotations, and `"value":[`. */
export function collectionHead(options: AroundOptions, context: PrintContext): readonly string[] {
  const { count, annotations = {} } = options;
  return [
    ...contextMember(options.context, context),
    ...(count === undefined
      ? []
      : [printMember(controlName('', 'count', context.version), printCount(count, context))]),
    ...Object.entries(annotations).flatMap(([name, value]) => annotationMember(name, value, context)),
    '"value":[',
  ];
}

/** The links behind the rows, each with a comma before it. */
export function collectionTail(options: AroundOptions, context: PrintContext): string {
  const links = [
    ['nextLink', options.nextLink],
    ['deltaLink', options.deltaLink],
  ] as const;
  return links
    .flatMap(([term, link]) => {
      if (link === undefined) return [];
      return [`,${printMember(controlName('', term, context.version), JSON.stringify(link))}`];
    })
    .join('');
}

/** The context, where the metadata level has it. */
export function contextMember(url: string | undefined, context: PrintContext): readonly string[] {
  if (url === undefined || !isWritten('context', context)) return [];
  return [printMember(controlName('', 'context', context.version), JSON.stringify(url))];
}

function annotationMember(name: string, value: JsonValue, context: PrintContext): readonly string[] {
  const { kind, target, term } = memberNameOf(name);
  if (kind !== 'control') return [printMember(name, printUntyped(value, context))];
  if (!isWritten(term, context)) return [];
  return [printMember(controlName(target, term, context.version), printUntyped(value, context))];
}
