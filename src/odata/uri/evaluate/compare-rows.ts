/** Orderby → an order of rows. */

import type { Model, StructuredType } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import type { TypedOrderByItem } from '../check/check-items.ts';
import { type CheckedOrderBy, checkOrderBy } from '../check/check-query-options.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import { type CompileContext, type EvaluateOptions, frameOf } from './compile-context.ts';
import { compileContext } from './compile-expression.ts';
import { compileIn } from './compile-in.ts';
import { domainOf, type Value } from './domain.ts';

/** An order of rows, for `Array.sort`. */
export type RowOrder = (left: Row, right: Row) => number;

/** An order of rows of a collection, which is `$these`. */
type OrderWithin = (left: Row, right: Row, these?: readonly Row[]) => number;

/**
 * A comparison for `Array.sort`: the first item decides, the next where it is equal; null comes before all values, and
 * behind them with `desc` (OData 4.01 Protocol 11.2.6.2). Raises what `checkOrderBy` raises, unless that was called.
 */
export function compareRows(
  items: readonly OrderByItem[] | CheckedOrderBy,
  entityType: StructuredType | undefined,
  model: Model,
  options: EvaluateOptions = {},
): RowOrder {
  const checked = 'kind' in items ? items : checkOrderBy(items, entityType, model, options);
  return rowOrder(checked.items, compileContext(checked.model, options));
}

/** The order of items that are typed. */
export function rowOrder(items: readonly TypedOrderByItem[], context: CompileContext): OrderWithin {
  const orders = items.map((item) => compileOrder(item, context));
  return (left, right, these) => {
    for (const order of orders) {
      const result = order(left, right, these);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function compileOrder({ item, typed }: TypedOrderByItem, context: CompileContext): OrderWithin {
  const domain = domainOf(typed.type, context);
  const value = compileIn(typed, domain, context);
  const sign = item.direction === 'desc' ? -1 : 1;
  const operandOf = (row: Row, these?: readonly Row[]) => value(row, frameOf(row, context.options, these));
  return (left, right, these) =>
    sign * compareValues(operandOf(left, these), operandOf(right, these), domain.compare) || 0;
}

/** Values without an order, NaN among them, are taken as equal. */
export function compareValues(left: Value, right: Value, compare: (left: Value, right: Value) => number): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  return Math.sign(compare(left, right)) || 0;
}
