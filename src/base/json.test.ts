import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SyntaxErrorAt } from './errors.ts';
import { jsonPointer, parseJson, printJson } from './json.ts';

describe('parseJson', () => {
  test('keeps integers outside the range that a double holds without gaps', () => {
    expect(parseJson('{"id":9007199254740993,"n":-9223372036854775808}')).toEqual({
      id: 9007199254740993n,
      n: -9223372036854775808n,
    });
  });

  test('reads everything else as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('leaves digits inside strings alone', () => {
    const text = '{"a\\"9007199254740993":"9007199254740993"}';
    expect(parseJson(text)).toEqual({ 'a"9007199254740993': '9007199254740993' });
  });

  test('names the text and the position of what is wrong', () => {
    expect(() => parseJson('{"a":}', { what: 'the request body' })).toThrow(SyntaxErrorAt);
    expect(() => parseJson('{"a":}', { what: 'the request body' })).toThrow(/the request body is not JSON/);
  });

  test('a string that does not end costs no more than its length', () => {
    const text = `{"id":9007199254740993,"open":"${'\\"'.repeat(200_000)}`;
    expect(() => parseJson(text)).toThrow(SyntaxErrorAt);
  });

  test('refuses a text above the limit by name', () => {
    expect(() => parseJson('[1,2,3]', { lengthMax: 3 })).toThrow(/jsonLengthMax/);
  });
});

describe('printJson', () => {
  test('writes what parseJson reads, integers of any size included', () => {
    const integers = fc.array(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }));
    fc.assert(
      fc.property(integers, fc.string(), (numbers, text) => {
        const value = { numbers, text };
        expect(parseJson(printJson(value))).toEqual(value);
      }),
    );
  });
});

test('jsonPointer escapes as RFC 6901 says', () => {
  expect(jsonPointer(['a/b', 'm~n', 0])).toBe('/a~1b/m~0n/0');
});
