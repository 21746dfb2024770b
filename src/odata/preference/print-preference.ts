/** Preferences → the value of a `Prefer` or `Preference-Applied` header. */

import { RialtoError } from '../../base/errors.ts';
import { knownPreferences, type PreferenceVersion, wrongPreference } from './known-preferences.ts';
import type { Preference, PreferenceParameter } from './preference.ts';

export interface PrintPreferenceOptions {
  /** `4.0` puts `odata.` in front of the names that have it there, which services of 4.01 take as well. Default 4.0. */
  readonly version?: PreferenceVersion;
  /** Which header it is; `Preference-Applied` has no parameters (RFC 7240 3). Default `Prefer`. */
  readonly header?: 'Prefer' | 'Preference-Applied';
}

/**
 * Writes preferences as the value of one header (RFC 7240 2; OData 4.01 Protocol 8.2.8). Raises OPTION_INVALID for a
 * name, value or parameter that cannot be written, or that OData does not allow for a preference that it defines.
 */
export function printPreference(
  preferences: Preference | readonly Preference[],
  options: PrintPreferenceOptions = {},
): string {
  const list: readonly Preference[] = 'name' in preferences ? [preferences] : preferences;
  if (list.length === 0) throw new RialtoError('OPTION_INVALID', 'There is no preference to print; a header has one.');
  return list.map((preference) => printOne(preference, options)).join(', ');
}

function printOne(preference: Preference, options: PrintPreferenceOptions): string {
  const { version = '4.0', header = 'Prefer' } = options;
  const { value, parameters = [] } = preference;
  const name = preference.name.toLowerCase();
  const known = knownPreferences.get(name);
  const isApplied = header === 'Preference-Applied';
  if (known !== undefined && wrongPreference({ ...preference, name }, known, isApplied) !== undefined) {
    const found = value === undefined ? 'no value' : `"${value}"`;
    throw new RialtoError('OPTION_INVALID', `The preference ${name} takes ${known.looksLike}; got ${found}.`);
  }
  const prefix = known?.isPrefixedIn40 === true && version === '4.0' ? 'odata.' : '';
  const written = printPair({ name: `${prefix}${name}`, ...(value === undefined ? {} : { value }) }, known?.isQuoted);
  return isApplied ? written : [written, ...parameters.map((parameter) => printPair(parameter))].join('; ');
}

const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const quotablePattern = /^[\t \x21-\x7e\x80-\uffff]*$/;

function printPair({ name, value }: PreferenceParameter, isQuoted: boolean = false): string {
  if (!tokenPattern.test(name)) {
    throw new RialtoError('OPTION_INVALID', `"${name}" is no name of a preference or parameter; expected a token.`);
  }
  if (value === undefined || value === '') return name;
  if (!quotablePattern.test(value)) {
    throw new RialtoError('OPTION_INVALID', `The value of ${name} has control characters, which no header may hold.`);
  }
  const isToken = tokenPattern.test(value) && !isQuoted;
  return `${name}=${isToken ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
}
