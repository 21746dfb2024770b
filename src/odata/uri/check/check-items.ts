/** The items of `$orderby` and of `$compute`, also within `$apply`. */

import type { ComputeItem } from '../tree/compute-item.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import { checkExpression } from './check-expression.ts';
import type { CheckScope } from './check-scope.ts';
import { isOpaque, memberNamesOf, typeName, withMembers } from './expression-type.ts';
import { mismatch } from './type-errors.ts';
import type { TypedExpression } from './typed-expression.ts';

export interface TypedOrderByItem {
  readonly item: OrderByItem;
  readonly typed: TypedExpression;
}

export interface TypedComputeItem {
  readonly item: ComputeItem;
  readonly typed: TypedExpression;
}

/** The items of an order. */
export function checkOrder(items: readonly OrderByItem[], scope: CheckScope): readonly TypedOrderByItem[] {
  return items.map((item) => {
    const typed = checkExpression(item.expression, scope);
    const { type } = typed;
    const hasOrder = type.kind !== 'collection' && type.kind !== 'structured' && type.kind !== 'object';
    if (hasOrder && !isOpaque(type)) return { item, typed };
    throw mismatch(`$orderby at position ${item.position} is ${typeName(type)}; expected a value that has an order.`);
  });
}

/** The items of `$compute`; each may name those before it. */
export function checkComputeItems(items: readonly ComputeItem[], outer: CheckScope): readonly TypedComputeItem[] {
  let scope = outer;
  return items.map((item) => {
    const typed = checkExpression(item.expression, scope);
    if (memberNamesOf(scope.current).has(item.alias)) {
      const at = `The alias ${item.alias} at position ${item.position}`;
      throw mismatch(`${at} is the name of a property already; expected a name that is not.`);
    }
    scope = { ...scope, current: withMembers(scope.current, new Map([[item.alias, typed.type]])) };
    return { item, typed };
  });
}
