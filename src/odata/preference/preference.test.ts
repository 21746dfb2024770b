import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ODataSyntaxError } from '../literal/odata-syntax-error.ts';
import { parsePreference } from './parse-preference.ts';
import { findPreference, type Preference, type PreferenceParameter } from './preference.ts';
import { printPreference } from './print-preference.ts';

type Pair = readonly [name: string, value: string | null];

interface Vectors {
  readonly valid: readonly {
    readonly text: string;
    readonly printed?: string;
    readonly preferences: readonly (readonly [...Pair, parameters?: readonly Pair[]])[];
    readonly clause: string;
  }[];
  readonly invalid: readonly { readonly text: string; readonly position: number; readonly clause: string }[];
}

const file = new URL('../../../test/fixtures/odata/preference.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

/** What was read, without what only reading knows. */
function withoutPlaces(preferences: readonly Preference[]): readonly Preference[] {
  return preferences.map(({ name, value, parameters }) => ({
    name,
    ...(value === undefined ? {} : { value }),
    parameters: parameters ?? [],
  }));
}

function pairOf([name, value]: Pair): PreferenceParameter {
  return { name, ...(value === null ? {} : { value }) };
}

describe('valid preferences', () => {
  for (const { text, printed = text, preferences, clause } of vectors.valid) {
    test(`${text} (${clause})`, () => {
      const expected = preferences.map(([name, value, parameters = []]) => ({
        ...pairOf([name, value]),
        parameters: parameters.map(pairOf),
      }));
      expect(withoutPlaces(parsePreference(text))).toEqual(expected);
      expect(printPreference(parsePreference(text))).toBe(printed);
    });
  }
});

describe('invalid preferences', () => {
  for (const { text, position, clause } of vectors.invalid) {
    test(`${JSON.stringify(text)} (${clause})`, () => {
      let error: unknown;
      try {
        parsePreference(text);
      } catch (raised) {
        error = raised;
      }
      expect(error).toBeInstanceOf(ODataSyntaxError);
      expect(error).toMatchObject({ code: 'ODATA_SYNTAX', source: text, position });
    });
  }
});

test('the message says what the value should be', () => {
  expect(() => parsePreference('odata.maxpagesize=many')).toThrow(
    'Prefer: expected a positive whole number for odata.maxpagesize at position 18, found "many".',
  );
});

describe('versions', () => {
  test('4.0 does not know the names without prefix, and checks nothing of them', () => {
    expect(parsePreference('maxpagesize=many, omit-values=x, return=minimal', { version: '4.0' })).toMatchObject([
      { name: 'maxpagesize', isKnown: false },
      { name: 'omit-values', isKnown: false },
      { name: 'return', isKnown: true },
    ]);
  });

  test('4.01 is printed without prefixes, 4.0 with them', () => {
    const preferences = [{ name: 'maxpagesize', value: '50' }, { name: 'respond-async' }, { name: 'track-changes' }];
    expect(printPreference(preferences)).toBe('odata.maxpagesize=50, respond-async, odata.track-changes');
    expect(printPreference(preferences, { version: '4.01' })).toBe('maxpagesize=50, respond-async, track-changes');
  });
});

describe('which preference counts', () => {
  test('the one without prefix, and of the same spelling the first', () => {
    const preferences = parsePreference('odata.maxpagesize=1, maxpagesize=2, maxpagesize=3, wait=4, wait=5');
    expect(findPreference(preferences, 'MaxPageSize')).toMatchObject({ value: '2' });
    expect(findPreference(preferences, 'wait')).toMatchObject({ value: '4' });
    expect(findPreference(preferences, 'return')).toBeUndefined();
  });

  test('of 4.0 the one with prefix, where the other means nothing', () => {
    const preferences = parsePreference('maxpagesize=2, odata.maxpagesize=1', { version: '4.0' });
    expect(findPreference(preferences, 'maxpagesize')).toMatchObject({ value: '1' });
  });
});

describe('Preference-Applied', () => {
  const header = 'Preference-Applied';

  test('has no parameters, so callback needs no url', () => {
    expect(parsePreference('odata.callback, return=minimal', { header })).toMatchObject([
      { name: 'callback' },
      { name: 'return', value: 'minimal' },
    ]);
    expect(() => parsePreference('foo; bar', { header })).toThrow('Preference-Applied has no parameters.');
  });

  test('is printed without parameters', () => {
    const parameters = [{ name: 'url', value: 'https://host/' }];
    expect(printPreference({ name: 'callback', parameters }, { header })).toBe('odata.callback');
  });
});

describe('what cannot be printed', () => {
  const wrong: readonly (readonly [string, Preference | readonly Preference[]])[] = [
    ['takes a positive whole number; got "0"', { name: 'maxpagesize', value: '0' }],
    ['takes representation or minimal; got no value', { name: 'Return' }],
    ['the parameter url', { name: 'callback' }],
    ['is no name of a preference', { name: 'a b' }],
    ['is no name of a preference', { name: 'foo', parameters: [{ name: 'a=b' }] }],
    ['control characters', { name: 'foo', value: 'a\r\nX: y' }],
    ['no preference to print', []],
  ];
  for (const [message, preference] of wrong) {
    test(message, () => {
      expect(() => printPreference(preference)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
      expect(() => printPreference(preference)).toThrow(message);
    });
  }
});

const arbitraryToken = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9a-z]{1,12}$/);
const arbitraryPair = fc
  .tuple(arbitraryToken, fc.option(fc.stringMatching(/^[\t \x21-\x7e\x80-\xff]{1,20}$/), { nil: undefined }))
  .map(([name, value]) => ({ name: `x-${name}`, ...(value === undefined ? {} : { value }) }));
const arbitraryPreference: fc.Arbitrary<Preference> = fc.oneof(
  fc
    .tuple(arbitraryPair, fc.array(arbitraryPair, { maxLength: 3 }))
    .map(([pair, parameters]) => ({ ...pair, parameters })),
  fc.constantFrom(
    { name: 'include-annotations', value: '*,-a.b.*#q', parameters: [] },
    { name: 'callback', parameters: [{ name: 'url', value: 'https://host/p?q=1;2' }] },
    { name: 'continue-on-error', value: 'false', parameters: [] },
  ),
);

test('what is printed reads back as the same', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryPreference, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('4.0' as const, '4.01' as const),
      (preferences, version) => {
        const read = parsePreference(printPreference(preferences, { version }), { version });
        expect(withoutPlaces(read)).toEqual(withoutPlaces(preferences));
      },
    ),
  );
});

test('any text is read or refused with ODATA_SYNTAX', () => {
  const pieces = fc.constantFrom('odata.', 'return', 'wait', '=', '"', '\\', ';', ',', ' ', '\t', '\u0000', 'é', '1');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((list) => list.join('')),
      ),
      (text) => {
        try {
          parsePreference(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ODATA_SYNTAX' });
        }
      },
    ),
  );
});

test('a value that is too long is refused by the name of the limit', () => {
  expect(() => parsePreference('x'.repeat(16_385))).toThrow(expect.objectContaining({ limit: 'preferenceLengthMax' }));
});
