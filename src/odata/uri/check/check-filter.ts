import type { EntityType, Model } from '../../model/model.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
/** x */
export function checkFilter(tree: FilterExpression, entityType: EntityType, model: Model): void {
  void tree;
  void entityType;
  void model;
  throw new Error('not written yet');
}
