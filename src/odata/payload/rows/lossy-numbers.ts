/** Finds the numbers in rows that JSON.parse would change, without looking at every byte. */

import { type DecimalForm, losesDigits } from '../exact-number.ts';
import { bytes, isBlank } from '../payload-bytes.ts';

/** Where a number stands. */
export interface NumberPlace {
  readonly start: number;
  readonly end: number;
}

/** Digits from which on a double may be too small; with the point between them a number is longer still. */
const longNumberBytes = 16;

/**
 * The numbers that lose digits, in order. What stands within a text and looks like a number between commas is among
 * them. Very large ones without many digits, 1e400, are not: JSON.parse makes Infinity of them, which is easily seen.
 */
export function findLossyNumbers(rows: Buffer, decimals: DecimalForm): readonly NumberPlace[] {
  const found = [...longNumbers(rows)];
  if (decimals === 'text') found.push(...tinyNumbers(rows));
  const lossy = found.filter(({ start, end }) => {
    return isBetweenSeparators(rows, start, end) && losesDigits(rows.toString('latin1', start, end), decimals);
  });
  return lossy.length < 2 ? lossy : inOrder(lossy);
}

/** Of 16 digits in a row, one stands where every sixteenth byte is looked at. */
function longNumbers(rows: Buffer): readonly NumberPlace[] {
  const found: NumberPlace[] = [];
  for (let position = longNumberBytes - 1; position < rows.length; position += longNumberBytes) {
    if (!isDigitOrPoint(rows[position])) continue;
    let start = position;
    let end = position + 1;
    while (isDigitOrPoint(rows[start - 1])) start -= 1;
    while (isDigitOrPoint(rows[end])) end += 1;
    if (end - start >= longNumberBytes) found.push(wholeNumber(rows, start, end));
    while (position + longNumberBytes < end) position += longNumberBytes;
  }
  return found;
}

/** Numbers with an exponent of -100 or less; a double has lost digits where it has come to zero. */
function tinyNumbers(rows: Buffer): readonly NumberPlace[] {
  const found: NumberPlace[] = [];
  for (const sign of ['e-', 'E-']) {
    for (let at = rows.indexOf(sign); at !== -1; at = rows.indexOf(sign, at + 2)) {
      const hasLongExponent = isDigit(rows[at + 2]) && isDigit(rows[at + 3]) && isDigit(rows[at + 4]);
      if (!hasLongExponent || !isDigit(rows[at - 1])) continue;
      let start = at;
      while (at - start < longNumberBytes + 2 && isDigitOrPoint(rows[start - 1])) start -= 1;
      found.push(wholeNumber(rows, start, at));
    }
  }
  return found;
}

/** Adds the sign before the digits, and what follows them. */
function wholeNumber(rows: Buffer, start: number, end: number): NumberPlace {
  let last = end;
  while (isOfExponent(rows[last])) last += 1;
  return { start: rows[start - 1] === bytes.minus ? start - 1 : start, end: last };
}

function isBetweenSeparators(rows: Buffer, start: number, end: number): boolean {
  const before = rows[start - 1] ?? bytes.quote;
  const after = rows[end] ?? bytes.quote;
  return (
    (before === bytes.colon || before === bytes.comma || before === bytes.openBracket || isBlank(before)) &&
    (after === bytes.comma || after === bytes.closeBrace || after === bytes.closeBracket || isBlank(after))
  );
}

function inOrder(places: readonly NumberPlace[]): readonly NumberPlace[] {
  const sorted = places.toSorted((left, right) => left.start - right.start);
  return sorted.filter(({ start }, index) => start !== sorted[index - 1]?.start);
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= bytes.zero && code <= bytes.nine;
}

function isDigitOrPoint(code: number | undefined): boolean {
  return code !== undefined && code >= bytes.point && code <= bytes.nine && code !== 0x2f;
}

function isOfExponent(code: number | undefined): boolean {
  return isDigitOrPoint(code) || code === 0x65 || code === 0x45 || code === bytes.minus || code === bytes.plus;
}
