/** The `Prefer` header (RFC 7240; Dataverse's preferences). */

import { isRialtoError } from '../../base/errors.ts';
import { findPreference, type ParsedPreference, parsePreference, printPreference } from '../../odata/index.ts';
import { notImplemented, refusal } from '../wire/refusal.ts';

/** Whether an annotation of this name was asked for. */
export type AnnotationFilter = (name: string) => boolean;

export interface Preferences {
  readonly returnsRepresentation: boolean;
  readonly pageSize: number | undefined;
  /** Undefined when no annotations were asked for. */
  readonly includesAnnotation: AnnotationFilter | undefined;
  /** Value of `Preference-Applied`; undefined when nothing was applied. */
  readonly applied: string | undefined;
}

/**
 * Reads the header; preferences that the service does not know are left alone. Raises SERVICE_ERROR 400 for one that is
 * not written as it should be.
 */
export function readPreferences(header: string | undefined): Preferences {
  const preferences = header === undefined ? [] : parse(header);
  const find = (name: string) => findPreference(preferences, name);
  if (find('track-changes')?.isKnown === true) {
    throw notImplemented('ChangeTracking', 'the preference odata.track-changes');
  }
  const wanted = [find('return'), find('maxpagesize'), find('include-annotations')];
  const applied = preferences.filter((one) => one.isKnown && wanted.includes(one) && one.value !== 'minimal');
  const valueNamed = (name: string) => applied.find((one) => one.name === name)?.value;
  const pageSize = valueNamed('maxpagesize');
  const annotations = valueNamed('include-annotations');
  return {
    returnsRepresentation: valueNamed('return') === 'representation',
    pageSize: pageSize === undefined ? undefined : Number(pageSize),
    includesAnnotation: annotations === undefined ? undefined : annotationFilter(annotations),
    applied:
      applied.length === 0
        ? undefined
        : applied.map((one) => printPreference(one, { version: '4.0', header: 'Preference-Applied' })).join(','),
  };
}

function parse(header: string): readonly ParsedPreference[] {
  try {
    return parsePreference(header, { version: '4.0' });
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    throw refusal(400, '0x80060888', error.message);
  }
}

/** `*`, a comma list, prefixes with `*`, and exclusions with a leading `-`; the longest match decides. */
function annotationFilter(value: string): AnnotationFilter {
  const patterns = value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const isExclusion = item.startsWith('-');
      const text = isExclusion ? item.slice(1) : item;
      return { isExclusion, isPrefix: text.endsWith('*'), text: text.replace(/\*$/, '') };
    });
  return (name) => {
    let length = -1;
    let included = false;
    for (const { isExclusion, isPrefix, text } of patterns) {
      const matches = isPrefix ? name.startsWith(text) : name === text;
      if (matches && text.length >= length) {
        length = text.length;
        included = !isExclusion;
      }
    }
    return included;
  };
}
