/** The path of a request URI → segments (OData 4.01 URL 4). */

import { checkLimit } from '../../../base/limits.ts';
import type { FilterExpression, FunctionArgument } from '../tree/filter-expression.ts';
import type { PathSegment, ResourcePath, SystemSegmentName } from '../tree/request-uri.ts';
import { uriLimits } from '../uri-limits.ts';
import { parseKeyParts, takeAlias, takeArgumentName } from './arguments.ts';
import type { Cursor, ParseOptions } from './cursor.ts';
import { decodeUriPart } from './decode-uri-part.ts';
import { beginText } from './grammar.ts';
import { parseJson } from './json.ts';

/**
 * Reads a percent-encoded path relative to the service root; one slash at either end is allowed. It is split at `/`
 * first and decoded then (OData 4.01 URL 2), so that an encoded one stays inside its literal. Raises ODATA_SYNTAX,
 * LIMIT_EXCEEDED.
 */
export function parseResourcePath(path: string, options: ParseOptions = {}): ResourcePath {
  checkLimit('uriLengthMax', uriLimits.uriLengthMax, path.length, 'The path');
  return parsePathPart(path, 0, path.length, options);
}

/** The path from `start` to `end` of a request URI. */
export function parsePathPart(source: string, start: number, end: number, options: ParseOptions): ResourcePath {
  const segments: PathSegment[] = [];
  let position = source.startsWith('/', start) ? start + 1 : start;
  while (position < end) {
    checkLimit('uriSegmentsMax', uriLimits.uriSegmentsMax, segments.length + 1, 'The number of segments in the path');
    const { segment, next } = readSegment({ source, start: position, end, options, before: segments });
    segments.push(segment);
    position = next;
  }
  return segments;
}

interface SegmentPlace {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly options: ParseOptions;
  readonly before: readonly PathSegment[];
}

/** The segment at `start`, and where the next one begins. */
function readSegment(place: SegmentPlace): { readonly segment: PathSegment; readonly next: number } {
  const { source, start, end, options } = place;
  if (/^\$filter(?:\(|%28)/.test(source.slice(start, start + 12))) return readFilterSegment(place);
  const slash = source.indexOf('/', start);
  const segmentEnd = slash === -1 || slash > end ? end : slash;
  const cursor = beginPart(source, start, segmentEnd, options);
  const segment = parseSegment(cursor, place.before);
  cursor.expectEnd('"/", "?" or the end');
  return { segment, next: segmentEnd + 1 };
}

function beginPart(source: string, start: number, end: number, options: ParseOptions): Cursor {
  const { text, origin } = decodeUriPart(source, start, end, false);
  return beginText(text, 'The path', options, origin);
}

/** `filterInPath`, whose expression may hold slashes: it ends with its parenthesis. */
function readFilterSegment(place: SegmentPlace): { readonly segment: PathSegment; readonly next: number } {
  const { source, start, end, options, before } = place;
  const cursor = beginPart(source, start, end, options);
  cursor.requireVersion401('$filter in a path');
  if (before.length === 0) cursor.fail('an entity set, singleton or operation');
  requireFollows(cursor, before);
  cursor.expect('$filter(');
  cursor.skipBlanks();
  const predicate = cursor.nested(cursor.rules.expression);
  cursor.skipBlanks();
  cursor.expect(')', 'an operator or ")"');
  const segmentEnd = cursor.at(cursor.position);
  if (!cursor.isAtEnd && source.charAt(segmentEnd) !== '/') cursor.fail('"/", "?" or the end');
  return { segment: { kind: 'filterSegment', predicate, position: start }, next: segmentEnd + 1 };
}

/** One segment, decoded. */
function parseSegment(cursor: Cursor, before: readonly PathSegment[]): PathSegment {
  const position = cursor.at(0);
  if (cursor.sees('$')) return parseSystemSegment(cursor, before, position);
  requireFollows(cursor, before);
  const name = cursor.qualifiedName();
  const isWhole = cursor.isAtEnd || cursor.sees('(');
  if (name === undefined || !isWhole) {
    if (before.length === 0 || cursor.sees("'") || cursor.sees('/'))
      cursor.fail(name === undefined ? 'a name' : '"(", "/" or the end');
    return parseKeySegment(cursor, position);
  }
  const kind = name.includes('.') ? 'qualifiedName' : 'name';
  if (cursor.isAtEnd) return { kind, name, position };
  return holdsKey(cursor, name)
    ? { kind, name, key: parseKeyParts(cursor), position }
    : { kind, name, parameters: parseParameters(cursor), position };
}

/** `keyPathLiteral`, `ordinalIndex`: a segment that is no name. */
function parseKeySegment(cursor: Cursor, position: number): PathSegment {
  cursor.position = 0;
  if (cursor.isAtEnd) cursor.fail('a name');
  cursor.requireVersion401('A key or an index as a segment');
  cursor.position = cursor.source.length;
  return { kind: 'keySegment', text: cursor.source, position };
}

const systemSegments: readonly SystemSegmentName[] = [
  '$all',
  '$batch',
  '$count',
  '$each',
  '$entity',
  '$metadata',
  '$query',
  '$ref',
  '$value',
];

/** Segments that stand at the beginning only. */
const firstSegments: ReadonlySet<string> = new Set(['$all', '$batch', '$entity', '$metadata', '$crossjoin']);

/** `$count`, `$ref` and their kin. */
function parseSystemSegment(cursor: Cursor, before: readonly PathSegment[], position: number): PathSegment {
  const start = cursor.position;
  cursor.position += 1;
  const name = `$${cursor.identifier() ?? ''}`;
  const known = systemSegments.find((candidate) => candidate === name);
  if (known === undefined && name !== '$crossjoin')
    cursor.fail(`one of ${systemSegments.join(', ')}`, undefined, start);
  if (firstSegments.has(name) !== (before.length === 0)) {
    cursor.fail(before.length === 0 ? 'a name' : 'a segment that may stand here', `${name} may not stand here.`, start);
  }
  if (name === '$each' || name === '$query') cursor.requireVersion401(name, start);
  if (name === '$query' ? before[0]?.kind !== 'crossjoin' : before.length > 0) requireFollows(cursor, before, start);
  if (known !== undefined) return { kind: 'system', name: known, position };
  cursor.expect('(');
  const entitySets = cursor.list((inner) => inner.identifier() ?? inner.fail('an entity set'));
  cursor.expect(')', '"," or ")"');
  return { kind: 'crossjoin', entitySets, position };
}

/** What may follow the system segments: nothing, a type name, or an operation. */
function requireFollows(cursor: Cursor, before: readonly PathSegment[], start: number = cursor.position): void {
  const last = before.at(-1);
  if (last?.kind === 'crossjoin') cursor.fail('$query or the end', undefined, start);
  if (last?.kind !== 'system') return;
  const mayFollow = last.name === '$each' || ((last.name === '$all' || last.name === '$entity') && before.length === 1);
  if (!mayFollow || cursor.source.startsWith('$', start)) {
    cursor.fail('the end', `Nothing may follow ${last.name} here.`, start);
  }
}

/** True for a single value without a name; and, but behind a qualified name, for literals with names. */
function holdsKey(cursor: Cursor, name: string): boolean {
  const start = cursor.position;
  cursor.position += 1;
  cursor.skipBlanks();
  let isKey = !cursor.sees(')');
  if (isKey && takeArgumentName(cursor) !== undefined) {
    isKey = !name.includes('.') && !seesJson(cursor) && !holdsJson(cursor);
  }
  cursor.position = start;
  return isKey;
}

function seesJson(cursor: Cursor): boolean {
  return cursor.sees('[') || cursor.sees('{');
}

/** True when a later value is JSON or null, which no key is. */
function holdsJson(cursor: Cursor): boolean {
  for (;;) {
    const value = takeAlias(cursor) ?? cursor.literal();
    if (value === undefined) return seesJson(cursor);
    if (value.kind === 'literal' && value.type === 'null') return true;
    cursor.skipBlanks();
    if (!cursor.take(',')) return false;
    cursor.skipBlanks();
    if (takeArgumentName(cursor) === undefined) return false;
  }
}

/** `functionParameters`; JSON in place, which services take, stands for the alias that the grammar wants. */
function parseParameters(cursor: Cursor): readonly FunctionArgument[] {
  cursor.expect('(');
  cursor.skipBlanks();
  if (cursor.take(')')) return [];
  const found = cursor.list((inner): FunctionArgument => {
    const position = inner.at(inner.position);
    const name = takeArgumentName(inner) ?? inner.fail('name=value');
    return { kind: 'functionArgument', name, value: parseParameterValue(inner), position };
  });
  cursor.expect(')', '"," or ")"');
  return found;
}

function parseParameterValue(cursor: Cursor): FilterExpression {
  if (seesJson(cursor)) return cursor.nested(parseJson);
  return takeAlias(cursor) ?? cursor.literal() ?? cursor.fail('a literal, a parameter alias or JSON');
}
