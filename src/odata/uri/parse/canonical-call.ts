/** Calls of the canonical functions (OData 4.01 URL 5.1.1.4 to 5.1.1.13). */

import type { CaseExpression, FilterExpression, FunctionCall, TypeFunction } from '../tree/filter-expression.ts';
import type { Cursor } from './cursor.ts';

/** How many arguments a function takes, and whether it came with 4.01. */
interface Arity {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly isVersion401: boolean;
}

/** Canonical functions by their name in lower case. */
const canonicalArities: ReadonlyMap<string, Arity> = new Map(
  [
    ...arities(0, 'now mindatetime maxdatetime'),
    ...arities(1, 'length tolower toupper trim year month day hour minute second fractionalseconds totalseconds'),
    ...arities(1, 'date time totaloffsetminutes round floor ceiling geo.length isdefined'),
    ...arities(2, 'concat contains endswith indexof startswith geo.distance geo.intersects'),
    ...arities(2, 'hassubset hassubsequence', true),
    // The third argument, flags, came with 4.02.
    { name: 'matchesPattern', least: 2, most: 3, isVersion401: true },
    { name: 'substring', least: 2, most: 3, isVersion401: false },
  ].map((arity) => [arity.name.toLowerCase(), arity]),
);

function arities(count: number, names: string, isVersion401 = false): readonly Arity[] {
  return names.split(' ').map((name) => ({ name, least: count, most: count, isVersion401 }));
}

/** Names of the canonical functions, as the specification writes them. */
export const canonicalNames: readonly string[] = [
  ...[...canonicalArities.values()].map(({ name }) => name),
  'case',
  'cast',
  'isof',
];

/** A call of the canonical function `name`, the cursor standing at its parenthesis; undefined when there is none. */
export function parseCanonicalCall(cursor: Cursor, name: string, start: number): FilterExpression | undefined {
  const lower = name.toLowerCase();
  if (!cursor.isVersion401 && lower !== name && lower !== 'matchespattern') return undefined;
  if (lower === 'cast' || lower === 'isof') return parseTypeFunction(cursor, lower, start);
  if (lower === 'case') return parseCase(cursor, start);
  const arity = canonicalArities.get(lower);
  return arity === undefined ? undefined : parseMethodCall(cursor, arity, start);
}

/** `methodCallExpr`. */
function parseMethodCall(cursor: Cursor, arity: Arity, start: number): FunctionCall {
  const { name, least, most } = arity;
  if (arity.isVersion401) cursor.requireVersion401(name, start);
  cursor.countClause();
  cursor.expect('(');
  cursor.skipBlanks();
  const values: FilterExpression[] = [];
  while (values.length < most) {
    if (values.length > 0) {
      if (values.length >= least && cursor.sees(')')) break;
      cursor.expect(',', values.length < least ? `"," and ${least - values.length} more for ${name}` : '"," or ")"');
      cursor.skipBlanks();
    }
    if (cursor.sees(')')) cursor.fail(`an argument of ${name}`);
    values.push(cursor.nested(cursor.rules.expression));
    cursor.skipBlanks();
  }
  cursor.expect(')', values.length === 0 ? `")"` : `an operator or ")" behind ${countText(most)} of ${name}`);
  return {
    kind: 'functionCall',
    name,
    arguments: values.map((value) => ({ kind: 'functionArgument', name: undefined, value, position: value.position })),
    position: cursor.at(start),
  };
}

function countText(count: number): string {
  return count === 1 ? 'the argument' : `the ${count} arguments`;
}

/** `castExpr`, `isofExpr`. */
function parseTypeFunction(cursor: Cursor, name: 'cast' | 'isof', start: number): TypeFunction {
  cursor.countClause();
  cursor.expect('(');
  cursor.skipBlanks();
  const position = cursor.at(start);
  const before = cursor.position;
  const alone = takeTypeName(cursor);
  cursor.skipBlanks();
  if (alone !== undefined && cursor.take(')')) {
    return { kind: 'typeFunction', name, operand: undefined, typeName: alone, position };
  }
  cursor.position = before;
  const operand = cursor.nested(cursor.rules.expression);
  cursor.skipBlanks();
  cursor.expect(',', `"," and a type name for ${name}`);
  cursor.skipBlanks();
  const typeName = takeTypeName(cursor) ?? cursor.fail('a type name such as Edm.String');
  cursor.skipBlanks();
  cursor.expect(')');
  return { kind: 'typeFunction', name, operand, typeName, position };
}

/** `optionallyQualifiedTypeName`. */
function takeTypeName(cursor: Cursor): string | undefined {
  const start = cursor.position;
  if (!cursor.take('Collection(')) return takeItemType(cursor);
  const item = takeItemType(cursor);
  if (item !== undefined && cursor.take(')')) return `Collection(${item})`;
  cursor.position = start;
  return undefined;
}

/** `singleQualifiedTypeName`; in 4.01 also without its namespace. */
function takeItemType(cursor: Cursor): string | undefined {
  const start = cursor.position;
  const name = cursor.qualifiedName();
  if (name === undefined || name.includes('.') || cursor.isVersion401) return name;
  cursor.position = start;
  return undefined;
}

/** `caseMethodCallExpr`. */
function parseCase(cursor: Cursor, start: number): CaseExpression {
  cursor.requireVersion401('case', start);
  cursor.expect('(');
  cursor.skipBlanks();
  const branches = cursor.list((inner) => {
    const condition = inner.nested(inner.rules.expression);
    inner.skipBlanks();
    inner.expect(':', 'an operator or ":" behind the condition');
    inner.skipBlanks();
    return { condition, value: inner.nested(inner.rules.expression) };
  });
  cursor.skipBlanks();
  cursor.expect(')', 'an operator, "," or ")"');
  return { kind: 'case', branches, position: cursor.at(start) };
}
