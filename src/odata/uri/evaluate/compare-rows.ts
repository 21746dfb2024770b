/** Orderby → an order of rows. */

import type { EntityType, Model } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import { compileContext, type EvaluateOptions } from './compile-filter.ts';
import { compileValue, typeOf } from './compile-value.ts';
import { domainOf, type Value } from './domain.ts';

/**
 * A comparison for `Array.sort`: the first item decides, the next where it is equal; null comes before all values, and
 * behind them with `desc` (OData 4.01 Protocol 11.2.6.2). Raises what `checkOrderBy` raises.
 */
export function compareRows(
  items: readonly OrderByItem[],
  entityType: EntityType,
  model: Model,
  options: EvaluateOptions = {},
): (a: Row, b: Row) => number {
  const orders = items.map((item) => compileOrder(item, entityType, model, options));
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function compileOrder(
  { expression, direction }: OrderByItem,
  entityType: EntityType,
  model: Model,
  options: EvaluateOptions,
): (a: Row, b: Row) => number {
  const context = compileContext(expression, entityType, model, options);
  const domain = domainOf(typeOf(expression, context), context);
  const value = compileValue(expression, domain, context);
  const sign = direction === 'desc' ? -1 : 1;
  return (a, b) => sign * compareValues(value(a), value(b), domain.compare);
}

/** Values without an order, NaN among them, are taken as equal. */
function compareValues(left: Value, right: Value, compare: (left: Value, right: Value) => number): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  return Math.sign(compare(left, right)) || 0;
}
