import { describe, expect, test } from 'vitest';
import { compareDecimals, exactNumber, parseDecimal, printDecimal } from './decimal.ts';
import type { KeyValue } from './literal.ts';
import { literalOf } from './literal-of.ts';
import { literalValue } from './literal-value.ts';
import { parseLiteral } from './parse-literal.ts';
import { printLiteral } from './print-literal.ts';

describe('parseLiteral finds the type', () => {
  const texts: readonly (readonly [text: string, type: string, value: unknown])[] = [
    ["'O''Neil'", 'Edm.String', "O'Neil"],
    ['5', 'Edm.Int32', 5],
    ['+5', 'Edm.Int32', 5],
    ['5637144576', 'Edm.Int64', 5637144576],
    ['9223372036854775807', 'Edm.Int64', 9223372036854775807n],
    ['9223372036854775808', 'Edm.Decimal', '9223372036854775808'],
    ['12.50', 'Edm.Decimal', 12.5],
    ['0.1234567890123456789012', 'Edm.Decimal', '0.1234567890123456789012'],
    ['1e3', 'Edm.Double', 1000],
    ['-INF', 'Edm.Double', Number.NEGATIVE_INFINITY],
    ['true', 'Edm.Boolean', true],
    ['null', 'null', null],
    ['2026-07-30', 'Edm.Date', '2026-07-30'],
    ['2026-07-30t12:00:00z', 'Edm.DateTimeOffset', '2026-07-30t12:00:00z'],
    ['07:59', 'Edm.TimeOfDay', '07:59'],
    ["duration'PT5M'", 'Edm.Duration', 'PT5M'],
    ["Ns.Color'Red'", 'enum', 'Red'],
    ["geography'SRID=4326;Point(142.1 64.1)'", 'Edm.GeographyPoint', 'SRID=4326;Point(142.1 64.1)'],
    [
      "Geometry'SRID=0;GeometryCollection(LineString(1 2,3 4))'",
      'Edm.GeometryCollection',
      'SRID=0;GeometryCollection(LineString(1 2,3 4))',
    ],
  ];
  for (const [text, type, value] of texts) {
    test(text, () => {
      const literal = parseLiteral(text);
      expect(literal.type).toBe(type);
      expect(literalValue(literal)).toEqual(value);
    });
  }
});

describe('literalOf fits a value to a type', () => {
  const fitting: readonly (readonly [value: KeyValue, type: string | undefined, printed: string])[] = [
    ["a'b", undefined, "'a''b'"],
    [1.5, undefined, '1.5'],
    [1e21, undefined, '1000000000000000000000'],
    [1e-7, undefined, '1e-7'],
    [1e-7, 'Edm.Decimal', '0.0000001'],
    ['7D1B5C1E-0A1C-EE11-8F6D-000D3A111111', 'Edm.Guid', '7D1B5C1E-0A1C-EE11-8F6D-000D3A111111'],
    [5, 'Edm.Decimal', '5'],
    ['12.50', 'Edm.Decimal', '12.50'],
    ['5637144576', 'Edm.Int64', '5637144576'],
    [Number.NaN, 'Edm.Double', 'NaN'],
    ['2026-07-30T12:00:00Z', 'Edm.DateTimeOffset', '2026-07-30T12:00:00Z'],
    ['Yes', 'Ns.NoYes', "Ns.NoYes'Yes'"],
    ['true', 'Edm.Boolean', 'true'],
    ['AQ+/', 'Edm.Binary', "binary'AQ-_'"],
    ['SRID=0;Point(1 2)', 'Edm.GeometryPoint', "geometry'SRID=0;Point(1 2)'"],
    [parseLiteral('5'), 'Edm.Decimal', '5'],
    [null, 'Edm.Guid', 'null'],
  ];
  for (const [value, type, text] of fitting) {
    test(`${String(value)} as ${type}`, () => expect(printLiteral(literalOf(value, type))).toBe(text));
  }

  const unfitting: readonly (readonly [value: KeyValue, type: string, message: string])[] = [
    ['abc', 'Edm.Guid', "Expected Edm.Guid (a guid such as 7d1b5c1e-0a1c-ee11-8f6d-000d3a111111); got 'abc'."],
    [300, 'Edm.Byte', 'Expected Edm.Byte (an integer from 0 to 255); got 300.'],
    [1.5, 'Edm.Int32', 'got 1.5.'],
    [5, 'Edm.String', 'got the number 5.'],
    ['2026-02-30', 'Edm.Date', "got '2026-02-30'."],
    ['2026-07-30', 'Edm.DateTimeOffset', 'a date and time with offset'],
    [parseLiteral("'x'"), 'Edm.Guid', "got Edm.String 'x'."],
    [parseLiteral("Ns.A'x'"), 'Ns.B', "Expected a member of Ns.B; got Ns.A'x'."],
    ["x'", 'Ns.B', 'Expected a member of Ns.B'],
    ['x', 'Edm.GeographyPoint', 'well-known text'],
    ['x', 'Edm.Stream', 'is not supported'],
    ['1e999999999', 'Edm.Int32', 'Edm.Int32'],
  ];
  for (const [value, type, message] of unfitting) {
    test(`${String(value)} is not ${type}`, () => {
      expect(() => literalOf(value, type)).toThrow(message);
      expect(() => literalOf(value, type)).toThrow(expect.objectContaining({ code: 'ODATA_LITERAL_INVALID' }));
    });
  }
});

test('what callers without types give is refused as what it is', () => {
  const values: readonly unknown[] = [undefined, {}, [1], () => 1];
  for (const value of values) {
    for (const type of [undefined, 'Edm.Int32']) {
      expect(() => literalOf(value as KeyValue, type)).toThrow(
        expect.objectContaining({ code: 'ODATA_LITERAL_INVALID' }),
      );
    }
  }
});

test('files of many megabytes are binary values', () => {
  const text = 'AAAA'.repeat(2 * 1024 * 1024);
  expect(literalOf(text, 'Edm.Binary').text).toBe(text);
  for (const wrong of [`${text}A`, `${text}A=`, `${text}AA=`, `${text}A===`, `=${text}`, `${text.slice(1)}*`]) {
    expect(() => literalOf(wrong, 'Edm.Binary')).toThrow('base64 text');
  }
});

describe('decimals', () => {
  test('print in one way and compare exactly', () => {
    expect(printDecimal(parseDecimal('-001.500') ?? { coefficient: 0n, scale: 0 })).toBe('-1.5');
    const third = parseDecimal('0.3');
    const sum = parseDecimal('0.30000000000000004');
    expect(third && sum && compareDecimals(third, sum)).toBe(-1);
    expect(sum && exactNumber(sum)).toBe(0.1 + 0.2);
  });

  test('zeros without end cost no more than their number', () => {
    const text = `1.${'0'.repeat(500_000)}`;
    expect(parseDecimal(text)).toEqual({ coefficient: 1n, scale: 0 });
    expect(literalValue(literalOf(text, 'Edm.Decimal'))).toBe(1);
  });

  test('an exponent that is out of bounds passes a named limit', () => {
    expect(() => parseDecimal('1e999999999')).toThrow('decimalExponentMax');
  });
});
