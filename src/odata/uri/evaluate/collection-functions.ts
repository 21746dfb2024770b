/** Functions of collections (OData 4.01 URL 5.1.1.5, 5.1.1.6), and those that take a text or a collection. */

import { RialtoError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';
import { type Frame, visitItems } from './compile-context.ts';
import { numbers } from './domain.ts';

type Items = readonly unknown[];
type AreEqual = (left: unknown, right: unknown) => boolean;
type CollectionFunction = (all: Items, part: Items, areEqual: AreEqual, frame: Frame) => boolean | number;

/** By name. What they look at counts as items visited. */
export const collectionFunctions = {
  contains: (all, part, areEqual, frame) => indexOf(all, part, areEqual, frame) !== -1,
  startswith: (all, part, areEqual, frame) => holdsAt(all, part, 0, areEqual, frame),
  endswith: (all, part, areEqual, frame) => holdsAt(all, part, all.length - part.length, areEqual, frame),
  indexof: indexOf,
  hassubset(all, part, areEqual, frame) {
    const left = [...all];
    return part.every((item) => {
      visitItems(frame, left.length);
      const index = left.findIndex((candidate) => areEqual(candidate, item));
      if (index !== -1) left.splice(index, 1);
      return index !== -1;
    });
  },
  hassubsequence(all, part, areEqual, frame) {
    visitItems(frame, all.length);
    let found = 0;
    for (const item of all) if (found < part.length && areEqual(item, part[found])) found += 1;
    return found === part.length;
  },
} as const satisfies Readonly<Record<string, CollectionFunction>>;

/** Length of a text that `concat` makes: concatenations of concatenations multiply. */
const textLengthMax = 10_000_000;

/** Two texts or two collections, one behind the other. Raises LIMIT_EXCEEDED. */
export function concatenated(first: unknown, second: unknown, frame: Frame): unknown {
  if (Array.isArray(first) && Array.isArray(second)) {
    visitItems(frame, first.length + second.length);
    return [...first, ...second];
  }
  if (typeof first !== 'string' || typeof second !== 'string') return null;
  checkLimit('textLengthMax', textLengthMax, first.length + second.length, 'The length of a text');
  return first + second;
}

/**
 * A part of a text or collection: positions count from zero, negative ones from the end; what lies outside gives less
 * (OData 4.01 URL 5.1.1.5.7). Raises ODATA_LITERAL_INVALID for a negative length.
 */
export function sliced(value: unknown, start: unknown, length: unknown): unknown {
  if (typeof value !== 'string' && !Array.isArray(value)) return null;
  const from = numbers.read(start);
  const count = length === undefined ? value.length : numbers.read(length);
  if (from === null || count === null) return null;
  if (Number(count) < 0) {
    throw new RialtoError('ODATA_LITERAL_INVALID', `substring is given the length ${count}; expected 0 or more.`);
  }
  const begin = Number(from) < 0 ? Math.max(value.length + Number(from), 0) : Number(from);
  return value.slice(begin, begin + Number(count));
}

function indexOf(all: Items, part: Items, areEqual: AreEqual, frame: Frame): number {
  for (let start = 0; start + part.length <= all.length; start += 1) {
    if (holdsAt(all, part, start, areEqual, frame)) return start;
  }
  return -1;
}

function holdsAt(all: Items, part: Items, start: number, areEqual: AreEqual, frame: Frame): boolean {
  visitItems(frame, 1);
  if (start < 0 || start + part.length > all.length) return false;
  return part.every((item, index) => {
    visitItems(frame, 1);
    return areEqual(all[start + index], item);
  });
}
