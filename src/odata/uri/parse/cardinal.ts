/** Numbers and truth values of query options. */

import type { Cursor } from './cursor.ts';

/** `1*DIGIT`, within the safe integers. */
export function parseCardinal(cursor: Cursor): number {
  const start = cursor.position;
  const value = Number(cursor.match(/\d+/y) ?? 'none');
  if (!Number.isSafeInteger(value)) cursor.fail('a whole number that is not negative', undefined, start);
  return value;
}

/** `[ "-" ] 1*DIGIT`. */
export function parseIndex(cursor: Cursor): number {
  const isNegative = cursor.take('-');
  const value = parseCardinal(cursor);
  return isNegative && value > 0 ? -value : value;
}

/** `oneToNine *DIGIT / "max"`. */
export function parseLevels(cursor: Cursor): number | 'max' {
  const start = cursor.position;
  const word = cursor.identifier();
  if (word === 'max' || (cursor.isVersion401 && word?.toLowerCase() === 'max')) return 'max';
  const value = Number(cursor.match(/[1-9]\d*/y) ?? 'none');
  if (word !== undefined || !Number.isSafeInteger(value)) cursor.fail('a number above zero, or max', undefined, start);
  return value;
}

/** `boolean`. */
export function parseBoolean(cursor: Cursor): boolean {
  const start = cursor.position;
  const word = cursor.identifier()?.toLowerCase();
  if (word !== 'true' && word !== 'false') cursor.fail('true or false', undefined, start);
  return word === 'true';
}
