/**
 * Operators (OData 4.01 ABNF, section 4), by their precedence (OData 4.01 URL 5.1.1.17). A binary node's position is
 * that of its operator.
 */

import { identifierEnd } from '../../literal/identifier.ts';
import { isEnumText } from '../../literal/scan-literal.ts';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  FilterExpression,
  InCollection,
  InList,
} from '../tree/filter-expression.ts';
import { takeBareAlias } from './arguments.ts';
import type { Cursor } from './cursor.ts';
import { parsePrimary } from './primary.ts';

type BinaryOperator =
  | { readonly kind: 'logical'; readonly name: 'and' | 'or'; readonly level: number }
  | { readonly kind: 'comparison'; readonly name: ComparisonOperator; readonly level: number }
  | { readonly kind: 'arithmetic'; readonly name: ArithmeticOperator; readonly level: number };

/** Binary operators, from the loosest level to the tightest. `has` and `in` bind like a path and are not among them. */
const operators: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ['or', { kind: 'logical', name: 'or', level: 1 }],
  ['and', { kind: 'logical', name: 'and', level: 2 }],
  ['eq', { kind: 'comparison', name: 'eq', level: 3 }],
  ['ne', { kind: 'comparison', name: 'ne', level: 3 }],
  ['gt', { kind: 'comparison', name: 'gt', level: 4 }],
  ['ge', { kind: 'comparison', name: 'ge', level: 4 }],
  ['lt', { kind: 'comparison', name: 'lt', level: 4 }],
  ['le', { kind: 'comparison', name: 'le', level: 4 }],
  ['add', { kind: 'arithmetic', name: 'add', level: 5 }],
  ['sub', { kind: 'arithmetic', name: 'sub', level: 5 }],
  ['mul', { kind: 'arithmetic', name: 'mul', level: 6 }],
  ['div', { kind: 'arithmetic', name: 'div', level: 6 }],
  ['divby', { kind: 'arithmetic', name: 'divby', level: 6 }],
  ['mod', { kind: 'arithmetic', name: 'mod', level: 6 }],
]);

const suffixes: ReadonlyMap<string, 'has' | 'in'> = new Map([
  ['has', 'has'],
  ['in', 'in'],
]);

/** `commonExpr`, ending where no operator follows. */
export function parseExpressionRule(cursor: Cursor): FilterExpression {
  return parseBinary(cursor, 1);
}

/** Operators of `levelMin` and tighter. A loop, so that a long chain costs no stack. */
function parseBinary(cursor: Cursor, levelMin: number): FilterExpression {
  let left = parseUnary(cursor);
  for (;;) {
    const start = cursor.position;
    const operator = takeOperator(cursor, operators);
    if (operator === undefined) return left;
    if (operator.found.level < levelMin) {
      cursor.position = start;
      return left;
    }
    cursor.countClause();
    if (operator.found.name === 'divby') cursor.requireOperator('divby', operator.start);
    const right = parseBinary(cursor, operator.found.level + 1);
    left = binaryNode(operator.found, left, right, cursor.at(operator.start));
  }
}

function binaryNode(
  operator: BinaryOperator,
  left: FilterExpression,
  right: FilterExpression,
  position: number,
): FilterExpression {
  switch (operator.kind) {
    case 'logical':
      return { kind: 'logical', operator: operator.name, left, right, position };
    case 'comparison':
      return { kind: 'comparison', operator: operator.name, left, right, position };
    case 'arithmetic':
      return { kind: 'arithmetic', operator: operator.name, left, right, position };
  }
}

/** `notExpr`, `negateExpr`. A sign before digits belongs to the literal. */
function parseUnary(cursor: Cursor): FilterExpression {
  const { code, position } = cursor;
  if (code === minus && !beginsNumber(cursor, position + 1)) {
    cursor.position += 1;
    cursor.skipBlanks();
    cursor.countClause();
    return { kind: 'negate', operand: cursor.nested(parseUnary), position: cursor.at(position) };
  }
  if ((code | 32) === letterN && takesNot(cursor)) {
    cursor.countClause();
    return { kind: 'not', operand: cursor.nested(parseUnary), position: cursor.at(position) };
  }
  return parseSuffixed(cursor);
}

const minus = 45;
const letterN = 110;

/** Digits or `INF` behind a sign. */
function beginsNumber(cursor: Cursor, position: number): boolean {
  const code = cursor.source.charCodeAt(position);
  if (code >= 48 && code <= 57) return true;
  return cursor.source.startsWith('INF', position) && identifierEnd(cursor.source, position) === position + 3;
}

/** Steps over `not` and the blanks behind it; a parenthesis may stand in for the blank. */
function takesNot(cursor: Cursor): boolean {
  const start = cursor.position;
  const word = cursor.identifier();
  if (word === 'not' || (cursor.isVersion401 && word?.toLowerCase() === 'not')) {
    if (cursor.skipBlanks() || cursor.sees('(')) return true;
  }
  cursor.position = start;
  return false;
}

/** `hasExpr`, `inExpr`. */
function parseSuffixed(cursor: Cursor): FilterExpression {
  let left = parsePrimary(cursor);
  for (;;) {
    const operator = takeOperator(cursor, suffixes);
    if (operator === undefined) return left;
    cursor.countClause();
    const position = cursor.at(operator.start);
    if (operator.found === 'in') {
      cursor.requireOperator('in', operator.start);
      left = parseIn(cursor, left, position);
    } else left = { kind: 'comparison', operator: 'has', left, right: parseFlags(cursor), position };
  }
}

/** `enumLiteral`, or an alias in its place. */
function parseFlags(cursor: Cursor): FilterExpression {
  const start = cursor.position;
  const right = parsePrimary(cursor);
  if (right.kind === 'parameterAlias' || (right.kind === 'literal' && right.type === 'enum')) return right;
  const isText = right.kind === 'literal' && right.type === 'Edm.String' && isEnumText(right.text);
  if (isText && cursor.isVersion401) return right;
  return cursor.fail("an enumeration literal such as Namespace.Color'Yellow'", undefined, start);
}

/** `listExpr`, or an expression that gives a collection. */
function parseIn(cursor: Cursor, operand: FilterExpression, position: number): InList | InCollection {
  const start = cursor.position;
  if (cursor.take('(')) {
    const items = parseListItems(cursor);
    if (items !== undefined) return { kind: 'inList', operand, items, position };
    cursor.position = start;
  }
  const collection = parsePrimary(cursor);
  if (collection.kind === 'literal') {
    cursor.fail('a list in parentheses or a collection', "Write name in ('a','b').", start);
  }
  return { kind: 'inCollection', operand, collection, position };
}

/** `primitiveLiteral *( COMMA primitiveLiteral ) CLOSE`; undefined when the parenthesis holds an expression instead. */
function parseListItems(cursor: Cursor): readonly FilterExpression[] | undefined {
  const items: FilterExpression[] = [];
  cursor.skipBlanks();
  if (cursor.take(')')) return items;
  do {
    cursor.skipBlanks();
    cursor.countClause();
    const { position } = cursor;
    const item = cursor.literal() ?? takeBareAlias(cursor);
    cursor.skipBlanks();
    if (item === undefined || !(cursor.sees(',') || cursor.sees(')'))) {
      return items.length === 0 ? undefined : cursor.fail('a literal', 'A list holds literals only.', position);
    }
    items.push(item);
  } while (cursor.take(','));
  cursor.expect(')');
  return items;
}

/** Steps over `RWS operator RWS`; a parenthesis may stand in for a blank. Undefined, and unmoved, when there is none. */
function takeOperator<Operator>(
  cursor: Cursor,
  table: ReadonlyMap<string, Operator>,
): { readonly found: Operator; readonly start: number } | undefined {
  const before = cursor.position;
  if (!cursor.skipBlanks() && cursor.source.charCodeAt(before - 1) !== closeParenthesis) return undefined;
  const start = cursor.position;
  const word = cursor.identifier();
  if (word !== undefined) {
    const found = table.get(word) ?? (cursor.isVersion401 ? table.get(word.toLowerCase()) : undefined);
    if (found !== undefined && (cursor.skipBlanks() || cursor.sees('(') || cursor.isAtEnd)) return { found, start };
  }
  cursor.position = before;
  return undefined;
}

const closeParenthesis = 41;
