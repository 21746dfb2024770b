import type { EntityType, Model } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import type { EvaluateOptions } from './compile-filter.ts';
/** x */
export function compareRows(
  items: readonly OrderByItem[],
  entityType: EntityType,
  model: Model,
  options: EvaluateOptions = {},
): (a: Row, b: Row) => number {
  void items;
  void entityType;
  void model;
  void options;
  throw new Error('not written yet');
}
