/** Expression → a function of a row that gives its value. */

import { RialtoError } from '../../../base/errors.ts';
import { literalValue } from '../../literal/literal-value.ts';
import type { Model } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import type { ExpressionTypes } from '../check/check-expression.ts';
import { type ExpressionType, isFloating, isInteger, unknownType } from '../check/expression-type.ts';
import type { Arithmetic, FilterExpression, FunctionCall, PropertyPath } from '../tree/filter-expression.ts';
import { type Domain, domainOf, type StringCollation, type Value } from './domain.ts';
import { compute, type Numeric, negated, rounded } from './numeric.ts';
import { temporalPart } from './temporal-part.ts';

/** What compiling needs to know. */
export interface CompileContext {
  readonly types: ExpressionTypes;
  readonly model: Model;
  readonly collation: StringCollation;
  readonly wildcardEquals: boolean;
  /** Compiles what is true or false. */
  readonly condition: (tree: FilterExpression) => Condition;
}

/** Null is OData's null: neither true nor false. */
export type Condition = (row: Row) => boolean | null;
export type Getter = (row: Row) => Value;

/** The type that was found for a node. */
export function typeOf(tree: FilterExpression, context: CompileContext): ExpressionType {
  return context.types.get(tree) ?? unknownType;
}

/** The value of an expression in `domain`. */
export function compileValue(tree: FilterExpression, domain: Domain, context: CompileContext): Getter {
  switch (tree.kind) {
    case 'literal': {
      const value = domain.read(tree.type === 'Edm.Decimal' ? tree.text : literalValue(tree));
      return () => value;
    }
    case 'propertyPath':
      return compilePath(tree, domain);
    case 'arithmetic':
      return compileArithmetic(tree, context);
    case 'negate': {
      const operand = compileNumeric(tree.operand, context);
      return (row) => mapped(operand(row), negated);
    }
    case 'functionCall':
      return compileCall(tree, domain, context);
    case 'array':
    case 'lambda':
      throw notEvaluated(tree.kind === 'lambda' ? tree.operator : 'An array', tree.position);
    default:
      return context.condition(tree);
  }
}

/** ODATA_TYPE_MISMATCH: what the grammar knows and evaluation does not. */
export function notEvaluated(what: string, position: number): RialtoError {
  return new RialtoError('ODATA_TYPE_MISMATCH', `${what} at position ${position} is not supported here.`);
}

/** A member of the row, or of the rows that are nested in it; what is absent is null. */
function compilePath({ path }: PropertyPath, domain: Domain): Getter {
  const names = path[0] === '$it' ? path.slice(1) : path;
  const steps = names.filter((name) => !name.includes('.') && name !== '$count');
  const [name = '', ...others] = steps;
  if (names.at(-1) === '$count') return (row) => countOf(memberOf(row, steps));
  if (others.length === 0) return (row) => domain.read(row[name]);
  return (row) => domain.read(memberOf(row, steps));
}

function memberOf(row: Row, steps: readonly string[]): unknown {
  let value: unknown = row;
  for (const name of steps) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Row)[name];
  }
  return value;
}

function countOf(value: unknown): Value {
  return Array.isArray(value) ? value.length : null;
}

function compileNumeric(tree: FilterExpression, context: CompileContext): (row: Row) => Numeric | null {
  const domain = domainOf({ kind: 'primitive', name: 'Edm.Decimal' }, context);
  return compileValue(tree, domain, context) as (row: Row) => Numeric | null;
}

/** Null on either side makes null (OData 4.01 URL 5.1.1.2). */
function compileArithmetic(tree: Arithmetic, context: CompileContext): Getter {
  const left = compileNumeric(tree.left, context);
  const right = compileNumeric(tree.right, context);
  const type = typeOf(tree, context);
  const how = isFloating(type) ? 'double' : isInteger(type) ? 'integer' : 'decimal';
  return (row) => {
    const a = left(row);
    const b = right(row);
    return a === null || b === null ? null : compute(tree.operator, a, b, how);
  };
}

/** Null as an argument makes null (OData 4.01 URL 5.1.1.4). */
function compileCall(tree: FunctionCall, domain: Domain, context: CompileContext): Getter {
  const { name, position } = tree;
  const [first, second, third] = tree.arguments.map(({ value }) => value);
  if (first === undefined) throw notEvaluated(name, position);
  switch (name) {
    case 'round':
    case 'floor':
    case 'ceiling': {
      const value = compileNumeric(first, context);
      return (row) => mapped(value(row), (number) => rounded(name, number));
    }
    case 'date':
    case 'time':
      return reread(compileText(tree, context), domain);
    case 'year':
    case 'month':
    case 'day':
    case 'hour':
    case 'minute':
    case 'second': {
      const text = compileText(first, context);
      return (row) => mapped(text(row), (value) => temporalPart(name, value));
    }
    case 'length': {
      const text = compileText(first, context);
      return (row) => mapped(text(row), (value) => value.length);
    }
    case 'indexof': {
      if (second === undefined) throw notEvaluated(name, position);
      const texts = compilePair(first, second, context);
      return (row) => mapped(texts(row), ([text, part]) => fold(text, context).indexOf(fold(part, context)));
    }
    case 'substring':
      return reread(compileSubstring(first, second, third, context), domain);
    case 'concat':
    case 'tolower':
    case 'toupper':
    case 'trim':
      return reread(compileText(tree, context), domain);
    default:
      return name.includes('.') ? failNotEvaluated(name, position) : context.condition(tree);
  }
}

function failNotEvaluated(name: string, position: number): never {
  throw notEvaluated(name, position);
}

/** The text of an expression: of a path what the row holds, of a literal what is written. */
export function compileText(tree: FilterExpression, context: CompileContext): (row: Row) => string | null {
  if (tree.kind === 'literal') return () => (tree.type === 'null' ? null : tree.text);
  if (tree.kind === 'propertyPath') return compilePath(tree, plainText) as (row: Row) => string | null;
  if (tree.kind !== 'functionCall') throw notEvaluated(tree.kind, tree.position);
  const [first, second, third] = tree.arguments.map(({ value }) => value);
  if (first === undefined) throw notEvaluated(tree.name, tree.position);
  if (tree.name === 'substring') return compileSubstring(first, second, third, context);
  if (tree.name === 'concat' && second !== undefined) {
    const texts = compilePair(first, second, context);
    return (row) => mapped(texts(row), ([left, right]) => left + right);
  }
  const text = compileText(first, context);
  const change = textFunctions[tree.name];
  if (change === undefined) throw notEvaluated(tree.name, tree.position);
  return (row) => mapped(text(row), change);
}

/** Functions of one text that give a text. A date with time holds its date and its time, in its own offset. */
const textFunctions: Readonly<Record<string, (text: string) => string>> = {
  tolower: (text) => text.toLowerCase(),
  toupper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  date: (text) => text.replace(/T.*$/i, ''),
  time: (text) => /T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)/i.exec(text)?.[1] ?? '00:00:00',
};

const plainText: Domain = {
  read: (raw) => (typeof raw === 'string' ? raw : null),
  compare: () => Number.NaN,
};

/** Both texts; null when either is. */
export function compilePair(
  first: FilterExpression,
  second: FilterExpression,
  context: CompileContext,
): (row: Row) => readonly [string, string] | null {
  const left = compileText(first, context);
  const right = compileText(second, context);
  return (row) => {
    const a = left(row);
    const b = right(row);
    return a === null || b === null ? null : [a, b];
  };
}

/** Positions count from zero; those outside of the text give less of it (OData 4.01 URL 5.1.1.5.7). */
function compileSubstring(
  first: FilterExpression,
  second: FilterExpression | undefined,
  third: FilterExpression | undefined,
  context: CompileContext,
): (row: Row) => string | null {
  const text = compileText(first, context);
  const start = second === undefined ? () => 0 : compileNumeric(second, context);
  const length = third === undefined ? () => Number.MAX_SAFE_INTEGER : compileNumeric(third, context);
  return (row) => {
    const value = text(row);
    const from = start(row);
    const count = length(row);
    if (value === null || from === null || count === null) return null;
    const begin = Math.max(Number(from), 0);
    return value.slice(begin, begin + Math.max(Number(count), 0));
  };
}

/** The text in the domain that compares it. */
function reread(text: (row: Row) => string | null, domain: Domain): Getter {
  return (row) => domain.read(text(row));
}

/** The text as it is compared. */
export function fold(text: string, context: Pick<CompileContext, 'collation'>): string {
  return context.collation === 'case-insensitive' ? text.toLowerCase() : text;
}

/** `change(value)`, or null for null. */
function mapped<T, Result>(value: T | null, change: (value: T) => Result): Result | null {
  return value === null ? null : change(value);
}
