/** Exact decimal numbers: an integer coefficient and a power of ten. */

import { checkLimit } from '../../base/limits.ts';

/** `coefficient × 10^-scale`; `scale` is never negative. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
}

/** Largest power of ten, either way, that a decimal text may have. A double ends near 308. */
const decimalExponentMax = 400;

/** Digits after the point that a quotient keeps, as .NET's decimal does. */
const quotientScale = 28;

const decimalPattern = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Reads `12`, `-1.50`, `1e3`; undefined for any other text. Raises LIMIT_EXCEEDED for huge exponents. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = decimalPattern.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fractionText = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  checkLimit('decimalExponentMax', decimalExponentMax, Math.abs(exponent), 'The exponent of a number');
  const fraction = withoutZerosBehind(fractionText);
  const digits = BigInt(whole + fraction);
  const coefficient = sign === '-' ? -digits : digits;
  const scale = fraction.length - exponent;
  return scale >= 0 ? trim({ coefficient, scale }) : { coefficient: coefficient * power(-scale), scale: 0 };
}

/** Plain digits without an exponent and without trailing zeros after the point. */
export function printDecimal(decimal: Decimal): string {
  const { coefficient, scale } = trim(decimal);
  if (scale === 0) return coefficient.toString();
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString().padStart(scale + 1, '0');
  return `${coefficient < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The number that prints as this decimal, or undefined when a double cannot hold it. */
export function exactNumber(decimal: Decimal): number | undefined {
  const text = printDecimal(decimal);
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  const back = parseDecimal(String(value));
  return back !== undefined && compareDecimals(back, decimal) === 0 ? value : undefined;
}

/** Negative, zero or positive as `left` is below, equal to or above `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const [a, b] = align(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `left + right`, exact. */
export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const [a, b, scale] = align(left, right);
  return trim({ coefficient: a + b, scale });
}

/** `left × right`, exact. */
export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  return trim({ coefficient: left.coefficient * right.coefficient, scale: left.scale + right.scale });
}

/** `left ÷ right`, cut after 28 digits behind the point. `right` is not zero. */
export function divideDecimals(left: Decimal, right: Decimal): Decimal {
  const [a, b] = align(left, right);
  return trim({ coefficient: (a * power(quotientScale)) / b, scale: quotientScale });
}

/** The remainder of `left ÷ right`, with the sign of `left`. `right` is not zero. */
export function remainderDecimals(left: Decimal, right: Decimal): Decimal {
  const [a, b, scale] = align(left, right);
  return trim({ coefficient: a % b, scale });
}

function align(left: Decimal, right: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(left.scale, right.scale);
  return [left.coefficient * power(scale - left.scale), right.coefficient * power(scale - right.scale), scale];
}

/** Digits without zeros at the end. Written out: a regular expression looks at every run of zeros to its end. */
export function withoutZerosBehind(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

function trim(decimal: Decimal): Decimal {
  let { coefficient, scale } = decimal;
  while (scale > 0 && coefficient % 10n === 0n) {
    coefficient /= 10n;
    scale -= 1;
  }
  return { coefficient, scale };
}

function power(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}
