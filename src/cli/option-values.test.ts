import { describe, expect, test } from 'vitest';
import { collectKey, collectPair, instantOption, numberOption, spanOption, typedValue } from './option-values.ts';

describe('typedValue', () => {
  test.each([
    ['30', undefined, 30],
    ['-1.5e3', undefined, -1500],
    ['true', undefined, true],
    ['null', undefined, null],
    ['"30"', undefined, '30'],
    ['US-001', undefined, 'US-001'],
    ['007', undefined, '007'],
    ['{"a":1}', undefined, '{"a":1}'],
    ['"open', undefined, '"open'],
    ['', undefined, ''],
    ['12345678901234567890', undefined, 12345678901234567890n],
    ['30', 'Edm.String', '30'],
    ['true', 'Edm.String', 'true'],
    ['null', 'Edm.String', null],
    ['30', 'Edm.Int32', 30],
    ['2026-05-04', 'Edm.Date', '2026-05-04'],
    ['Yes', 'Microsoft.Dynamics.DataEntities.NoYes', 'Yes'],
  ] as const)('%s as %s', (text, type, expected) => {
    expect(typedValue(text, type)).toBe(expected);
  });
});

test('pairs may hold further equals signs, and a name stands once', () => {
  expect(collectPair('b=c=d', { a: '1' })).toEqual({ a: '1', b: 'c=d' });
  expect(collectPair('a=')).toEqual({ a: '' });
  expect(() => collectPair('a')).toThrow("Expected name=value, found 'a'.");
  expect(() => collectPair('=a')).toThrow('Expected name=value');
  expect(() => collectPair('a=2', { a: '1' })).toThrow("'a' is given twice.");
});

test('a key without a name is the unnamed key', () => {
  expect(collectKey('42')).toEqual({ key: '42' });
  expect(collectKey('id=42')).toEqual({ id: '42' });
});

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['1h', 3_600_000],
  ['2d', 172_800_000],
  ['PT1H', 3_600_000],
])('the span %s is %i ms', (text, expected) => {
  expect(spanOption(text)).toBe(expected);
});

test('what is no span, instant or number is refused', () => {
  expect(() => spanOption('1 hour')).toThrow('Expected a span');
  expect(() => instantOption('yesterday')).toThrow('Expected an instant');
  expect(() => numberOption({ min: 1 })('0')).toThrow('Expected a number of at least 1.');
  expect(() => numberOption({ min: 0, isWhole: true })('1.5')).toThrow('Expected a whole number of at least 0.');
  expect(() => numberOption({ min: 0 })('')).toThrow('Expected a number');
});
