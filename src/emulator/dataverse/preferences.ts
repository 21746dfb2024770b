/** The `Prefer` header (RFC 7240; Dataverse's preferences). */

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

/** Reads the header; preferences that the service does not know are left alone. */
export function readPreferences(header: string | undefined): Preferences {
  const items = header === undefined ? [] : splitItems(header);
  const applied: string[] = [];
  let returnsRepresentation = false;
  let pageSize: number | undefined;
  let includesAnnotation: AnnotationFilter | undefined;
  for (const item of items) {
    const [name = '', rawValue = ''] = splitOnce(item, '=');
    const value = rawValue.trim().replace(/^"(.*)"$/, '$1');
    switch (name.trim().toLowerCase()) {
      case 'return':
        if (value !== 'representation') continue;
        returnsRepresentation = true;
        break;
      case 'odata.maxpagesize':
        pageSize = readPageSize(value);
        break;
      case 'odata.include-annotations':
        includesAnnotation = annotationFilter(value);
        break;
      case 'odata.track-changes':
        throw notImplemented('ChangeTracking', 'the preference odata.track-changes');
      default:
        continue;
    }
    applied.push(item.trim());
  }
  return {
    returnsRepresentation,
    pageSize,
    includesAnnotation,
    applied: applied.length === 0 ? undefined : applied.join(','),
  };
}

function readPageSize(value: string): number {
  const size = Number(value);
  if (Number.isInteger(size) && size >= 1) return size;
  throw refusal(
    400,
    '0x80060888',
    `The value '${value}' of the preference odata.maxpagesize is not a positive integer.`,
  );
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

/** Splits at commas outside of quotes. */
function splitItems(header: string): readonly string[] {
  return header.match(/(?:[^,"]|"[^"]*")+/g) ?? [];
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
