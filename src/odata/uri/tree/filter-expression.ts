/**
 * The nodes of a filter or orderby expression (OData 4.01 URL 5.1.1) and their builders. The union stands in one file
 * because every node may hold every other.
 */

import type { Literal } from '../../literal/literal.ts';
import type { KeyPredicate } from './key-predicate.ts';
import type { ParameterAlias } from './parameter-alias.ts';
import type { SearchExpression } from './search-expression.ts';

export type ComparisonOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'has';
export type ArithmeticOperator = 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod';

/**
 * A path of names: properties, type names, annotations (`@Ns.Term#Qualifier`), a lambda variable or `$it`, `$this`,
 * `$these`, `$root` at its beginning, `$count` at its end: `a/b`, `o/name`, `$root/Products`.
 */
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

/**
 * A call of a canonical function (OData 4.01 URL 5.1.1.4), its name as the specification writes it, or of a function
 * of the service, whose arguments have names. `source` is what a function of the service is bound to.
 */
export interface FunctionCall {
  readonly kind: 'functionCall';
  readonly source?: FilterExpression;
  readonly name: string;
  readonly arguments: readonly FunctionArgument[];
  readonly position: number;
}

/** `collection/any(variable:predicate)`; `any()` has neither variable nor predicate (OData 4.01 URL 5.1.1.13). */
export interface Lambda {
  readonly kind: 'lambda';
  readonly operator: 'any' | 'all';
  readonly collection: FilterExpression;
  readonly variable: string | undefined;
  readonly predicate: FilterExpression | undefined;
  readonly position: number;
}

/** `operand in ('a','b')` (OData 4.01 URL 5.1.1.1.11). */
export interface InList {
  readonly kind: 'inList';
  readonly operand: FilterExpression;
  readonly items: readonly FilterExpression[];
  readonly position: number;
}

/** `operand in collection`: a property, an array or an alias in place of the list (OData 4.01 URL 5.1.1.1.11). */
export interface InCollection {
  readonly kind: 'inCollection';
  readonly operand: FilterExpression;
  readonly collection: FilterExpression;
  readonly position: number;
}

/** `['a','b']`: a collection (OData 4.01 URL 5.1.1.14.2). */
export interface ArrayExpression {
  readonly kind: 'array';
  readonly items: readonly FilterExpression[];
  readonly position: number;
}

/** `{"a":1,"b":'x'}`: an entity or complex value (OData 4.01 URL 5.1.1.14.2). */
export interface ObjectExpression {
  readonly kind: 'object';
  readonly members: readonly { readonly name: string; readonly value: FilterExpression }[];
  readonly position: number;
}

/** A path that goes on behind what is no plain path: `Ns.Best()/Name`, `Orders(1)/Amount`. */
export interface Member {
  readonly kind: 'member';
  readonly source: FilterExpression;
  readonly path: readonly string[];
  readonly position: number;
}

/** The member of a collection with this key: `Orders(1)`, `$root/Items(OrderId=1,Number=2)`. */
export interface KeyLookup {
  readonly kind: 'keyLookup';
  readonly source: FilterExpression;
  readonly key: KeyPredicate;
  readonly position: number;
}

/** `collection/$filter(predicate)` (OData 4.01 URL 4.12). */
export interface FilteredCollection {
  readonly kind: 'filteredCollection';
  readonly source: FilterExpression;
  readonly predicate: FilterExpression;
  readonly position: number;
}

/** `collection/$count($filter=…;$search=…)`; without options it is the end of a path (OData 4.01 URL 4.8). */
export interface CountOf {
  readonly kind: 'countOf';
  readonly source: FilterExpression;
  readonly filter?: FilterExpression;
  readonly search?: SearchExpression;
  readonly position: number;
}

/** `cast(operand,Type)`, `isof(operand,Type)`; without operand, of the current instance (OData 4.01 URL 5.1.1.10). */
export interface TypeFunction {
  readonly kind: 'typeFunction';
  readonly name: 'cast' | 'isof';
  readonly operand: FilterExpression | undefined;
  /** `Edm.String`, `Ns.Type`, `Collection(Ns.Type)`. */
  readonly typeName: string;
  readonly position: number;
}

/** `case(condition:value,…)` (OData 4.01 URL 5.1.1.12). */
export interface CaseExpression {
  readonly kind: 'case';
  readonly branches: readonly { readonly condition: FilterExpression; readonly value: FilterExpression }[];
  readonly position: number;
}

/**
 * What `aggregate` computes: `Amount with sum as Total`, `$count as Orders`, or a custom aggregate `Forecast`
 * (OData Data Aggregation 4.0, section 3.2).
 */
export interface AggregateItem {
  readonly kind: 'aggregateItem';
  readonly expression: FilterExpression;
  /** `sum`, `min`, `max`, `average`, `countdistinct`, or the qualified name of the service's own. */
  readonly method: string | undefined;
  /** `from Year with average`, one behind the other. */
  readonly from: readonly AggregateFrom[];
  readonly alias: string | undefined;
  readonly position: number;
}

export interface AggregateFrom {
  readonly properties: readonly PropertyPath[];
  readonly method: string | undefined;
}

/** `collection/aggregate(Amount with sum)` within an expression (OData Data Aggregation 4.0, section 6). */
export interface AggregateOf {
  readonly kind: 'aggregateOf';
  readonly source: FilterExpression;
  readonly item: AggregateItem;
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
  | InCollection
  | ArrayExpression
  | ObjectExpression
  | ParameterAlias
  | Member
  | KeyLookup
  | FilteredCollection
  | CountOf
  | TypeFunction
  | CaseExpression
  | AggregateOf;

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
