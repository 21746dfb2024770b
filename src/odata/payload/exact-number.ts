/** Numbers of a JSON text → values that keep every digit. */

import { checkLimit } from '../../base/limits.ts';
import { withoutZerosBehind } from '../literal/decimal.ts';
import { payloadLimits } from './payload-limits.ts';

/**
 * What becomes of a number with a point or an exponent that no double prints as: its digits as text, or the double
 * that is nearest.
 */
export type DecimalForm = 'text' | 'number';

/** Decimal digits that every double keeps, and the most that one prints. */
const doubleDigits = 15;
const printedDigitsMax = 17;

/** The least double that has all its digits. */
const normalMin = 2.2250738585072014e-308;

/**
 * The value of a JSON number (RFC 8259 6). An integer outside ±(2^53 − 1) is a bigint. A decimal is the double that
 * prints as the same decimal; where there is none, its text as it stands. Raises LIMIT_EXCEEDED.
 */
export function exactNumberOf(token: string, decimals: DecimalForm): number | bigint | string {
  checkLimit('numberLengthMax', payloadLimits.numberLengthMax, token.length, 'The length of a number');
  if (plainInteger.test(token)) {
    const value = Number(token);
    return Number.isSafeInteger(value) ? value : BigInt(token);
  }
  const isLong = token.length > printedDigitsMax + 1;
  if (isLong && decimals === 'text' && manyDigits.test(token)) return token;
  const value = Number(token);
  return decimals === 'number' || printsAs(value, token) ? value : token;
}

/** Whether this is a number as JSON has it. */
export function isJsonNumber(token: string): boolean {
  return jsonNumber.test(token);
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const plainInteger = /^-?\d+$/;

/** More digits than a double prints, and no zeros at either end that would not count. */
const manyDigits = new RegExp(String.raw`^-?(?=[\d.]{${printedDigitsMax + 2},}$)[1-9]\d*\.\d*[1-9]$`);

/** Whether the double is the same decimal number as the text. */
function printsAs(value: number, token: string): boolean {
  // A decimal of .NET keeps the zeros of its scale: 20000.0000000000.
  const { length } = token.includes('.') ? withoutZerosBehind(token) : token;
  if (length <= doubleDigits && Math.abs(value) >= normalMin && Number.isFinite(value)) return true;
  const printed = String(value);
  return printed === token || (Number.isFinite(value) && simplest(printed) === simplest(token));
}

/** Sign, digits without zeros at either end, and the power of ten behind them; equal for equal numbers. */
function simplest(token: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = withoutZerosBehind(digits);
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
