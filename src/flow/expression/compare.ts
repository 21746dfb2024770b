/** Equality and order of values (reference 7.8). */

import { checkLimit } from '../../base/limits.ts';
import { compareDecimals, Decimal, shortestDecimal, withoutZeros } from './decimal.ts';
import { valueTextMax } from './limits.ts';
import { isArrayValue, isObjectValue, type Value } from './value.ts';

/**
 * Equality: numbers by value whatever their type, strings ordinal, arrays and objects by content, a boolean also with
 * its capitalised text. Any other mixed pair is unequal.
 */
export function valuesEqual(left: Value, right: Value): boolean {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (left === right) return true;
  if (typeof left === 'boolean' && typeof right === 'string') return right === (left ? 'True' : 'False');
  if (typeof left === 'string' && typeof right === 'boolean') return left === (right ? 'True' : 'False');
  if (isArrayValue(left) && isArrayValue(right)) {
    return left.length === right.length && left.every((item, index) => valuesEqual(item, right[index] ?? null));
  }
  if (!isObjectValue(left) || !isObjectValue(right) || left.size !== right.size) return false;
  for (const [name, member] of left) {
    const other = right.get(name);
    if (other === undefined || !valuesEqual(member, other)) return false;
  }
  return true;
}

/**
 * A text that two values share exactly when they are equal: turns searching for equals into a look-up.
 * The one exception is NaN, which equals nothing and yet shares its key with itself. Raises LIMIT_EXCEEDED.
 */
export function equalityKey(value: Value, budget: KeyBudget = keyBudget()): string {
  return keyOf(value, budget);
}

/** What the keys that are kept side by side may take together. */
export interface KeyBudget {
  left: number;
}

export function keyBudget(): KeyBudget {
  return { left: valueTextMax };
}

function keyOf(value: Value, budget: KeyBudget): string {
  budget.left -= 1 + (typeof value === 'string' ? value.length : 0);
  checkLimit('valueTextMax', valueTextMax, valueTextMax - budget.left, 'The size of a value that is compared');
  if (typeof value === 'string') return `s${JSON.stringify(value)}`;
  if (typeof value === 'boolean') return value ? 's"True"' : 's"False"';
  if (value === null) return 'n';
  if (isNumber(value)) return `d${numberKey(value)}`;
  if (isArrayValue(value)) return `[${value.map((item) => keyOf(item, budget)).join()}]`;
  const members = [...value].map(([name, member]) => `${JSON.stringify(name)}:${keyOf(member, budget)}`);
  return `{${members.sort().join()}}`;
}

/** Negative, zero or positive; NaN when one is NaN; undefined when the pair has no order. */
export function compareValues(left: Value, right: Value): number | undefined {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return undefined;
}

type NumberValue = bigint | number | Decimal;

/** True for an integer, a float or a decimal. */
export function isNumber(value: Value | undefined): value is NumberValue {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Decimal;
}

function compareNumbers(left: NumberValue, right: NumberValue): number {
  if (!(left instanceof Decimal) && !(right instanceof Decimal)) {
    return left < right ? -1 : left > right ? 1 : left <= right ? 0 : Number.NaN;
  }
  const leftDecimal = exactDecimal(left);
  const rightDecimal = exactDecimal(right);
  if (leftDecimal !== undefined && rightDecimal !== undefined) return compareDecimals(leftDecimal, rightDecimal);
  // At least one is infinite or NaN, so that doubles tell them apart.
  return Math.sign(Number(left.toString()) - Number(right.toString()));
}

function exactDecimal(value: NumberValue): Decimal | undefined {
  if (value instanceof Decimal) return value;
  if (typeof value === 'bigint') return new Decimal(value, 0);
  return Number.isInteger(value) ? new Decimal(BigInt(value), 0) : shortestDecimal(value);
}

function numberKey(value: NumberValue): string {
  const decimal = exactDecimal(value);
  return decimal === undefined ? String(value) : withoutZeros(decimal).toString();
}
