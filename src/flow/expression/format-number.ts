/** Numbers to text by .NET's standard formats (reference 14.3); custom ones are in format-custom-number.ts. */

import { checkLimit } from '../../base/limits.ts';
import type { Decimal } from './decimal.ts';
import { floatText } from './float-text.ts';
import { formatCustomNumber } from './format-custom-number.ts';
import { numberFormatLengthMax, numberPrecisionMax } from './limits.ts';
import { type NumberCulture, numberCultureOf, type SignedPattern } from './number-culture.ts';
import { digitsOf, fixedParts, groupDigits, type NumberDigits, roundDigits, withoutZeros } from './number-digits.ts';

type NumberValue = bigint | number | Decimal;
type Formatted = { readonly text: string } | { readonly complaint: string };

/**
 * The text of a number in a format: `C2`, `N`, `#,##0.00`. A complaint says what was expected of format or culture.
 * Raises LIMIT_EXCEEDED.
 */
export function formatNumber(value: NumberValue, format: string, cultureName: string): Formatted {
  const culture = numberCultureOf(cultureName);
  if (culture === undefined) return { complaint: `a culture such as en-us; '${cultureName}' is none` };
  checkLimit('numberFormatLengthMax', numberFormatLengthMax, format.length, 'The length of a number format');
  const standard = /^([A-Za-z])(\d{0,9})$/.exec(format === '' ? 'G' : format);
  const number = digitsOf(value);
  if (number === undefined) return { text: floatText(Number(value)) };
  if (standard === null) return { text: formatCustomNumber(number, format, culture) };
  const [, letter = '', written = ''] = standard;
  const precision = written === '' ? undefined : Number(written);
  checkLimit('numberPrecisionMax', numberPrecisionMax, precision ?? 0, 'The precision of a number format');
  const text = standardText({ value, number, letter, precision, culture });
  return text === undefined ? { complaint: complaintOf(letter) } : { text };
}

interface Asked {
  readonly value: NumberValue;
  readonly number: NumberDigits;
  readonly letter: string;
  readonly precision: number | undefined;
  readonly culture: NumberCulture;
}

/** Decimals of F, N and P when the format does not say. */
const defaultDecimals = 2;

function standardText(asked: Asked): string | undefined {
  const { value, number, letter, precision, culture } = asked;
  switch (letter.toUpperCase()) {
    case 'C':
      return signed(
        number,
        culture.currency,
        (rounded) => grouped(rounded, precision ?? culture.currencyDecimals, culture),
        precision ?? culture.currencyDecimals,
      );
    case 'D':
      return typeof value === 'bigint'
        ? signOf(value) +
            magnitude(value)
              .toString()
              .padStart(precision ?? 0, '0')
        : undefined;
    case 'E':
      return exponential(number, { letter, digits: (precision ?? 6) + 1, exponentWidth: 3, culture, keepsZeros: true });
    case 'F':
      return signed(
        number,
        plainPattern,
        (rounded) => fixed(rounded, precision ?? defaultDecimals, culture),
        precision ?? defaultDecimals,
      );
    case 'G':
      return general(asked);
    case 'N':
      return signed(
        number,
        plainPattern,
        (rounded) => grouped(rounded, precision ?? defaultDecimals, culture),
        precision ?? defaultDecimals,
      );
    case 'P': {
      const hundredfold = number.digits === '' ? number : { ...number, scale: number.scale + 2 };
      return signed(
        hundredfold,
        culture.percent,
        (rounded) => grouped(rounded, precision ?? defaultDecimals, culture),
        precision ?? defaultDecimals,
      );
    }
    case 'R':
      return typeof value === 'number' ? floatText(value).replace('.', culture.decimal) : undefined;
    case 'X': {
      if (typeof value !== 'bigint') return undefined;
      const digits = BigInt.asUintN(64, value)
        .toString(16)
        .padStart(precision ?? 0, '0');
      return letter === 'X' ? digits.toUpperCase() : digits;
    }
    case 'B':
      return typeof value === 'bigint'
        ? BigInt.asUintN(64, value)
            .toString(2)
            .padStart(precision ?? 0, '0')
        : undefined;
    default:
      return undefined;
  }
}

function complaintOf(letter: string): string {
  if (/[DXB]/i.test(letter)) return `an integer for the number format '${letter}'`;
  if (/R/i.test(letter)) return `a float for the number format '${letter}'`;
  return `a number format such as C2 or #,##0.00; '${letter}' is no standard one`;
}

const plainPattern: SignedPattern = { positive: 'n', negative: '-n' };

function signed(
  number: NumberDigits,
  pattern: SignedPattern,
  write: (rounded: NumberDigits) => string,
  decimals: number,
): string {
  const rounded = roundDigits(number, number.scale + decimals);
  return (rounded.isNegative ? pattern.negative : pattern.positive).replace('n', () => write(rounded));
}

function fixed(number: NumberDigits, decimals: number, culture: NumberCulture): string {
  const { whole, fraction } = fixedParts(number, decimals);
  return decimals === 0 ? whole : whole + culture.decimal + fraction;
}

function grouped(number: NumberDigits, decimals: number, culture: NumberCulture): string {
  const { whole, fraction } = fixedParts(number, decimals);
  const digits = groupDigits(whole, culture.group, culture.groupSizes);
  return decimals === 0 ? digits : digits + culture.decimal + fraction;
}

interface Exponential {
  readonly letter: string;
  readonly digits: number;
  readonly exponentWidth: number;
  readonly culture: NumberCulture;
  readonly keepsZeros: boolean;
}

function exponential(
  number: NumberDigits,
  { letter, digits, exponentWidth, culture, keepsZeros }: Exponential,
): string {
  const rounded = withoutZeros(roundDigits(number, digits));
  const written = keepsZeros ? rounded.digits.padEnd(digits, '0') : rounded.digits;
  const exponent = rounded.digits === '' ? 0 : rounded.scale - 1;
  const mantissa = written.length <= 1 ? written || '0' : `${written[0]}${culture.decimal}${written.slice(1)}`;
  const power = String(Math.abs(exponent)).padStart(exponentWidth, '0');
  return `${rounded.isNegative ? '-' : ''}${mantissa}${letter === letter.toUpperCase() ? 'E' : 'e'}${exponent < 0 ? '-' : '+'}${power}`;
}

/** The shorter of the fixed and the scientific notation. */
function general({ value, number, letter, precision, culture }: Asked): string {
  if (precision === undefined || precision === 0) {
    const text = typeof value === 'number' ? floatText(value) : value.toString();
    return (letter === 'g' ? text.replace('E', 'e') : text).replace('.', culture.decimal);
  }
  const rounded = withoutZeros(roundDigits(number, precision));
  if (rounded.scale > precision || rounded.scale < -3) {
    return exponential(rounded, {
      letter: letter === 'G' ? 'E' : 'e',
      digits: precision,
      exponentWidth: 2,
      culture,
      keepsZeros: false,
    });
  }
  return (rounded.isNegative ? '-' : '') + fixed(rounded, Math.max(0, rounded.digits.length - rounded.scale), culture);
}

function signOf(value: bigint): string {
  return value < 0n ? '-' : '';
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
