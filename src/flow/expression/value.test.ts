/** Values: reading, printing, plain data, text, equality and order. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonValue, parseJson, printJson } from '../../base/json.ts';
import { anyValue, storedValue } from './any-value.case.ts';
import { compareValues, equalityKey, valuesEqual } from './compare.ts';
import { Decimal, decimalOf, parseDecimal } from './decimal.ts';
import { fromJson, toJson } from './json-value.ts';
import { parseValue } from './parse-value.ts';
import { printValue } from './print-value.ts';
import { toText } from './to-text.ts';
import { memberOf, objectValue, type Value } from './value.ts';

describe('parseValue and printValue', () => {
  test('printing and reading again gives the same text, and the same value but for decimals', () => {
    fc.assert(
      fc.property(storedValue, (value) => {
        const text = printValue(value);
        expect(printValue(parseValue(text))).toBe(text);
        expect(parseValue(text)).toEqual(value);
      }),
    );
  });

  test('gives the same plain data as reading plain data', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(printJson(toJson(parseValue(text)))).toBe(printJson(parseJson(text)));
      }),
    );
  });

  test.each([
    ['5', '5'],
    ['5.0', '5.0'],
    ['9223372036854775807', '9223372036854775807'],
    ['18446744073709551616', '18446744073709551616'],
    ['1.7E+308', '1.7E+308'],
    ['5e-324', '5E-324'],
    ['0.00001', '1E-05'],
    ['0.0001', '0.0001'],
    ['1e15', '1E+15'],
    ['123456789012345.0', '123456789012345.0'],
    ['-0.0', '-0.0'],
    ['{"b":1,"a":2,"1":3}', '{"b":1,"a":2,"1":3}'],
    ['{"a":1,"b":2,"a":3}', '{"b":2,"a":3}'],
    ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1}}'],
    ['"\\u00e9\\n\\ud800"', '"é\\n\\ud800"'],
  ])('%s is kept as %s', (text, printed) => {
    expect(printValue(parseValue(text))).toBe(printed);
  });

  test.each([
    ['', 0],
    ['{', 1],
    ['{"a" 1}', 5],
    ['[1,]', 3],
    ['01', 1],
    ['1e999', 0],
    ['"a\nb"', 0],
    ['"\\x"', 0],
    ['tru', 0],
    ['1 2', 2],
    ['+1', 0],
  ])('%j is refused at position %i', (text, position) => {
    expect(() => parseValue(text)).toThrow(expect.objectContaining({ code: 'JSON_INVALID', position }));
  });

  test('nesting and length are limited, not crashed into', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(() => parseValue(deep)).toThrow(expect.objectContaining({ limit: 'valueDepthMax' }));
    expect(() => fromJson(JSON.parse(deep) as JsonValue)).toThrow(expect.objectContaining({ limit: 'valueDepthMax' }));
    let value: Value = 1n;
    for (let level = 0; level < 10_000; level += 1) value = [value];
    expect(() => printValue(value)).toThrow(expect.objectContaining({ limit: 'valueDepthMax' }));
    expect(() => printValue(['x'.repeat(20)], 10)).toThrow(expect.objectContaining({ limit: 'valueTextMax' }));
    expect(() => parseValue('1'.repeat(5000))).toThrow(expect.objectContaining({ limit: 'numberLengthMax' }));
  });

  test('a value whose parts are shared many times over is stopped while it is printed', () => {
    let value: Value = 'leaf';
    for (let level = 0; level < 60; level += 1) value = [value, value];
    expect(() => printValue(value, 100_000)).toThrow(expect.objectContaining({ limit: 'valueTextMax' }));
  });
});

describe('toText', () => {
  test.each<readonly [string, Value, string]>([
    ['null', null, ''],
    ['true', true, 'True'],
    ['a float without fraction', 5, '5'],
    ['a decimal', new Decimal(500n, 2), '5.00'],
    ['an array', [true, 5, null], '[true,5.0,null]'],
    ['an envelope', objectValue({ '$content-type': 'text/plain', $content: 'aGk=' }), 'hi'],
    ['an object like an envelope', objectValue({ $content: 'aGk=' }), '{"$content":"aGk="}'],
  ])('%s', (_what, value, text) => {
    expect(toText(value)).toBe(text);
  });

  test('an envelope that is not base64 fails', () => {
    const envelope = objectValue({ '$content-type': 'text/plain', $content: '?' });
    expect(() => toText(envelope)).toThrow(expect.objectContaining({ code: 'EXPRESSION_FAILED' }));
  });
});

describe('equality and order', () => {
  test('two values are equal exactly when their keys are', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (left, right) => {
        expect(equalityKey(left) === equalityKey(right)).toBe(valuesEqual(left, right));
      }),
    );
  });

  test('a value equals itself and what is read back of it', () => {
    fc.assert(
      fc.property(storedValue, (value) => {
        expect(valuesEqual(value, parseValue(printValue(value)))).toBe(true);
        expect(equalityKey(value)).toBe(equalityKey(parseValue(printValue(value))));
      }),
    );
  });

  test.each<readonly [Value, Value, boolean]>([
    [5n, 5, true],
    [5n, new Decimal(500n, 2), true],
    [9007199254740993n, 9007199254740992, false],
    [0, -0, true],
    ['True', true, true],
    ['true', true, false],
    [null, '', false],
    [1n, true, false],
    ['a', 'A', false],
    [[1n, [2]], [1, [2n]], true],
    [objectValue({ a: 1n, b: 2n }), objectValue({ b: 2, a: 1 }), true],
    [objectValue({ a: 1n }), objectValue({ A: 1n }), false],
    [Number.NaN, Number.NaN, false],
    [1e-30, new Decimal(0n, 0), false],
  ])('%s and %s: %s', (left, right, equal) => {
    expect(valuesEqual(left, right)).toBe(equal);
    expect(valuesEqual(right, left)).toBe(equal);
  });

  test.each<readonly [Value, Value, number | undefined]>([
    [1n, 1.5, -1],
    [new Decimal(15n, 1), 1n, 1],
    [new Decimal(1n, 0), Number.POSITIVE_INFINITY, -1],
    ['a', 'B', 1],
    [1n, '1', undefined],
    [true, false, undefined],
    [null, null, undefined],
  ])('%s compared with %s: %s', (left, right, order) => {
    expect(compareValues(left, right)).toBe(order);
  });
});

describe('decimals', () => {
  test('hold 96 bits and 28 decimals, and round half to even', () => {
    expect(parseDecimal('79228162514264337593543950335')?.toString()).toBe('79228162514264337593543950335');
    expect(parseDecimal('79228162514264337593543950336')).toBeUndefined();
    expect(decimalOf(25n, 29)?.toString()).toBe('0.0000000000000000000000000002');
    expect(decimalOf(35n, 29)?.toString()).toBe('0.0000000000000000000000000004');
    expect(parseDecimal('-0.50')?.toString()).toBe('-0.50');
    expect(parseDecimal('.')).toBeUndefined();
  });
});

test('members are found by exact name first, then by the first that differs in case only', () => {
  const object = objectValue({ Name: 1n, name: 2n, NAME: 3n });
  expect(memberOf(object, 'name')).toBe(2n);
  expect(memberOf(object, 'nAME')).toBe(1n);
  expect(memberOf(object, 'other')).toBeUndefined();
  expect(memberOf(objectValue({ a: null }), 'A')).toBeNull();
});
