/** Math functions: integers checked, promoted to float, then to decimal (reference 7.6, 8.6). */

import { compareValues, isNumber } from '../compare.ts';
import {
  addDecimals,
  Decimal,
  decimalOf,
  decimalOfFloat,
  divideDecimals,
  multiplyDecimals,
  remainderOfDecimals,
  subtractDecimals,
} from '../decimal.ts';
import { rangeCountMax } from '../limits.ts';
import { isArrayValue, type Value } from '../value.ts';
import {
  anyArgument,
  argumentError,
  callError,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  integerArgument,
  numberArgument,
  volatileFunction,
} from './function.ts';

type NumberValue = bigint | number | Decimal;

interface Operation {
  /** The right side must not be zero, unless both are floats. */
  readonly divides?: true;
  integer(left: bigint, right: bigint): bigint;
  float(left: number, right: number): number;
  decimal(left: Decimal, right: Decimal): Decimal | undefined;
}

const addition: Operation = { integer: (a, b) => a + b, float: (a, b) => a + b, decimal: addDecimals };
const subtraction: Operation = { integer: (a, b) => a - b, float: (a, b) => a - b, decimal: subtractDecimals };
const multiplication: Operation = { integer: (a, b) => a * b, float: (a, b) => a * b, decimal: multiplyDecimals };
// Both divisions of bigint cut towards zero, as .NET does.
const division: Operation = {
  divides: true,
  integer: (a, b) => a / b,
  float: (a, b) => a / b,
  decimal: divideDecimals,
};
const remainder: Operation = {
  divides: true,
  integer: (a, b) => a % b,
  float: (a, b) => a % b,
  decimal: remainderOfDecimals,
};

export const mathFunctions: readonly ExpressionFunction[] = [
  eager('add(left, right)', (call) => calculate(call, addition)),
  eager('sub(left, right)', (call) => calculate(call, subtraction)),
  eager('mul(left, right)', (call) => calculate(call, multiplication)),
  eager('div(left, right)', (call) => calculate(call, division)),
  eager('mod(left, right)', (call) => calculate(call, remainder)),
  eager('max(number, ...)', (call) => extreme(call, 1)),
  eager('min(number, ...)', (call) => extreme(call, -1)),
  volatileFunction('rand(minimum, maximum)', rand),
  eager('range(start, count)', range),
];

const integerMin = -(2n ** 63n);
const integerMax = 2n ** 63n - 1n;
const rangeEndMax = 2_147_483_647n;

function calculate(call: FunctionCall, operation: Operation): Value {
  const [left, right] = promote(call, numberArgument(call, 0), numberArgument(call, 1));
  // Looked at after the promotion: a float may be too small for a decimal other than zero.
  if (operation.divides && typeof right !== 'number' && compareValues(right, 0n) === 0) {
    throw argumentError(call, 1, anyArgument(call, 1), 'a number other than zero');
  }
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    return checkInteger(call, operation.integer(checkInteger(call, left), checkInteger(call, right)));
  }
  if (typeof left === 'number' && typeof right === 'number') return operation.float(left, right);
  const result = left instanceof Decimal && right instanceof Decimal ? operation.decimal(left, right) : undefined;
  if (result === undefined) throw callError(call, 'the result does not fit a decimal of 28 digits');
  return result;
}

/** Both numbers as the wider of their two types. */
function promote(call: FunctionCall, left: NumberValue, right: NumberValue): readonly [NumberValue, NumberValue] {
  if (left instanceof Decimal || right instanceof Decimal) return [toDecimal(call, left), toDecimal(call, right)];
  if (typeof left === 'number' || typeof right === 'number') return [Number(left), Number(right)];
  return [left, right];
}

function toDecimal(call: FunctionCall, value: NumberValue): Decimal {
  if (value instanceof Decimal) return value;
  const decimal = typeof value === 'bigint' ? decimalOf(value, 0) : decimalOfFloat(value);
  if (decimal === undefined) throw callError(call, `${value} does not fit a decimal of 28 digits`);
  return decimal;
}

function checkInteger(call: FunctionCall, value: bigint): bigint {
  if (value >= integerMin && value <= integerMax) return value;
  throw callError(call, `${value.toString().slice(0, 60)} is beyond the range of 64-bit integers`);
}

function extreme(call: FunctionCall, sign: 1 | -1): Value {
  const only = anyArgument(call, 0);
  const list = call.arguments.length === 1 && isArrayValue(only) ? only : call.arguments;
  let best: NumberValue | undefined;
  for (const [index, value] of list.entries()) {
    if (!isNumber(value)) throw argumentError(call, list === call.arguments ? index : 0, value, 'numbers only');
    if (best === undefined || (compareValues(value, best) ?? 0) * sign > 0) best = value;
  }
  if (best === undefined) throw argumentError(call, 0, only, 'at least one number');
  // The result has the widest type among the numbers, as if each had been promoted.
  const promoted = list.reduce<NumberValue>(
    (widest, value) => (isNumber(value) ? promote(call, widest, value)[0] : widest),
    best,
  );
  return promoted;
}

function rand(call: FunctionCall): Value {
  const minimum = integerArgument(call, 0);
  const maximum = integerArgument(call, 1);
  if (maximum <= minimum) throw argumentError(call, 1, maximum, `an integer above the minimum, ${minimum}`);
  const span = maximum - minimum;
  // Two draws give 52 random bits; the product keeps every integer of the span reachable up to that size.
  const high = BigInt(Math.floor(call.scope.moment.random() * 0x4000000));
  const low = BigInt(Math.floor(call.scope.moment.random() * 0x4000000));
  return minimum + ((high * 0x4000000n + low) * span) / 0x10000000000000n;
}

function range(call: FunctionCall): Value {
  const start = integerArgument(call, 0);
  const count = integerArgument(call, 1);
  if (count < 0n || count > BigInt(rangeCountMax)) {
    throw argumentError(call, 1, count, `an integer from 0 to ${rangeCountMax}`);
  }
  if (start + count > rangeEndMax)
    throw callError(call, `start and count add up to ${start + count}, above ${rangeEndMax}`);
  return Array.from({ length: Number(count) }, (_, index) => start + BigInt(index));
}
