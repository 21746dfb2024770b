/**
 * Paths within expressions (OData 4.01 ABNF, section 4: `firstMemberExpr`, `rootExpr`, `functionExpr`). A path of plain
 * names is one node; keys, calls, filters and lambdas make a node each, around the node of what stands before them.
 */

import { didYouMean } from '../../../base/nearest.ts';
import type { FilterExpression, FunctionCall, Lambda } from '../tree/filter-expression.ts';
import type { KeyPredicate } from '../tree/key-predicate.ts';
import { parseAggregateItem } from './aggregate-item.ts';
import {
  parseKeyParts,
  parseNamedArguments,
  seesNamedKey,
  takeAnnotation,
  takeArgumentName,
  takeBareAlias,
} from './arguments.ts';
import { canonicalNames, parseCanonicalCall } from './canonical-call.ts';
import type { Cursor } from './cursor.ts';
import { parseOptionList } from './option-list.ts';

/** A path under construction: what has been read, and the plain names behind it. */
interface Path {
  readonly start: number;
  source: FilterExpression | undefined;
  names: string[];
  /** Where the first of the names stands. */
  namesStart: number;
}

/** `firstMemberExpr`, `rootExpr`, `functionExpr`, `methodCallExpr`. */
export function parseMember(cursor: Cursor): FilterExpression {
  const start = cursor.position;
  const path: Path = { start, source: undefined, names: [], namesStart: start };
  const call = parseFirst(cursor, path);
  if (call !== undefined) return call;
  while (cursor.take('/')) {
    if (path.names.length === 0) path.namesStart = cursor.position;
    if (!parseNext(cursor, path)) break;
  }
  requireMember(cursor, path);
  return nodeOf(cursor, path);
}

/** A type name alone is no expression; most often it is an enumeration literal that lost its quotes. */
function requireMember(cursor: Cursor, { source, names, start }: Path): void {
  const [first = ''] = names;
  if (source !== undefined || names.length !== 1 || !first.includes('.') || first.startsWith('@')) return;
  const dot = first.lastIndexOf('.');
  const hint = `An enumeration literal is written ${first.slice(0, dot)}'${first.slice(dot + 1)}'.`;
  cursor.fail('"/" and a property behind the type name', hint, start + first.length);
}

/** The first segment. A call of a canonical function is a whole expression, and is given back. */
function parseFirst(cursor: Cursor, path: Path): FilterExpression | undefined {
  if (cursor.sees('@')) {
    const alias = takeBareAlias(cursor);
    if (alias === undefined) path.names.push(takeAnnotation(cursor) ?? cursor.fail('an annotation'));
    else path.source = alias;
    return undefined;
  }
  if (cursor.sees('$')) {
    path.names.push(parseVariable(cursor));
    return undefined;
  }
  const start = cursor.position;
  const name = cursor.qualifiedName() ?? cursor.fail('an expression');
  if (!cursor.sees('(')) {
    path.names.push(name);
    return undefined;
  }
  const call = parseCanonicalCall(cursor, name, start);
  if (call === undefined) parseParenthesis(cursor, path, name, start);
  return call;
}

/** `$it`, `$this`, `$these`, or `$root` with an entity set or singleton behind it. */
function parseVariable(cursor: Cursor): string {
  const start = cursor.position;
  cursor.position += 1;
  const name = `$${cursor.identifier() ?? ''}`;
  if (name === '$root') {
    const behind = cursor.position;
    const isSet = cursor.take('/') && cursor.identifier() !== undefined;
    if (!isSet) cursor.fail('"/" and an entity set or singleton', undefined, behind);
    cursor.position = behind;
  }
  if (name === '$this' || name === '$these') cursor.requireVersion401(name, start);
  if (!variables.has(name)) cursor.fail('an expression', undefined, start);
  return name;
}

const variables: ReadonlySet<string> = new Set(['$it', '$this', '$these', '$root']);

/** One segment behind a slash; false when nothing may follow it. */
function parseNext(cursor: Cursor, path: Path): boolean {
  if (cursor.sees('$')) return parseSystemSegment(cursor, path);
  const annotation = takeAnnotation(cursor);
  if (annotation !== undefined) {
    path.names.push(annotation);
    return true;
  }
  const start = cursor.position;
  const name = cursor.qualifiedName();
  if (name === undefined) {
    parseKeySegment(cursor, path);
    return true;
  }
  if (!cursor.sees('(')) {
    path.names.push(name);
    return true;
  }
  const lower = cursor.isVersion401 ? name.toLowerCase() : name;
  if (lower === 'any' || lower === 'all') {
    path.source = parseLambda(cursor, lower, nodeOf(cursor, path), start);
    path.names = [];
    return false;
  }
  if (name === 'aggregate') {
    const source = nodeOf(cursor, path);
    cursor.expect('(');
    cursor.skipBlanks();
    const item = parseAggregateItem(cursor, false);
    cursor.skipBlanks();
    cursor.expect(')');
    path.source = { kind: 'aggregateOf', source, item, position: cursor.at(start) };
    path.names = [];
    return false;
  }
  parseParenthesis(cursor, path, name, start);
  return true;
}

/** `/$count` with or without options, `/$filter(…)`. */
function parseSystemSegment(cursor: Cursor, path: Path): boolean {
  const start = cursor.position;
  if (cursor.take('$count')) {
    if (!cursor.sees('(')) {
      path.names.push('$count');
      return false;
    }
    cursor.requireVersion401('$count with options', start);
    const source = nodeOf(cursor, path);
    const { filter, search } = cursor.nested((inner) => parseOptionList(inner, 'count'));
    path.source = {
      kind: 'countOf',
      source,
      ...(filter === undefined ? {} : { filter }),
      ...(search === undefined ? {} : { search }),
      position: cursor.at(start),
    };
    path.names = [];
    return false;
  }
  if (!cursor.take('$filter(')) cursor.fail('a property name, $count or $filter(…)');
  cursor.requireVersion401('$filter in a path', start);
  const source = nodeOf(cursor, path);
  cursor.skipBlanks();
  const predicate = cursor.nested(cursor.rules.expression);
  cursor.skipBlanks();
  cursor.expect(')', 'an operator or ")"');
  path.source = { kind: 'filteredCollection', source, predicate, position: cursor.at(start) };
  path.names = [];
  return true;
}

/** `keyPathLiteral` that is no name: `Items/4711`. */
function parseKeySegment(cursor: Cursor, path: Path): void {
  const start = cursor.position;
  const text = cursor.match(keySegmentPattern);
  if (text === undefined) cursor.fail('a property name');
  cursor.requireVersion401('A key as a segment', start);
  const position = cursor.at(start);
  const value = { kind: 'literal', type: 'Edm.String', text, position } as const;
  const key: KeyPredicate = {
    kind: 'keyPredicate',
    isSegments: true,
    parts: [{ name: undefined, value, position }],
    position,
  };
  path.source = { kind: 'keyLookup', source: nodeOf(cursor, path), key, position };
  path.names = [];
}

/** `unreserved` characters of which the first is no letter: other keys stand in parentheses. */
const keySegmentPattern = /[\d~-][\p{L}\p{N}._~-]*/uy;

/** A name with a parenthesis behind it: a call of a function of the service, or a collection and a key. */
function parseParenthesis(cursor: Cursor, path: Path, name: string, start: number): void {
  cursor.countClause();
  const isFirst = path.source === undefined && path.names.length === 0;
  if (isCall(cursor, name, isFirst)) {
    if (!name.includes('.')) cursor.requireVersion401('A function without its namespace', start);
    cursor.expect('(');
    const call: Omit<FunctionCall, 'source'> = {
      kind: 'functionCall',
      name,
      arguments: cursor.nested(parseNamedArguments),
      position: cursor.at(start),
    };
    path.source = isFirst ? call : { ...call, source: nodeOf(cursor, path) };
    path.names = [];
    if (cursor.sees('(')) parseKeyLookup(cursor, path);
    return;
  }
  if (path.names.length === 0) path.namesStart = start;
  path.names.push(name);
  if (isFirst && !seesKey(cursor)) {
    const hint = `'${name}' is no canonical function; the arguments of others have names.`;
    cursor.fail('name=value or a key', `${hint}${didYouMean(name, canonicalNames)}`, cursor.position + 1);
  }
  parseKeyLookup(cursor, path);
}

/** `keyPredicate` in parentheses. */
function parseKeyLookup(cursor: Cursor, path: Path): void {
  const start = cursor.position;
  const source = nodeOf(cursor, path);
  path.source = { kind: 'keyLookup', source, key: parseKeyParts(cursor), position: cursor.at(start) };
  path.names = [];
}

/** True when a literal or an alias is all that stands in the parenthesis. */
function seesKey(cursor: Cursor): boolean {
  const start = cursor.position;
  cursor.position += 1;
  cursor.skipBlanks();
  const isKey = takeArgumentName(cursor) !== undefined || cursor.sees('@') || cursor.literal() !== undefined;
  cursor.position = start;
  return isKey;
}

/**
 * True for the arguments of a function: none, or named ones behind the first name of an expression, a qualified name,
 * or with a value that is no literal. What else has names is a key.
 */
function isCall(cursor: Cursor, name: string, isFirst: boolean): boolean {
  const start = cursor.position;
  cursor.position += 1;
  cursor.skipBlanks();
  const found = cursor.sees(')') || (hasName(cursor) && (isFirst || name.includes('.') || !seesNamedKey(cursor)));
  cursor.position = start;
  return found;
}

/** True before `name=`. */
function hasName(cursor: Cursor): boolean {
  const start = cursor.position;
  const found = takeArgumentName(cursor) !== undefined;
  cursor.position = start;
  return found;
}

/** `anyExpr`, `allExpr`. */
function parseLambda(cursor: Cursor, operator: 'any' | 'all', collection: FilterExpression, start: number): Lambda {
  const position = cursor.at(start);
  cursor.countClause();
  cursor.expect('(');
  cursor.skipBlanks();
  if (operator === 'any' && cursor.take(')')) {
    return { kind: 'lambda', operator, collection, variable: undefined, predicate: undefined, position };
  }
  const variable = cursor.identifier() ?? cursor.fail('a lambda variable', 'Write any(o:o/name eq 1).');
  cursor.skipBlanks();
  cursor.expect(':', '":" behind the lambda variable');
  cursor.skipBlanks();
  const predicate = cursor.nested(cursor.rules.expression);
  cursor.skipBlanks();
  cursor.expect(')', 'an operator or ")"');
  return { kind: 'lambda', operator, collection, variable, predicate, position };
}

/** The node of all that has been read. */
function nodeOf(cursor: Cursor, { source, names, start, namesStart }: Path): FilterExpression {
  if (source === undefined) return { kind: 'propertyPath', path: names, position: cursor.at(start) };
  return names.length === 0 ? source : { kind: 'member', source, path: names, position: cursor.at(namesStart) };
}
