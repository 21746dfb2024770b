/** Numbers of all types: compared exactly, computed as OData has it. */

import { LimitError, RialtoError } from '../../../base/errors.ts';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  exactNumber,
  multiplyDecimals,
  parseDecimal,
  printDecimal,
  remainderDecimals,
} from '../../literal/decimal.ts';
import type { ArithmeticOperator } from '../tree/filter-expression.ts';

/** A number; a bigint for integers, the digits as text for decimals that a double cannot hold. */
export type Numeric = number | bigint | string;

/** The simplest form of a number's text; undefined when it is none. */
export function numericOf(text: string): Numeric | undefined {
  const decimal = parseDecimal(text);
  if (decimal !== undefined) return simplest(decimal);
  return text === 'INF' ? Infinity : text === '-INF' ? -Infinity : text === 'NaN' ? Number.NaN : undefined;
}

/** Negative, zero or positive; NaN when either is NaN. */
export function compareNumeric(left: Numeric, right: Numeric): number {
  if (typeof left === 'number' && typeof right === 'number') {
    return left < right ? -1 : left > right ? 1 : left === right ? 0 : Number.NaN;
  }
  const a = decimalOf(left);
  const b = decimalOf(right);
  // Infinities and NaN have no digits; doubles are exact enough beside them.
  return a === undefined || b === undefined ? compareNumeric(Number(left), Number(right)) : compareDecimals(a, b);
}

/** How to compute: as integers, as decimals, or as doubles. */
export type Arithmetics = 'integer' | 'decimal' | 'double';

/**
 * `left operator right` (OData 4.01 URL 5.1.1.2). `divby` zero is INF, -INF or NaN, `div` zero also for doubles. Raises
 * ODATA_LITERAL_INVALID for any other division by zero, LIMIT_EXCEEDED for a number of too many digits.
 */
export function compute(operator: ArithmeticOperator, left: Numeric, right: Numeric, how: Arithmetics): Numeric {
  if (operator === 'mod' && isZero(right)) throw byZero(operator);
  if (how === 'integer' && typeof left === 'number' && typeof right === 'number') {
    const result = computeSmall(operator, left, right);
    if (result !== undefined) return result;
  }
  const a = how === 'double' ? undefined : decimalOf(left);
  const b = how === 'double' ? undefined : decimalOf(right);
  if (a === undefined || b === undefined) return computeDouble(operator, Number(left), Number(right));
  if (b.coefficient === 0n && operator === 'divby') return Number(left) / 0;
  if (b.coefficient === 0n && operator === 'div') throw byZero(operator);
  const result = computeDecimal(operator, a, b, how === 'integer');
  if (result.coefficient > largest || result.coefficient < -largest) {
    throw new LimitError(
      'decimalDigitsMax',
      decimalDigitsMax,
      `${operator} gives more than ${decimalDigitsMax} digits.`,
    );
  }
  return simplest(result);
}

/** Digits of a computed number. */
const decimalDigitsMax = 2_000;
const largest = 10n ** BigInt(decimalDigitsMax);

function byZero(operator: ArithmeticOperator): RialtoError {
  return new RialtoError('ODATA_LITERAL_INVALID', `${operator} divides by zero.`);
}

function isZero(value: Numeric): boolean {
  return compareNumeric(value, 0) === 0;
}

/** Integers that stay where a double is exact. */
function computeSmall(operator: ArithmeticOperator, left: number, right: number): number | undefined {
  if (operator === 'divby' || (right === 0 && operator === 'div')) return undefined;
  const result = operator === 'div' ? Math.trunc(left / right) : computeDouble(operator, left, right);
  const isExact = Number.isSafeInteger(left) && Number.isSafeInteger(right) && Number.isSafeInteger(result);
  return isExact ? result + 0 : undefined;
}

/** `-value`. */
export function negated(value: Numeric): Numeric {
  if (typeof value === 'string') return value.startsWith('-') ? value.slice(1) : `-${value}`;
  return value === 0 ? 0 : -value;
}

/** `round` (half away from zero), `floor` and `ceiling` (OData 4.01 URL 5.1.1.9). */
export function rounded(name: 'round' | 'floor' | 'ceiling', value: Numeric): Numeric {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  const decimal = decimalOf(value);
  if (decimal === undefined || decimal.scale === 0) return value;
  const unit = 10n ** BigInt(decimal.scale);
  const { coefficient } = decimal;
  const down = coefficient / unit - (coefficient < 0n ? 1n : 0n);
  if (name === 'floor') return simplest({ coefficient: down, scale: 0 });
  if (name === 'ceiling') return simplest({ coefficient: down + 1n, scale: 0 });
  const half = coefficient < 0n ? -unit / 2n : unit / 2n;
  return simplest({ coefficient: (coefficient + half) / unit, scale: 0 });
}

function computeDouble(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case 'add':
      return left + right;
    case 'sub':
      return left - right;
    case 'mul':
      return left * right;
    case 'div':
    case 'divby':
      return left / right;
    case 'mod':
      return left % right;
  }
}

function computeDecimal(operator: ArithmeticOperator, left: Decimal, right: Decimal, isInteger: boolean): Decimal {
  switch (operator) {
    case 'add':
      return addDecimals(left, right);
    case 'sub':
      return addDecimals(left, { ...right, coefficient: -right.coefficient });
    case 'mul':
      return multiplyDecimals(left, right);
    case 'div':
      return isInteger ? { coefficient: left.coefficient / right.coefficient, scale: 0 } : divideDecimals(left, right);
    case 'divby':
      return divideDecimals(left, right);
    case 'mod':
      return remainderDecimals(left, right);
  }
}

/** The exact digits of a number; undefined for infinities and NaN. */
export function decimalOf(value: Numeric): Decimal | undefined {
  return parseDecimal(String(value));
}

/** The simplest form that holds the digits exactly. */
export function simplest(decimal: Decimal): Numeric {
  const number = exactNumber(decimal);
  if (decimal.scale > 0) return number ?? printDecimal(decimal);
  return number !== undefined && Number.isSafeInteger(number) ? number : decimal.coefficient;
}
