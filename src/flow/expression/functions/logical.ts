/** Logical functions and comparisons (reference 8.3). */

import { compareValues, valuesEqual } from '../compare.ts';
import type { Value } from '../value.ts';
import { describeValue } from '../value.ts';
import {
  anyArgument,
  argumentError,
  booleanArgument,
  callError,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  type LazyCall,
  lazy,
} from './function.ts';

export const logicalFunctions: readonly ExpressionFunction[] = [
  lazy('and(condition, ...)', (call) => {
    for (let index = 0; index < call.count; index += 1) if (!condition(call, index)) return false;
    return true;
  }),
  lazy('or(condition, ...)', (call) => {
    for (let index = 0; index < call.count; index += 1) if (condition(call, index)) return true;
    return false;
  }),
  eager('not(condition)', (call) => !booleanArgument(call, 0)),
  lazy('if(condition, whenTrue, whenFalse)', (call) => call.argument(condition(call, 0) ? 1 : 2)),
  lazy('coalesce(value, ...)', (call) => {
    for (let index = 0; index < call.count; index += 1) {
      const value = call.argument(index);
      if (value !== null) return value;
    }
    return null;
  }),
  eager('equals(left, right)', (call) => valuesEqual(anyArgument(call, 0), anyArgument(call, 1))),
  eager('greater(left, right)', (call) => order(call) > 0),
  eager('greaterOrEquals(left, right)', (call) => order(call) >= 0),
  eager('less(left, right)', (call) => order(call) < 0),
  eager('lessOrEquals(left, right)', (call) => order(call) <= 0),
];

function condition(call: LazyCall, index: number): boolean {
  const value: Value = call.argument(index);
  if (typeof value !== 'boolean') throw argumentError(call, index, value, 'true or false');
  return value;
}

function order(call: FunctionCall): number {
  const [left = null, right = null] = call.arguments;
  const result = compareValues(left, right);
  if (result === undefined) {
    throw callError(
      call,
      `found ${describeValue(left)} and ${describeValue(right)}; expected two numbers or two strings`,
    );
  }
  return result;
}
