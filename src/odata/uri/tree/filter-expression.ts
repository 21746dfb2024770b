/**
 * The nodes of a filter or orderby expression (OData 4.01 URL 5.1.1) and their builders. The union stands in one file
 * because every node may hold every other.
 */

import type { Literal } from '../../literal/literal.ts';

export type ComparisonOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'has';
export type ArithmeticOperator = 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod';

/** A property, a path over complex and navigation properties, a lambda variable, or a type name: `a/b`, `o/name`. */
export interface PropertyPath {
  readonly kind: 'propertyPath';
  readonly path: readonly string[];
  readonly position: number;
}

/** `left eq right` and its kin (OData 4.01 URL 5.1.1.1). */
export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: FilterExpression;
  readonly right: FilterExpression;
  readonly position: number;
}

/** `left and right`, `left or right` (OData 4.01 URL 5.1.1.1.7). */
export interface Logical {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly left: FilterExpression;
  readonly right: FilterExpression;
  readonly position: number;
}

/** `not operand` (OData 4.01 URL 5.1.1.1.9). */
export interface Not {
  readonly kind: 'not';
  readonly operand: FilterExpression;
  readonly position: number;
}

/** `-operand` (OData 4.01 URL 5.1.1.2.3). */
export interface Negate {
  readonly kind: 'negate';
  readonly operand: FilterExpression;
  readonly position: number;
}

/** `left add right` and its kin (OData 4.01 URL 5.1.1.2). */
export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: FilterExpression;
  readonly right: FilterExpression;
  readonly position: number;
}

/** One argument of a function call; named as in `Ns.LastXDays(PropertyName='x',PropertyValue=7)`, or not. */
export interface FunctionArgument {
  readonly kind: 'functionArgument';
  readonly name: string | undefined;
  readonly value: FilterExpression;
  readonly position: number;
}

/** A call of a canonical function (OData 4.01 URL 5.1.1.4) or, with a qualified name, of one of the service. */
export interface FunctionCall {
  readonly kind: 'functionCall';
  readonly name: string;
  readonly arguments: readonly FunctionArgument[];
  readonly position: number;
}

/** `collection/any(variable:predicate)`; `any()` has neither variable nor predicate (OData 4.01 URL 5.1.1.13). */
export interface Lambda {
  readonly kind: 'lambda';
  readonly operator: 'any' | 'all';
  readonly collection: PropertyPath;
  readonly variable: string | undefined;
  readonly predicate: FilterExpression | undefined;
  readonly position: number;
}

/** `operand in (a,b)` (OData 4.01 URL 5.1.1.1.12). */
export interface InList {
  readonly kind: 'inList';
  readonly operand: FilterExpression;
  readonly items: readonly FilterExpression[];
  readonly position: number;
}

/** `['a','b']`, an array as a function argument (OData 4.01 ABNF `array`). */
export interface ArrayExpression {
  readonly kind: 'array';
  readonly items: readonly FilterExpression[];
  readonly position: number;
}

export type FilterExpression =
  | Literal
  | PropertyPath
  | Comparison
  | Logical
  | Not
  | Negate
  | Arithmetic
  | FunctionCall
  | Lambda
  | InList
  | ArrayExpression;

/** The path node of `'a/b'`. */
export function property(path: string): PropertyPath {
  return { kind: 'propertyPath', path: path.split('/'), position: 0 };
}

/** `left operator right`: `compare('eq', property('name'), literalOf('x'))`. */
export function compare(operator: ComparisonOperator, left: FilterExpression, right: FilterExpression): Comparison {
  return { kind: 'comparison', operator, left, right, position: 0 };
}

/** All of the operands, joined from left to right. */
export function and(first: FilterExpression, ...others: readonly FilterExpression[]): FilterExpression {
  return others.reduce((left, right) => ({ kind: 'logical', operator: 'and', left, right, position: 0 }), first);
}

/** Any of the operands, joined from left to right. */
export function or(first: FilterExpression, ...others: readonly FilterExpression[]): FilterExpression {
  return others.reduce((left, right) => ({ kind: 'logical', operator: 'or', left, right, position: 0 }), first);
}

/** `not operand`. */
export function not(operand: FilterExpression): Not {
  return { kind: 'not', operand, position: 0 };
}

/** A function call with unnamed arguments: `call('contains', property('name'), literalOf('x'))`. */
export function call(name: string, ...values: readonly FilterExpression[]): FunctionCall {
  return {
    kind: 'functionCall',
    name,
    arguments: values.map((value) => ({ kind: 'functionArgument', name: undefined, value, position: 0 })),
    position: 0,
  };
}
