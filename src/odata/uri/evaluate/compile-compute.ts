/** Expressions and `$compute` → functions of a row. */

import type { JsonValue } from '../../../base/json.ts';
import type { Model, StructuredType } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import { checkExpression } from '../check/check-expression.ts';
import type { TypedComputeItem } from '../check/check-items.ts';
import { type CheckedCompute, checkCompute } from '../check/check-query-options.ts';
import { scopeOf } from '../check/expression-scope.ts';
import type { ComputeItem } from '../tree/compute-item.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import { type CompileContext, type EvaluateOptions, frameOf, jsonOf } from './compile-context.ts';
import { compileContext } from './compile-expression.ts';

/**
 * The JSON value of any expression for a row: integers beyond 2^53 are bigint; decimals that a double cannot hold, INF,
 * -INF and NaN are text. Errors as `compileFilter`.
 */
export function compileExpression(
  tree: FilterExpression,
  entityType: StructuredType | undefined,
  model: Model,
  options: EvaluateOptions = {},
): (row: Row) => JsonValue {
  const value = compileContext(model, options).value(checkExpression(tree, scopeOf(entityType, model, options)));
  return (row) => jsonOf(value(row, frameOf(row, options)));
}

/** The row with the properties that `$compute` adds (OData 4.01 URL 5.1.9). Errors as `compileFilter`. */
export function compileCompute(
  items: readonly ComputeItem[] | CheckedCompute,
  entityType: StructuredType | undefined,
  model: Model,
  options: EvaluateOptions = {},
): (row: Row) => Row {
  const checked = 'kind' in items ? items : checkCompute(items, entityType, model, options);
  const compute = computeMembers(checked.items, compileContext(checked.model, options));
  return (row) => compute(row);
}

/** Adds computed members one after the other, since each may name those before it. */
export function computeMembers(
  items: readonly TypedComputeItem[],
  context: CompileContext,
): (row: Row, these?: readonly Row[]) => Row {
  const members = items.map(({ item, typed }) => [item.alias, context.value(typed)] as const);
  return (row, these) => {
    const computed: Members = { ...row };
    for (const [name, value] of members) {
      setMember(computed, name, jsonOf(value(computed, frameOf(computed, context.options, these))));
    }
    return computed;
  };
}

/** A copy of the row with further members; a name such as `__proto__` is a member like any other. */
export function withMembers(row: Row, members: readonly (readonly [name: string, value: JsonValue])[]): Row {
  const copy: Members = { ...row };
  for (const [name, value] of members) setMember(copy, name, value);
  return copy;
}

type Members = Record<string, JsonValue>;

/** Defining a member takes far longer than assigning it, which changes the prototype for one name only. */
function setMember(members: Members, name: string, value: JsonValue): void {
  if (name !== '__proto__') members[name] = value;
  else Object.defineProperty(members, name, { value, configurable: true, enumerable: true, writable: true });
}
