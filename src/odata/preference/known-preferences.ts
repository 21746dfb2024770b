/** The preferences that OData defines, and what their values look like (OData 4.01 Protocol 8.2.8, ABNF section 8). */

import { patterns } from '../literal/primitive-patterns.ts';
import type { Preference } from './preference.ts';

/** The version of the protocol whose names are read or printed. */
export type PreferenceVersion = '4.0' | '4.01';

export interface KnownPreference {
  /** Whether OData 4.0 has it with the prefix `odata.` only. */
  readonly isPrefixedIn40: boolean;
  /** Whether it came with 4.01. */
  readonly isNewIn401?: boolean;
  /** What a value looks like; absent when there is none. */
  readonly value?: RegExp;
  readonly isValueOptional?: boolean;
  /** For messages: what stands behind the name. */
  readonly looksLike: string;
  /** Whether the value is printed in quotes, as the ABNF has it, also where it is a token. */
  readonly isQuoted?: boolean;
}

const namespace = String.raw`${patterns.identifier}(?:\.${patterns.identifier})*`;
/** `annotationIdentifier`: `*`, `display.*`, `-Core.Description#tablet`. */
const annotation = String.raw`-?(?:\*|${namespace}\.(?:\*|${patterns.identifier}))(?:#${patterns.identifier})?`;

/** By name, lower case and without prefix. */
export const knownPreferences: ReadonlyMap<string, KnownPreference> = new Map<string, KnownPreference>([
  ['allow-entityreferences', { isPrefixedIn40: true, looksLike: 'no value' }],
  ['callback', { isPrefixedIn40: true, looksLike: 'no value, but the parameter url="https://…"' }],
  [
    'continue-on-error',
    { isPrefixedIn40: true, value: /^(?:true|false)$/i, isValueOptional: true, looksLike: 'true, false or no value' },
  ],
  [
    'include-annotations',
    {
      isPrefixedIn40: true,
      value: new RegExp(`^${annotation}(?:,${annotation})*$`, 'u'),
      looksLike: 'annotations such as "*", "display.*,-display.color" or "Core.Description#tablet"',
      isQuoted: true,
    },
  ],
  ['maxpagesize', { isPrefixedIn40: true, value: /^[1-9]\d*$/, looksLike: 'a positive whole number' }],
  [
    'omit-values',
    { isPrefixedIn40: false, isNewIn401: true, value: /^(?:nulls|defaults)$/i, looksLike: 'nulls or defaults' },
  ],
  ['respond-async', { isPrefixedIn40: false, looksLike: 'no value' }],
  ['return', { isPrefixedIn40: false, value: /^(?:representation|minimal)$/, looksLike: 'representation or minimal' }],
  ['track-changes', { isPrefixedIn40: true, looksLike: 'no value' }],
  ['wait', { isPrefixedIn40: false, value: /^\d+$/, looksLike: 'a number of seconds' }],
]);

/** A URI (RFC 3986) with its scheme, as far as its characters tell. */
const uriPattern = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;

/** Which part of a known preference is not as OData has it; undefined when all of it is. */
export function wrongPreference(
  preference: Preference,
  known: KnownPreference,
  isApplied: boolean,
): 'value' | 'url' | undefined {
  const { value } = preference;
  const isValueRight =
    value === undefined
      ? known.value === undefined || known.isValueOptional === true
      : known.value?.test(value) === true;
  if (!isValueRight) return 'value';
  if (preference.name !== 'callback' || isApplied) return undefined;
  const url = preference.parameters?.find(({ name }) => name.toLowerCase() === 'url')?.value;
  return url !== undefined && uriPattern.test(url) ? undefined : 'url';
}
