/** Numbers as digits, for formatting: rounded half away from zero (reference 14.3). */

import { Decimal, shortestDecimal } from './decimal.ts';

/** `0.digits` × 10^scale; no zero leads or, but for a decimal, ends the digits, and zero has none. */
export interface NumberDigits {
  readonly isNegative: boolean;
  readonly digits: string;
  /** Digits before the point. */
  readonly scale: number;
}

/** The digits of a number; undefined for NaN and infinities. */
export function digitsOf(value: bigint | number | Decimal): NumberDigits | undefined {
  const exact =
    typeof value === 'bigint' ? new Decimal(value, 0) : typeof value === 'number' ? shortestDecimal(value) : value;
  if (exact === undefined) return undefined;
  const isNegative = exact.digits < 0n;
  const digits = (isNegative ? -exact.digits : exact.digits).toString();
  return digits === '0'
    ? { isNegative: false, digits: '', scale: 0 }
    : { isNegative, digits, scale: digits.length - exact.scale };
}

/** The number with at most `count` digits, counted from the first; zero when nothing is left. */
export function roundDigits(number: NumberDigits, count: number): NumberDigits {
  const { digits, scale, isNegative } = number;
  if (count >= digits.length) return number;
  const kept = count < 0 ? '' : digits.slice(0, count);
  if (count < 0 || (digits[count] ?? '0') < '5') return withoutZeros({ isNegative, digits: kept, scale });
  const raised = (BigInt(kept === '' ? '0' : kept) + 1n).toString();
  // 99.5 rounds to 100: one more digit before the point.
  return withoutZeros({ isNegative, digits: raised, scale: scale + raised.length - kept.length });
}

/** The number without zeros at its end; zero has no sign. */
export function withoutZeros({ isNegative, digits, scale }: NumberDigits): NumberDigits {
  const shown = digits.replace(/0+$/, '');
  return shown === '' ? { isNegative: false, digits: '', scale: 0 } : { isNegative, digits: shown, scale };
}

/** The digits before the point, `0` when there are none, and exactly `decimals` of those behind it. */
export function fixedParts(
  number: NumberDigits,
  decimals: number,
): { readonly whole: string; readonly fraction: string } {
  const { digits, scale } = number;
  const whole = scale <= 0 ? '' : digits.slice(0, scale).padEnd(scale, '0');
  const fraction = (scale < 0 ? '0'.repeat(Math.min(-scale, decimals)) : '') + digits.slice(Math.max(scale, 0));
  return { whole: whole === '' ? '0' : whole, fraction: fraction.slice(0, decimals).padEnd(decimals, '0') };
}

/** Digits before the point with a separator between their groups. */
export function groupDigits(whole: string, separator: string, [first, others]: readonly [number, number]): string {
  const groups: string[] = [];
  let end = whole.length;
  for (let size = first; end > 0; size = others) {
    groups.unshift(whole.slice(Math.max(0, end - size), end));
    end -= size;
  }
  return groups.join(separator);
}
