/** The value of a `Prefer` or `Preference-Applied` header → preferences. */

import { checkLimit } from '../../base/limits.ts';
import { foundAt, ODataSyntaxError } from '../literal/odata-syntax-error.ts';
import {
  type KnownPreference,
  knownPreferences,
  type PreferenceVersion,
  wrongPreference,
} from './known-preferences.ts';
import type { ParsedPreference, Preference, PreferenceParameter } from './preference.ts';

export interface ParsePreferenceOptions {
  /** `4.0` knows the preferences of OData by their names with `odata.` only. Default 4.01, which knows both. */
  readonly version?: PreferenceVersion;
  /** Which header it is; `Preference-Applied` has no parameters (RFC 7240 3). Default `Prefer`. */
  readonly header?: 'Prefer' | 'Preference-Applied';
}

/** Longest value of the header, in UTF-16 code units. */
const preferenceLengthMax = 16_384;

/**
 * Reads the value of a `Prefer` header (RFC 7240 2; OData 4.01 Protocol 8.2.8): `return=minimal, odata.maxpagesize=50`.
 * Lines of the header that came apart are joined with commas before. Preferences that nobody knows are kept; the values
 * of those that OData defines are checked. Raises ODATA_SYNTAX with the position, and LIMIT_EXCEEDED.
 */
export function parsePreference(text: string, options: ParsePreferenceOptions = {}): readonly ParsedPreference[] {
  const { version = '4.01', header = 'Prefer' } = options;
  checkLimit('preferenceLengthMax', preferenceLengthMax, text.length, header);
  const scanner = createScanner(text, header);
  const preferences: ParsedPreference[] = [];
  // A list may have empty elements (RFC 7230 7), but not be empty.
  do {
    scanner.skipBlanks();
    if (scanner.sees(',')) continue;
    if (scanner.isAtEnd() && preferences.length > 0) break;
    preferences.push(readPreference(scanner, version, header));
  } while (scanner.take(','));
  if (!scanner.isAtEnd()) scanner.fail('"," or the end of the list');
  return preferences;
}

/** `preference = token [ BWS "=" BWS word ] *( OWS ";" [ OWS parameter ] )`. */
function readPreference(
  scanner: Scanner,
  version: PreferenceVersion,
  header: 'Prefer' | 'Preference-Applied',
): ParsedPreference {
  const isApplied = header === 'Preference-Applied';
  const position = scanner.position();
  const { name: spelled, value, valueAt } = readPair(scanner, 'the name of a preference');
  const parameters: PreferenceParameter[] = [];
  while (scanner.sees(';')) {
    if (isApplied) scanner.fail('"," or the end of the list', 'Preference-Applied has no parameters.');
    scanner.take(';');
    scanner.skipBlanks();
    if (scanner.isAtEnd() || scanner.sees(';') || scanner.sees(',')) continue;
    const { name, value: parameterValue } = readPair(scanner, 'the name of a parameter');
    parameters.push({ name, ...(parameterValue === undefined ? {} : { value: parameterValue }) });
  }
  const { name, isPrefixed, known } = namePreference(spelled.toLowerCase(), version);
  const preference: Preference = { name, ...(value === undefined ? {} : { value }), parameters };
  const wrong = known === undefined ? undefined : wrongPreference(preference, known, isApplied);
  if (wrong !== undefined) {
    const place = wrong === 'value' ? valueAt : scanner.position();
    scanner.fail(`${known?.looksLike} for ${spelled}`, undefined, place);
  }
  return { ...preference, isKnown: known !== undefined, isPrefixed, position };
}

/** `token [ BWS "=" BWS word ]`, and the blanks behind it. */
function readPair(scanner: Scanner, what: string) {
  const name = scanner.match(tokenPattern) ?? scanner.fail(what);
  let valueAt = scanner.position();
  scanner.skipBlanks();
  let value: string | undefined;
  if (scanner.take('=')) {
    scanner.skipBlanks();
    valueAt = scanner.position();
    value = readWord(scanner);
    scanner.skipBlanks();
  }
  return { name, value: value === '' ? undefined : value, valueAt };
}

/** `word = token / quoted-string`. */
function readWord(scanner: Scanner): string {
  const quoted = scanner.match(quotedPattern);
  if (quoted !== undefined) return quoted.slice(1, -1).replace(/\\([\s\S])/g, '$1');
  return scanner.match(tokenPattern) ?? scanner.fail('a value: a word, or a text in double quotes');
}

/** The name without prefix, when it is one that the version knows. */
function namePreference(
  spelled: string,
  version: PreferenceVersion,
): { readonly name: string; readonly isPrefixed: boolean; readonly known: KnownPreference | undefined } {
  const isPrefixed = spelled.startsWith('odata.');
  const name = isPrefixed ? spelled.slice('odata.'.length) : spelled;
  const known = knownPreferences.get(name);
  const isOfVersion =
    known !== undefined &&
    (isPrefixed ? known.isPrefixedIn40 : version === '4.01' || !(known.isPrefixedIn40 || known.isNewIn401 === true));
  return isOfVersion ? { name, isPrefixed, known } : { name: spelled, isPrefixed: false, known: undefined };
}

const tokenPattern = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const quotedPattern = /"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\uffff]|\\[\t \x21-\x7e\x80-\uffff])*"/y;
const blanksPattern = /[ \t]*/y;

type Scanner = ReturnType<typeof createScanner>;

function createScanner(source: string, what: string) {
  let position = 0;
  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = position;
    const text = pattern.exec(source)?.[0];
    position += text?.length ?? 0;
    return text;
  }
  function fail(expected: string, hint?: string, at: number = position): never {
    throw new ODataSyntaxError({
      what,
      source,
      position: at,
      found: foundAt(source, at),
      expected,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  return {
    match,
    fail,
    position: () => position,
    isAtEnd: () => position >= source.length,
    sees: (text: string) => source.startsWith(text, position),
    skipBlanks: () => {
      match(blanksPattern);
    },
    take(text: string): boolean {
      if (!source.startsWith(text, position)) return false;
      position += text.length;
      return true;
    },
  };
}
