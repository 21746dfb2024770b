import type { EntityType, Model } from '../../model/model.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import type { ExpandItem } from '../tree/query-options.ts';
import type { SelectItem } from '../tree/select-item.ts';
/** x */
export function checkOrderBy(items: readonly OrderByItem[], entityType: EntityType, model: Model): void {
  void items;
  void entityType;
  void model;
  throw new Error('not written yet');
}
/** x */
export function checkSelect(items: readonly SelectItem[], entityType: EntityType, model: Model): void {
  void items;
  void entityType;
  void model;
  throw new Error('not written yet');
}
/** x */
export function checkExpand(items: readonly ExpandItem[], entityType: EntityType, model: Model): void {
  void items;
  void entityType;
  void model;
  throw new Error('not written yet');
}
