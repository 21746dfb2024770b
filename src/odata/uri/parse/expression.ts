/**
 * The grammar of expressions (OData 4.01 ABNF, section 4): one function per rule, from the loosest operator to the
 * tightest (precedence: OData 4.01 URL 5.1.1.14). A binary node's position is that of its operator.
 */

import type {
  ArithmeticOperator,
  ArrayExpression,
  ComparisonOperator,
  FilterExpression,
  FunctionArgument,
  FunctionCall,
  InList,
  Lambda,
  PropertyPath,
} from '../tree/filter-expression.ts';
import type { Cursor } from './cursor.ts';

/** `commonExpr`, ending where no operator follows. */
export function parseExpression(cursor: Cursor): FilterExpression {
  return parseOr(cursor);
}

/** `functionExprParameters`: `(a,b)` or `(Name=a,Other=b)`; the cursor stands at the parenthesis. */
export function parseArguments(cursor: Cursor): readonly FunctionArgument[] {
  cursor.expect('(');
  const found: FunctionArgument[] = [];
  cursor.skipBlanks();
  if (cursor.take(')')) return found;
  do {
    cursor.skipBlanks();
    cursor.countClause();
    const position = cursor.position;
    const name = parseArgumentName(cursor);
    const value = cursor.nested(() => parseExpression(cursor));
    found.push({ kind: 'functionArgument', name, value, position });
    cursor.skipBlanks();
  } while (cursor.take(','));
  cursor.expect(')', '"," or ")"');
  return found;
}

/** `name =`, or nothing. */
export function parseArgumentName(cursor: Cursor): string | undefined {
  const start = cursor.position;
  const name = cursor.identifier();
  cursor.skipBlanks();
  if (name !== undefined && cursor.take('=')) {
    cursor.skipBlanks();
    return name;
  }
  cursor.reset(start);
  return undefined;
}

/** `array` of JSON, with literals in place of JSON values where they stand; the cursor stands at the bracket. */
export function parseArray(cursor: Cursor): ArrayExpression {
  const position = cursor.position;
  cursor.expect('[');
  const items: FilterExpression[] = [];
  cursor.skipBlanks();
  if (cursor.take(']')) return { kind: 'array', items, position };
  do {
    cursor.skipBlanks();
    cursor.countClause();
    items.push(parseArrayItem(cursor));
    cursor.skipBlanks();
  } while (cursor.take(','));
  cursor.expect(']', '"," or "]"');
  return { kind: 'array', items, position };
}

/** Names of the operators, with what they are in the tree. */
const equality: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['eq', 'eq'],
  ['ne', 'ne'],
]);
const relational: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['gt', 'gt'],
  ['ge', 'ge'],
  ['lt', 'lt'],
  ['le', 'le'],
]);
const additive: ReadonlyMap<string, ArithmeticOperator> = new Map([
  ['add', 'add'],
  ['sub', 'sub'],
]);
const multiplicative: ReadonlyMap<string, ArithmeticOperator> = new Map([
  ['mul', 'mul'],
  ['div', 'div'],
  ['divby', 'divby'],
  ['mod', 'mod'],
]);
const logicalOr: ReadonlyMap<string, 'or'> = new Map([['or', 'or']]);
const logicalAnd: ReadonlyMap<string, 'and'> = new Map([['and', 'and']]);
const primarySuffix: ReadonlyMap<string, 'has' | 'in'> = new Map([
  ['has', 'has'],
  ['in', 'in'],
]);

/** `orExpr`: `boolCommonExpr RWS "or" RWS boolCommonExpr`. */
function parseOr(cursor: Cursor): FilterExpression {
  return leftAssociative(cursor, logicalOr, parseAnd, (operator, left, right, position) => ({
    kind: 'logical',
    operator,
    left,
    right,
    position,
  }));
}

/** `andExpr`. */
function parseAnd(cursor: Cursor): FilterExpression {
  return leftAssociative(cursor, logicalAnd, parseEquality, (operator, left, right, position) => ({
    kind: 'logical',
    operator,
    left,
    right,
    position,
  }));
}

/** `eqExpr`, `neExpr`. */
function parseEquality(cursor: Cursor): FilterExpression {
  return leftAssociative(cursor, equality, parseRelational, comparison);
}

/** `ltExpr`, `leExpr`, `gtExpr`, `geExpr`. */
function parseRelational(cursor: Cursor): FilterExpression {
  return leftAssociative(cursor, relational, parseAdditive, comparison);
}

/** `addExpr`, `subExpr`. */
function parseAdditive(cursor: Cursor): FilterExpression {
  return leftAssociative(cursor, additive, parseMultiplicative, arithmetic);
}

/** `mulExpr`, `divExpr`, `divbyExpr`, `modExpr`. */
function parseMultiplicative(cursor: Cursor): FilterExpression {
  return leftAssociative(cursor, multiplicative, parseUnary, arithmetic);
}

/** `notExpr`, `negateExpr`. A sign before digits belongs to the literal. */
function parseUnary(cursor: Cursor): FilterExpression {
  const position = cursor.position;
  if (cursor.identifier() === 'not' && (cursor.skipBlanks() || cursor.sees('('))) {
    cursor.countClause();
    return { kind: 'not', operand: cursor.nested(() => parseUnary(cursor)), position };
  }
  cursor.reset(position);
  if (!cursor.sees('-')) return parseSuffixed(cursor);
  const literal = cursor.literal();
  if (literal !== undefined) {
    cursor.reset(position);
    return parseSuffixed(cursor);
  }
  cursor.take('-');
  cursor.skipBlanks();
  cursor.countClause();
  return { kind: 'negate', operand: cursor.nested(() => parseUnary(cursor)), position };
}

/** `hasExpr`, `inExpr`: both bind like a path. */
function parseSuffixed(cursor: Cursor): FilterExpression {
  let left = parsePrimary(cursor);
  for (;;) {
    const operator = takeOperator(cursor, primarySuffix);
    if (operator === undefined) return left;
    const { position } = operator;
    left =
      operator.name === 'in'
        ? parseInList(cursor, left, position)
        : { kind: 'comparison', operator: 'has', left, right: parsePrimary(cursor), position };
  }
}

/** `listExpr`: `OPEN BWS primitiveLiteral *( COMMA primitiveLiteral ) CLOSE`, with any expression as an item. */
function parseInList(cursor: Cursor, operand: FilterExpression, position: number): InList {
  if (!cursor.sees('(')) cursor.fail('a list in parentheses', "Write name in ('a','b').");
  cursor.take('(');
  const items: FilterExpression[] = [];
  do {
    cursor.skipBlanks();
    cursor.countClause();
    items.push(cursor.nested(() => parseExpression(cursor)));
    cursor.skipBlanks();
  } while (cursor.take(','));
  cursor.expect(')', '"," or ")"');
  return { kind: 'inList', operand, items, position };
}

/** `parenExpr`, `primitiveLiteral`, `arrayOrObject`, `functionExpr`, `methodCallExpr`, `firstMemberExpr`. */
function parsePrimary(cursor: Cursor): FilterExpression {
  if (cursor.take('(')) {
    cursor.skipBlanks();
    const inner = cursor.nested(() => parseExpression(cursor));
    cursor.skipBlanks();
    cursor.expect(')', 'an operator or ")"');
    return inner;
  }
  if (cursor.sees('[')) return parseArray(cursor);
  if (cursor.sees('{')) cursor.fail('an expression', 'JSON objects in expressions are not supported.');
  if (cursor.sees('@')) cursor.fail('an expression', 'Parameter aliases are not supported; write the value in place.');
  return cursor.literal() ?? parseMember(cursor);
}

/** `memberExpr`: a path that may end in a lambda, or a function call. */
function parseMember(cursor: Cursor): FunctionCall | Lambda | PropertyPath {
  const position = cursor.position;
  const path: string[] = [];
  do {
    const at = cursor.position;
    const name = parseMemberName(cursor, path.length);
    if (cursor.sees('(')) {
      if (path.length === 0) return parseCall(cursor, name, position);
      if (name === 'any' || name === 'all') {
        return parseLambda(cursor, name, { kind: 'propertyPath', path, position }, at);
      }
      cursor.fail('any or all', 'Other functions within a path are not supported.', at);
    }
    path.push(name);
  } while (cursor.take('/'));
  return { kind: 'propertyPath', path, position };
}

/** One segment: a name, a type name, `$it` at the start, `$count` later on. */
function parseMemberName(cursor: Cursor, index: number): string {
  if (cursor.sees('$')) {
    const name = index === 0 ? '$it' : '$count';
    if (!cursor.take(name)) cursor.fail(index === 0 ? 'an expression' : `a property name or ${name}`);
    return name;
  }
  return cursor.qualifiedName() ?? cursor.fail(index === 0 ? 'an expression' : 'a property name');
}

/** `functionExpr`, `methodCallExpr`. */
function parseCall(cursor: Cursor, name: string, position: number): FunctionCall {
  cursor.countClause();
  return { kind: 'functionCall', name, arguments: parseArguments(cursor), position };
}

/** `anyExpr`, `allExpr`. */
function parseLambda(cursor: Cursor, operator: 'any' | 'all', collection: PropertyPath, position: number): Lambda {
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
  const predicate = cursor.nested(() => parseExpression(cursor));
  cursor.skipBlanks();
  cursor.expect(')', 'an operator or ")"');
  return { kind: 'lambda', operator, collection, variable, predicate, position };
}

/** `valueInArray`; a JSON string in double quotes is the same literal as one in single quotes. */
function parseArrayItem(cursor: Cursor): FilterExpression {
  const position = cursor.position;
  const quoted = cursor.jsonString();
  if (quoted === undefined) return cursor.nested(() => parseExpression(cursor));
  try {
    return { kind: 'literal', type: 'Edm.String', text: String(JSON.parse(quoted)), position };
  } catch {
    return cursor.fail('a JSON string', undefined, position);
  }
}

function comparison(
  operator: ComparisonOperator,
  left: FilterExpression,
  right: FilterExpression,
  position: number,
): FilterExpression {
  return { kind: 'comparison', operator, left, right, position };
}

function arithmetic(
  operator: ArithmeticOperator,
  left: FilterExpression,
  right: FilterExpression,
  position: number,
): FilterExpression {
  return { kind: 'arithmetic', operator, left, right, position };
}

/** `operand *( RWS operator RWS operand )`. A loop, so that a long chain costs no stack. */
function leftAssociative<Operator>(
  cursor: Cursor,
  operators: ReadonlyMap<string, Operator>,
  parseOperand: (cursor: Cursor) => FilterExpression,
  join: (operator: Operator, left: FilterExpression, right: FilterExpression, position: number) => FilterExpression,
): FilterExpression {
  let left = parseOperand(cursor);
  for (;;) {
    const operator = takeOperator(cursor, operators);
    if (operator === undefined) return left;
    left = join(operator.name, left, parseOperand(cursor), operator.position);
  }
}

/** Steps over `RWS operator RWS`; a parenthesis may stand in for the blank. Undefined, and unmoved, when there is none. */
function takeOperator<Operator>(
  cursor: Cursor,
  operators: ReadonlyMap<string, Operator>,
): { readonly name: Operator; readonly position: number } | undefined {
  const start = cursor.position;
  const isApart = cursor.skipBlanks() || cursor.source.charAt(start - 1) === ')';
  const position = cursor.position;
  const name = isApart ? operators.get(cursor.identifier() ?? '') : undefined;
  if (name === undefined || !(cursor.skipBlanks() || cursor.sees('(') || cursor.isAtEnd)) {
    cursor.reset(start);
    return undefined;
  }
  cursor.countClause();
  return { name, position };
}
