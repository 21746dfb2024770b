import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patternTest } from './match-pattern.ts';

const patterns: readonly (readonly [pattern: string, flags?: string])[] = [
  [''],
  ['a'],
  ['^a'],
  ['a$'],
  ['^$'],
  ['a.c'],
  ['a|bc|^$'],
  ['(ab)+c?'],
  ['(?:a|b){2,3}'],
  ['a{2}b{0,1}c{1,}'],
  ['[a-c]+[^a-c]'],
  ['[\\d\\]x-]'],
  ['\\d\\D\\w\\W\\s'],
  ['\\bab\\b'],
  ['\\Bb'],
  ['(a*)*b'],
  ['(a?)*?c'],
  ['(?<first>a)b'],
  ['\\x61\\u0062'],
  ['\\.\\*\\^'],
  ['AB', 'i'],
  ['[A-C]$', 'i'],
  ['^b$', 'm'],
  ['a.b', 's'],
  ['^.$', 'u'],
  ['\\u{1F600}|\\p{Lu}', 'u'],
  ['()'],
  ['(|a)b'],
  ['[]'],
  ['[^]b'],
  ['a**'.slice(0, 2)],
];

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'A', 'B', ' ', '\n', '1', '-', ']', '.', '*', '^', '😀', 'Ä'), { maxLength: 8 })
  .map((parts) => parts.join(''));

describe('patterns', () => {
  for (const [pattern, flags = ''] of patterns) {
    test(`/${pattern}/${flags} holds for the same texts as in ECMAScript`, () => {
      const holds = patternTest(pattern, flags);
      const native = new RegExp(pattern, flags);
      fc.assert(
        fc.property(text, (sample) => {
          expect(holds(sample)).toBe(native.test(sample));
        }),
      );
    });
  }

  test('generated ones hold for the same texts as in ECMAScript', () => {
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '^', '$', '\\b'),
        fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
        fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(?:${left}|${right})`),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '*?'))
          .map(([part, times]) => `(${part})${times}`),
      ),
    }));
    fc.assert(
      fc.property(pattern, text, (source, sample) => {
        expect(patternTest(source)(sample)).toBe(new RegExp(source).test(sample));
      }),
      { numRuns: 500 },
    );
  });

  test('what makes others try again and again takes one walk over the text', () => {
    const long = `${'a'.repeat(20_000)}!`;
    for (const pattern of ['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^(.*a){12}$']) {
      expect(patternTest(pattern)(long)).toBe(false);
    }
  });

  test('what needs backtracking is refused by name', () => {
    const refused: readonly (readonly [pattern: string, message: string])[] = [
      ['(a)\\1', 'refers back with \\1'],
      ['(?<x>a)\\k<x>', 'refers back with \\k'],
      ['a(?=b)', 'looks ahead or behind with (?='],
      ['a(?!b)', 'looks ahead or behind with (?!'],
      ['(?<=a)b', 'looks ahead or behind with (?<='],
      ['(?<!a)b', 'looks ahead or behind with (?<!'],
      ['(', 'is not a regular expression'],
      ['a**', 'is not a regular expression'],
    ];
    for (const [pattern, message] of refused) {
      expect(() => patternTest(pattern), pattern).toThrow(message);
      expect(() => patternTest(pattern), pattern).toThrow(expect.objectContaining({ code: 'ODATA_LITERAL_INVALID' }));
    }
    expect(() => patternTest('a', 'g')).toThrow('has the flag g; i, m, s and u are supported');
  });

  test('limits have names', () => {
    const limits: readonly (readonly [pattern: string, limit: string])[] = [
      ['a'.repeat(1_001), 'patternLengthMax'],
      ['('.repeat(60) + ')'.repeat(60), 'patternDepthMax'],
      ['a{3000}', 'patternStatesMax'],
      ['(?:a{50}){50}', 'patternStatesMax'],
      ['(?:){99999999}', 'patternStatesMax'],
    ];
    for (const [pattern, limit] of limits) {
      expect(() => patternTest(pattern), pattern.slice(0, 20)).toThrow(expect.objectContaining({ limit }));
    }
  });
});
