import type { EntityType, Model } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
/** How strings compare. */
export interface EvaluateOptions {
  readonly stringCollation?: 'ordinal' | 'case-insensitive';
  readonly wildcardEquals?: boolean;
}
/** x */
export function compileFilter(
  tree: FilterExpression,
  entityType: EntityType,
  model: Model,
  options: EvaluateOptions = {},
): (row: Row) => boolean {
  void tree;
  void entityType;
  void model;
  void options;
  throw new Error('not written yet');
}
/** x */
export function evaluateFilter(
  tree: FilterExpression,
  row: Row,
  entityType: EntityType,
  model: Model,
  options: EvaluateOptions = {},
): boolean {
  void tree;
  void row;
  void entityType;
  void model;
  void options;
  throw new Error('not written yet');
}
