/** Filter → a test for rows. */

import type { Model, StructuredType } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import { type CheckedFilter, checkCondition, isCheckedFilter } from '../check/check-filter.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import { type EvaluateOptions, frameOf } from './compile-context.ts';
import { compileContext } from './compile-expression.ts';
import { instanceTypeName } from './compile-path.ts';

/**
 * A test that says whether the filter holds for a row; what is null does not hold (OData 4.01 URL 5.1.2). A filter that
 * is not checked yet is checked as `checkFilter` does, and raises what that raises; without an entity type its values
 * are compared by what they are and by the literals beside them. What is not evaluated, a function of the service that
 * `options.functions` does not have for instance, is ODATA_TYPE_MISMATCH. The test raises ODATA_LITERAL_INVALID for a
 * division by zero, and LIMIT_EXCEEDED.
 */
export function compileFilter(
  tree: FilterExpression | CheckedFilter,
  entityType: StructuredType | undefined,
  model: Model,
  options: EvaluateOptions = {},
): (row: Row) => boolean {
  const checked = isCheckedFilter(tree) ? tree : checkCondition(tree, entityType, model, options);
  const condition = compileContext(checked.model, options).condition(checked.typed);
  return (row) => condition(row, frameOf(row, options)) === true;
}

/**
 * Whether the filter holds for one row. For many rows compile it. The row's type is the one that was checked, or
 * `options.entityType`, or what `@odata.type` of the row names; without any, values are compared by what they are.
 * Errors as `compileFilter`.
 */
export function evaluateFilter(
  tree: FilterExpression | CheckedFilter,
  row: Row,
  model: Model,
  options: EvaluateOptions & { readonly entityType?: StructuredType } = {},
): boolean {
  return compileFilter(tree, options.entityType ?? typeOf(row, model), model, options)(row);
}

function typeOf(row: Row, model: Model): StructuredType | undefined {
  const name = instanceTypeName(row);
  return name === undefined ? undefined : (model.entityType(name) ?? model.complexType(name));
}
