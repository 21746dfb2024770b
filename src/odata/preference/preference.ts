/** One preference of the `Prefer` and `Preference-Applied` headers, and which of them counts. */

/** A parameter of a preference: `url` of `callback`. */
export interface PreferenceParameter {
  readonly name: string;
  /** Unquoted; undefined when there is none, or an empty one, which is the same (RFC 7240 2). */
  readonly value?: string;
}

/** A preference (RFC 7240 2; OData 4.01 Protocol 8.2.8). */
export interface Preference {
  /** Lower case. The names that OData defines stand without their prefix: `maxpagesize`, not `odata.maxpagesize`. */
  readonly name: string;
  /** Unquoted; undefined when there is none, or an empty one, which is the same (RFC 7240 2). */
  readonly value?: string;
  readonly parameters?: readonly PreferenceParameter[];
}

/** A preference as it was read. */
export interface ParsedPreference extends Preference {
  /** Whether OData defines it in the version that was asked for; of the others nothing is checked. */
  readonly isKnown: boolean;
  /** Whether it was written with the prefix `odata.`. */
  readonly isPrefixed: boolean;
  readonly position: number;
}

/**
 * The preference of this name that counts: the one without the prefix `odata.` before the one with it (OData 4.01
 * Protocol 8.2.8), and among those the first (RFC 7240 2). Undefined when it is not there.
 */
export function findPreference(preferences: readonly ParsedPreference[], name: string): ParsedPreference | undefined {
  const wanted = name.toLowerCase();
  const sameName = preferences.filter((preference) => preference.name === wanted);
  // A name of 4.01 that was read as 4.0 means nothing there, and must not hide the one with the prefix.
  const candidates = sameName.some(({ isKnown }) => isKnown) ? sameName.filter(({ isKnown }) => isKnown) : sameName;
  return candidates.find(({ isPrefixed }) => !isPrefixed) ?? candidates[0];
}
