/** Number formats against the platform's own, and .NET's documented examples (reference 14.3). */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from './compile.ts';
import { Decimal } from './decimal.ts';
import { formatNumber } from './format-number.ts';

const cultures = ['en-US', 'de-DE', 'fr-FR', 'es-ES', 'hi-IN', 'is-IS', 'ja-JP', 'pl-PL'];
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 10 }))
  .map(([digits, scale]) => new Decimal(digits, scale));

function textOf(value: bigint | number | Decimal, format: string, culture = 'en-US'): string {
  const result = formatNumber(value, format, culture);
  if ('complaint' in result) throw new Error(result.complaint);
  return result.text;
}

/** The platform's text, which is exact for digits given as text, and rounds half away from zero too. */
function platformText(value: Decimal, decimals: number, culture: string, useGrouping: boolean): string {
  const format = new Intl.NumberFormat(culture, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: useGrouping ? 'always' : false,
    numberingSystem: 'latn',
    signDisplay: 'negative',
  });
  return format.format(value.toString() as Intl.StringNumericLiteral).replace('\u2212', '-');
}

test('N and F write what the platform writes', () => {
  fc.assert(
    fc.property(decimal, fc.integer({ min: 0, max: 12 }), fc.constantFrom(...cultures), (value, decimals, culture) => {
      expect(textOf(value, `N${decimals}`, culture)).toBe(platformText(value, decimals, culture, true));
      expect(textOf(value, `F${decimals}`, culture)).toBe(platformText(value, decimals, culture, false));
    }),
  );
});

test('custom formats agree with the standard ones that say the same', () => {
  fc.assert(
    fc.property(decimal, fc.constantFrom(...cultures), (value, culture) => {
      expect(textOf(value, '#,##0.00', culture)).toBe(textOf(value, 'N2', culture));
      expect(textOf(value, '0.0000', culture)).toBe(textOf(value, 'F4', culture));
      expect(textOf(value, '0', culture)).toBe(textOf(value, 'F0', culture));
      expect(textOf(value, '0.000000E+000', culture)).toBe(textOf(value, 'E6', culture));
    }),
  );
});

test('integers come back from D, X and B, floats from R, G and E', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      expect(BigInt(textOf(value, 'D'))).toBe(value);
      expect(BigInt.asIntN(64, BigInt(`0x${textOf(value, 'X16')}`))).toBe(value);
      expect(BigInt.asIntN(64, BigInt(`0b${textOf(value, 'B')}`))).toBe(value);
    }),
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      for (const format of ['R', 'G', 'G17', 'E16']) expect(Number(textOf(value, format)) + 0).toBe(value + 0);
    }),
  );
});

test('any format is written or refused', () => {
  const format = fc.string({ unit: fc.constantFrom(...'0#.,%‰E+-;\'"\\CDNx 9') });
  fc.assert(
    fc.property(fc.oneof(decimal, fc.double()), format, (value, one) => {
      formatNumber(value, one.slice(0, 30).replace(/\d{4,}/g, '9'), 'de-DE');
    }),
    { numRuns: 500 },
  );
});

describe('documented examples', () => {
  test.each([
    ['17.35', 'C2', '$17.35'],
    ['-123.456', 'C3', '($123.456)'],
    ['1052.0329112756', 'E', '1.052033E+003'],
    ['-1052.0329112756', 'e2', '-1.05e+003'],
    ['123.4546', 'G4', '123.5'],
    ['-1234567890e-35', 'G', '-1.23456789E-26'],
    ['12345', 'G2', '1.2E+04'],
    ['0.0000123', 'G2', '1.2E-05'],
    ['255', 'x4', '00ff'],
    ['0.126', 'P0', '13%'],
    ['2.675', 'F2', '2.68'],
    ['1234567', '#,##0,', '1,235'],
    ['1234567', '0,,.0', '1.2'],
    ['0.086', '#0.##%', '8.6%'],
    ['0.00354', '#0.00‰', '3.54‰'],
    ['86000', '0.###E+0', '8.6E+4'],
    ['86000', '0.###E-000', '8.6E004'],
    ['8005551234', '(###) ###-####', '(800) 555-1234'],
    ['-1.5', '0.0;(0.0);zero', '(1.5)'],
    ['-0.01', '0.0;(0.0);zero', 'zero'],
    ['0', '#', ''],
    ['0.5', '#.##', '.5'],
    ['5', "0 'items;' \\#", '5 items; #'],
  ])('%s by %s is %s', (number, format, text) => {
    expect(evaluate(`@formatNumber(${number}, '${format.replaceAll("'", "''")}')`)).toBe(text);
  });

  test.each([
    ["@formatNumber(17.35, 'C2', 'is-IS')", '17,35 kr'],
    ["@formatNumber(-1234567.891, 'C', 'de-DE')", '-1.234.567,89 €'],
    ["@formatNumber(1234567.891, 'C', 'ja-JP')", '￥1,234,568'],
    ["@formatNumber(0.256, 'P1', 'de-DE')", '25,6 %'],
    ["@formatNumber(-0.39678, 'P1', '')", '-39.7 %'],
    ["@formatNumber(1234567.891, 'N', 'hi-IN')", '12,34,567.89'],
  ])('%s is %s', (template, text) => {
    expect(evaluate(template)).toBe(text);
  });

  test.each([
    ["@formatNumber(1.5, 'D')", "an integer for the number format 'D'"],
    ["@formatNumber(1, 'Q')", "'Q' is no standard one"],
    ["@formatNumber('1', 'N')", "argument 1 'number' is a string"],
    ["@formatNumber(1, 'N', 'xx-nowhere')", "'xx-nowhere' is none"],
  ])('%s fails: %s', (template, complaint) => {
    expect(() => evaluate(template)).toThrow(complaint);
  });

  test('precision and length are limited', () => {
    expect(() => evaluate("@formatNumber(1, 'N999999999')")).toThrow(
      expect.objectContaining({ limit: 'numberPrecisionMax' }),
    );
    expect(() => evaluate("@formatNumber(1, parameters('f'))", { parameters: { f: '0'.repeat(5000) } })).toThrow(
      expect.objectContaining({ limit: 'numberFormatLengthMax' }),
    );
  });
});
