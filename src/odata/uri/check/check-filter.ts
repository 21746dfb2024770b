/** Checks a filter against an entity type. */

import type { Model, StructuredType } from '../../model/model.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import { checkExpression } from './check-expression.ts';
import { type CheckOptions, scopeOf } from './expression-scope.ts';
import { isPrimitive, typeName } from './expression-type.ts';
import { mismatch } from './type-errors.ts';
import type { TypedExpression } from './typed-expression.ts';

/** A filter whose names and types are resolved; `evaluateFilter` and `compileFilter` take it and check nothing again. */
export interface CheckedFilter {
  readonly kind: 'checkedFilter';
  /** The tree that was checked. */
  readonly expression: FilterExpression;
  /** The tree with the type of every node. */
  readonly typed: TypedExpression;
  readonly entityType: StructuredType | undefined;
  readonly model: Model;
}

/**
 * Checks that names exist and operands go together (OData 4.01 URL 5.1.1), and gives the filter with its types. Raises
 * ODATA_PROPERTY_UNKNOWN (with the nearest name) and ODATA_TYPE_MISMATCH with the position, ODATA_LITERAL_INVALID for an
 * unknown enumeration member, ODATA_KEY_INVALID for the key of an entity within the filter, and LIMIT_EXCEEDED.
 */
export function checkFilter(
  tree: FilterExpression,
  entityType: StructuredType,
  model: Model,
  options: CheckOptions = {},
): CheckedFilter {
  return checkCondition(tree, entityType, model, options);
}

/** The same, also where nothing is known of the rows. */
export function checkCondition(
  tree: FilterExpression,
  entityType: StructuredType | undefined,
  model: Model,
  options: CheckOptions = {},
): CheckedFilter {
  const typed = checkExpression(tree, scopeOf(entityType, model, options));
  if (!isPrimitive(typed.type, 'Edm.Boolean')) {
    throw mismatch(`$filter is ${typeName(typed.type)}; expected a condition (Edm.Boolean).`);
  }
  return { kind: 'checkedFilter', expression: tree, typed, entityType, model };
}

/** True for a filter that is checked already. */
export function isCheckedFilter(tree: FilterExpression | CheckedFilter): tree is CheckedFilter {
  return tree.kind === 'checkedFilter';
}
