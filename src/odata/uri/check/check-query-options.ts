/** Checks the query options of a request, of an expand item or of a select item against a type. */

import type { Model, StructuredType } from '../../model/model.ts';
import type { ComputeItem } from '../tree/compute-item.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import type { ExpandItem, QueryOptions, SelectItem } from '../tree/query-options.ts';
import { checkSequence } from './check-apply.ts';
import { checkExpandItem } from './check-expand.ts';
import { checkExpression } from './check-expression.ts';
import { checkComputeItems, checkOrder, type TypedComputeItem, type TypedOrderByItem } from './check-items.ts';
import { wantBoolean } from './check-operators.ts';
import type { CheckScope } from './check-scope.ts';
import { checkSelectItem } from './check-select.ts';
import { type CheckOptions, scopeOf } from './expression-scope.ts';
import { type ExpressionType, withMembers } from './expression-type.ts';

/** An order whose names and types are resolved; `compareRows` takes it and checks nothing again. */
export interface CheckedOrderBy {
  readonly kind: 'checkedOrderBy';
  readonly items: readonly TypedOrderByItem[];
  readonly model: Model;
}

/** Computed properties whose expressions are resolved; `compileCompute` takes it and checks nothing again. */
export interface CheckedCompute {
  readonly kind: 'checkedCompute';
  readonly items: readonly TypedComputeItem[];
  /** Types by alias: `checkFilter(tree, type, model, { computed })` lets a filter name them. */
  readonly computed: ReadonlyMap<string, ExpressionType>;
  readonly model: Model;
}

/** Checks `$orderby` (OData 4.01 URL 5.1.5). Raises ODATA_PROPERTY_UNKNOWN, ODATA_TYPE_MISMATCH with the position. */
export function checkOrderBy(
  items: readonly OrderByItem[],
  entityType: StructuredType | undefined,
  model: Model,
  options: CheckOptions = {},
): CheckedOrderBy {
  return { kind: 'checkedOrderBy', items: checkOrder(items, scopeOf(entityType, model, options)), model };
}

/** Checks `$select` (OData 4.01 URL 5.1.4). Raises ODATA_PROPERTY_UNKNOWN, ODATA_TYPE_MISMATCH with the position. */
export function checkSelect(
  items: readonly SelectItem[],
  entityType: StructuredType,
  model: Model,
  options: CheckOptions = {},
): void {
  const scope = scopeOf(entityType, model, options);
  for (const item of items) checkSelectItem(item, scope, checkOptionsIn);
}

/**
 * Checks `$expand` and the query options within (OData 4.01 URL 5.1.3). Raises ODATA_PROPERTY_UNKNOWN and
 * ODATA_TYPE_MISMATCH with the position.
 */
export function checkExpand(
  items: readonly ExpandItem[],
  entityType: StructuredType,
  model: Model,
  options: CheckOptions = {},
): void {
  const scope = scopeOf(entityType, model, options);
  for (const item of items) checkExpandItem(item, scope, checkOptionsIn);
}

/** Checks `$compute` (OData 4.01 URL 5.1.9). Raises as `checkFilter`; ODATA_TYPE_MISMATCH for an alias that is taken. */
export function checkCompute(
  items: readonly ComputeItem[],
  entityType: StructuredType | undefined,
  model: Model,
  options: CheckOptions = {},
): CheckedCompute {
  const typed = checkComputeItems(items, scopeOf(entityType, model, options));
  const computed = new Map(typed.map(({ item, typed: { type } }) => [item.alias, type]));
  return { kind: 'checkedCompute', items: typed, computed, model };
}

/**
 * Checks all the options of a query: what `$apply` leaves and `$compute` adds is what the other options see (OData Data
 * Aggregation 4.0, section 3.1). Gives the type of the items of the result. Raises as the checks of its parts.
 */
export function checkOptionsIn(options: QueryOptions, outer: CheckScope): ExpressionType {
  const { apply, compute, filter, orderby, select, expand } = options;
  let scope = outer;
  if (apply !== undefined) scope = { ...scope, current: checkSequence(apply, scope).result };
  if (compute !== undefined) {
    const items = checkComputeItems(compute, scope);
    const members = new Map(items.map(({ item, typed }) => [item.alias, typed.type]));
    scope = { ...scope, current: withMembers(scope.current, members) };
  }
  if (filter !== undefined) wantBoolean('$filter', checkExpression(filter, scope).type, filter.position);
  if (orderby !== undefined) checkOrder(orderby, scope);
  for (const item of select ?? []) checkSelectItem(item, scope, checkOptionsIn);
  for (const item of expand ?? []) checkExpandItem(item, scope, checkOptionsIn);
  return scope.current;
}
