/** Filter → a test for rows. */

import { RialtoError } from '../../../base/errors.ts';
import type { EntityType, Model } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import { checkExpression } from '../check/check-expression.ts';
import { isPrimitive, typeName, unknownType } from '../check/expression-type.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import { compileCondition } from './compile-condition.ts';
import type { CompileContext } from './compile-value.ts';
import type { StringCollation } from './domain.ts';

export interface EvaluateOptions {
  /** How texts compare. Default `ordinal`; the databases of both services have `case-insensitive`. */
  readonly stringCollation?: StringCollation;
  /** Whether `*` in a text literal of eq and ne stands for any text, as in F&O. Default false. */
  readonly wildcardEquals?: boolean;
}

/**
 * A test that says whether the filter holds for a row; what is null does not hold. Checks the filter as `checkFilter`
 * does. A lambda or a function of the service is ODATA_TYPE_MISMATCH. The test raises ODATA_LITERAL_INVALID for a
 * division by zero.
 */
export function compileFilter(
  tree: FilterExpression,
  entityType: EntityType,
  model: Model,
  options: EvaluateOptions = {},
): (row: Row) => boolean {
  const context = compileContext(tree, entityType, model, options);
  const type = context.types.get(tree) ?? unknownType;
  if (!isPrimitive(type, 'Edm.Boolean')) {
    throw new RialtoError('ODATA_TYPE_MISMATCH', `$filter is ${typeName(type)}; expected a condition (Edm.Boolean).`);
  }
  const condition = compileCondition(tree, context);
  return (row) => condition(row) === true;
}

/** Whether the filter holds for one row. For many rows compile it. Errors as `compileFilter`. */
export function evaluateFilter(
  tree: FilterExpression,
  row: Row,
  entityType: EntityType,
  model: Model,
  options: EvaluateOptions = {},
): boolean {
  return compileFilter(tree, entityType, model, options)(row);
}

/** Checks an expression and gathers what compiling it needs. */
export function compileContext(
  tree: FilterExpression,
  entityType: EntityType,
  model: Model,
  options: EvaluateOptions,
): CompileContext {
  const context: CompileContext = {
    types: checkExpression(tree, { entityType, model, variables: new Map() }),
    model,
    collation: options.stringCollation ?? 'ordinal',
    wildcardEquals: options.wildcardEquals ?? false,
    condition: (part) => compileCondition(part, context),
  };
  return context;
}
