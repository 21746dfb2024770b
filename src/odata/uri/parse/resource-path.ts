/** The path of a request URI → segments (OData 4.01 URL 4). */

import { checkLimit } from '../../../base/limits.ts';
import type { FilterExpression, FunctionArgument } from '../tree/filter-expression.ts';
import type { PathSegment, ResourcePath, SystemSegmentName } from '../tree/request-uri.ts';
import { uriLimits } from '../uri-limits.ts';
import { parseKeyParts, seesNamedKey, takeAlias, takeArgumentName } from './arguments.ts';
import type { Cursor, ParseOptions } from './cursor.ts';
import { decodeUriPart, requirePlain } from './decode-uri-part.ts';
import { beginText } from './grammar.ts';
import { parseJson } from './json.ts';

/**
 * Reads a percent-encoded path relative to the service root; one slash at either end is allowed. It is split at `/`
 * first and decoded then (OData 4.01 URL 2), so that an encoded one stays inside its literal. Raises ODATA_SYNTAX,
 * LIMIT_EXCEEDED.
 */
export function parseResourcePath(path: string, options: ParseOptions = {}): ResourcePath {
  checkLimit('uriLengthMax', uriLimits.uriLengthMax, path.length, 'The path');
  requirePlain(path, 0, path.length, /(?!\t)[?#\p{Cc}]/u);
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
  const isRefined = isTypeOnly(before);
  const name = cursor.qualifiedName();
  if (name === undefined || !(cursor.isAtEnd || cursor.sees('('))) {
    if (before.length === 0 || isRefined) cursor.fail(name === undefined ? 'a name' : '"(", "/" or the end');
    return parseKeySegment(cursor, position);
  }
  const kind = name.includes('.') ? 'qualifiedName' : 'name';
  if (cursor.isAtEnd || isRefined) return { kind, name, position };
  if (holdsKey(cursor, name)) return { kind, name, key: parseKeyParts(cursor), position };
  if (before.length > 0 && kind === 'name') cursor.requireVersion401('An operation without its namespace', 0);
  return { kind, name, parameters: parseParameters(cursor), position };
}

/** True behind `$all` and `$entity`, where one type name may stand and nothing else. */
function isTypeOnly(before: readonly PathSegment[]): boolean {
  const [first, ...others] = before;
  return first?.kind === 'system' && (first.name === '$all' || first.name === '$entity') && others.length === 0;
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
  if (before.length > 1 && isTypeOnly(before.slice(0, 1))) cursor.fail('the end', undefined, start);
  if (last?.kind === 'crossjoin') cursor.fail('$query or the end', undefined, start);
  if (last?.kind !== 'system') return;
  const mayFollow = last.name === '$each' || ((last.name === '$all' || last.name === '$entity') && before.length === 1);
  if (!mayFollow || cursor.source.startsWith('$', start)) {
    cursor.fail('the end', `Nothing may follow ${last.name} here.`, start);
  }
}

/** True for a single value without a name; and, but behind a qualified name, for values with names that may be a key. */
function holdsKey(cursor: Cursor, name: string): boolean {
  const start = cursor.position;
  cursor.position += 1;
  const hasNames = seesArgumentName(cursor);
  const isKey = hasNames ? !name.includes('.') && seesNamedKey(cursor) : !cursor.sees(')');
  cursor.position = start;
  return isKey;
}

/** True before `name=`. */
function seesArgumentName(cursor: Cursor): boolean {
  cursor.skipBlanks();
  const start = cursor.position;
  const found = takeArgumentName(cursor) !== undefined;
  cursor.position = start;
  return found;
}

function seesJson(cursor: Cursor): boolean {
  return cursor.sees('[') || cursor.sees('{');
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
  cursor.skipBlanks();
  cursor.expect(')', '"," or ")"');
  return found;
}

function parseParameterValue(cursor: Cursor): FilterExpression {
  if (seesJson(cursor)) return cursor.nested(parseJson);
  return (
    takeAlias(cursor) ??
    cursor.literal() ??
    cursor.fail('a literal, a parameter alias or JSON', "A text stands in single quotes: 'x'.")
  );
}
