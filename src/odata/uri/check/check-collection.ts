/** Types of what works on a collection: lambdas, filters, counts, aggregates, and the lookup of a key. */

import type { EntityType, Model } from '../../model/model.ts';
import type {
  AggregateOf,
  CountOf,
  FilterExpression,
  FilteredCollection,
  FunctionCall,
  KeyLookup,
  Lambda,
} from '../tree/filter-expression.ts';
import { aggregatedType } from './aggregated-type.ts';
import { checkKey } from './check-key.ts';
import { wantBoolean } from './check-operators.ts';
import type { CheckScope } from './check-scope.ts';
import { booleanType, countType, type ExpressionType, isAny, typeName, unknownType } from './expression-type.ts';
import { mismatch } from './type-errors.ts';
import type { TypedExpression } from './typed-expression.ts';

/**
 * `collection/any(v:condition)` (OData 4.01 URL 5.1.1.13). The variable stands for an item of any type; within a lambda
 * of the same variable the inner one counts.
 */
export function checkLambda(tree: Lambda, scope: CheckScope): TypedExpression {
  const collection = scope.check(tree.collection, scope);
  const item = itemType(tree.operator, collection.type, tree.position);
  if (tree.predicate === undefined) return { expression: tree, type: booleanType, parts: [collection] };
  const slot = scope.slots;
  const variables = new Map(scope.variables);
  if (tree.variable !== undefined) variables.set(tree.variable, { type: item, slot });
  const predicate = scope.check(tree.predicate, { ...scope, variables, slots: slot + 1 });
  wantBoolean(tree.operator, predicate.type, tree.position);
  return { expression: tree, type: booleanType, parts: [collection, predicate], slot };
}

/** `collection/$filter(condition)`: within it, paths begin at the item (OData 4.01 URL 4.12). */
export function checkFiltered(tree: FilteredCollection, scope: CheckScope): TypedExpression {
  const source = scope.check(tree.source, scope);
  const item = itemType('$filter', source.type, tree.position);
  return {
    expression: tree,
    type: source.type,
    parts: [source, condition(tree.predicate, item, scope, tree.position)],
  };
}

/** `collection/$count($filter=…)` (OData 4.01 URL 4.8). */
export function checkCountOf(tree: CountOf, scope: CheckScope): TypedExpression {
  const source = scope.check(tree.source, scope);
  const item = itemType('$count', source.type, tree.position);
  const filters = tree.filter === undefined ? [] : [condition(tree.filter, item, scope, tree.position)];
  return { expression: tree, type: countType, parts: [source, ...filters] };
}

/** `collection/aggregate(Amount with sum)` (OData Data Aggregation 4.0, section 3.6). */
export function checkAggregateOf(tree: AggregateOf, scope: CheckScope): TypedExpression {
  const source = scope.check(tree.source, scope);
  const item = itemType('aggregate', source.type, tree.position);
  const value = scope.check(tree.item.expression, { ...scope, current: item, crossesCollections: true });
  return { expression: tree, type: aggregatedType(tree.item, value.type), parts: [source, value] };
}

/** `collection(key)` (OData 4.01 URL 4.3). Raises ODATA_KEY_INVALID. */
export function checkKeyLookup(tree: KeyLookup, scope: CheckScope): TypedExpression {
  const source = scope.check(tree.source, scope);
  const values = tree.key.parts.map(({ value }) => scope.check(value, scope));
  return typedLookup(tree, source, values, scope);
}

/** A key lookup whose parts are typed. */
export function typedLookup(
  tree: KeyLookup | FunctionCall,
  source: TypedExpression,
  values: readonly TypedExpression[],
  scope: CheckScope,
): TypedExpression {
  const item = itemType('A key', source.type, tree.position);
  const key = tree.kind === 'keyLookup' ? tree.key : { parts: tree.arguments, position: tree.position };
  const entityType = entityTypeOf(item, scope.model);
  const names = entityType === undefined ? undefined : checkKey(key, values, entityType, scope.model);
  return {
    expression: tree,
    type: item,
    parts: [source, ...values],
    keyNames: names ?? key.parts.map(({ name }) => name ?? ''),
  };
}

function entityTypeOf(type: ExpressionType, model: Model): EntityType | undefined {
  return type.kind === 'structured' ? model.entityType(type.type.qualifiedName) : undefined;
}

function condition(tree: FilterExpression, item: ExpressionType, scope: CheckScope, position: number): TypedExpression {
  const predicate = scope.check(tree, { ...scope, current: item });
  wantBoolean('$filter', predicate.type, position);
  return predicate;
}

/** The type of a collection's items. Raises ODATA_TYPE_MISMATCH for what is none. */
export function itemType(operator: string, type: ExpressionType, position: number): ExpressionType {
  if (type.kind === 'collection') return type.item;
  if (isAny(type)) return unknownType;
  throw mismatch(`${operator} at position ${position} is given ${typeName(type)}; expected a collection.`);
}
