/** Arithmetic with dates and durations (OData 4.01 URL 5.1.1.2). */

import { RialtoError } from '../../../base/errors.ts';
import type { ArithmeticOperator } from '../tree/filter-expression.ts';
import { dayOf, durationOf, instantOf, picoseconds } from './instant.ts';
import { compareNumeric, decimalOf, type Numeric, numericOf } from './numeric.ts';
import { floorDivide, printDay, printDuration, printInstant } from './print-temporal.ts';
import { offsetMinutes } from './temporal-part.ts';

/** A value of one of the types that arithmetic takes. */
type Operand =
  | { readonly kind: 'number'; readonly value: Numeric }
  | { readonly kind: 'instant'; readonly length: bigint; readonly offset: number }
  | { readonly kind: 'date'; readonly days: number }
  | { readonly kind: 'duration'; readonly length: bigint };

const picosecondsPerDay = 86_400_000_000_000_000n;

/**
 * `left operator right` where one of them is a date, a date with time or a duration; null for texts that are none, and
 * for what the calendar does not hold. Raises ODATA_LITERAL_INVALID for a division by zero.
 */
export function computeTemporal(operator: ArithmeticOperator, left: unknown, right: unknown): string | null {
  const a = operandOf(left);
  const b = operandOf(right);
  if (a === undefined || b === undefined) return null;
  if (operator === 'add' || operator === 'sub') return sum(a, b, operator === 'sub' ? -1n : 1n);
  if (operator === 'mul' && a.kind === 'number' && b.kind === 'duration') return scaled('mul', b.length, a.value);
  if (a.kind !== 'duration' || b.kind !== 'number' || operator === 'mod') return null;
  return scaled(operator, a.length, b.value);
}

/** `-duration`; null for a text that is none. */
export function negatedDuration(text: string): string | null {
  const length = durationOf(text);
  return length === undefined ? null : printDuration(-picoseconds(length));
}

/** True for a text that is a number. */
export function isNumericText(text: string): boolean {
  return numericOf(text) !== undefined;
}

function operandOf(raw: unknown): Operand | undefined {
  if (typeof raw === 'number' || typeof raw === 'bigint') return { kind: 'number', value: raw };
  if (typeof raw !== 'string') return undefined;
  const duration = durationOf(raw);
  if (duration !== undefined) return { kind: 'duration', length: picoseconds(duration) };
  const days = /^-?\d{4,}-\d\d-\d\d$/.test(raw) ? dayOf(raw) : undefined;
  if (days !== undefined) return { kind: 'date', days };
  const instant = instantOf(raw);
  if (instant !== undefined) {
    return { kind: 'instant', length: picoseconds(instant), offset: offsetMinutes(raw) ?? 0 };
  }
  const value = numericOf(raw);
  return value === undefined ? undefined : { kind: 'number', value };
}

function sum(left: Operand, right: Operand, sign: bigint): string | null {
  if (right.kind === 'duration') {
    const length = sign * right.length;
    if (left.kind === 'duration') return printDuration(left.length + length);
    if (left.kind === 'instant') return printInstant(left.length + length, left.offset) ?? null;
    if (left.kind !== 'date') return null;
    // The time that the duration leads to is cut off, so that a day less one hour is the day before.
    const days = floorDivide(BigInt(left.days) * picosecondsPerDay + length, picosecondsPerDay);
    return printDay(days) ?? null;
  }
  if (sign === 1n) return null;
  if (left.kind === 'instant' && right.kind === 'instant') return printDuration(left.length - right.length);
  if (left.kind === 'date' && right.kind === 'date') {
    return printDuration(BigInt(left.days - right.days) * picosecondsPerDay);
  }
  return null;
}

/** A duration times or divided by a number; what is less than a picosecond is cut off. */
function scaled(operator: ArithmeticOperator, length: bigint, by: Numeric): string | null {
  const decimal = decimalOf(by);
  if (operator !== 'mul' && compareNumeric(by, 0) === 0) {
    throw new RialtoError('ODATA_LITERAL_INVALID', `${operator} divides a duration by zero.`);
  }
  if (decimal === undefined) return null;
  const unit = 10n ** BigInt(decimal.scale);
  const { coefficient } = decimal;
  return printDuration(operator === 'mul' ? (length * coefficient) / unit : (length * unit) / coefficient);
}
