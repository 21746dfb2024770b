/** Finds the numbers in rows that JSON.parse would change, without looking at every byte. */

import { type DecimalForm, exactNumberOf } from '../exact-number.ts';
import { bytes, isBlank } from '../payload-bytes.ts';

/** A number that loses digits: where it stands, and its exact value. */
export interface LossyNumber {
  readonly start: number;
  readonly end: number;
  readonly value: bigint | string;
}

/** Digits from which on a double may be too small; with the point between them a number is longer still. */
const longNumberBytes = 16;

/**
 * The numbers that lose digits, in order. What stands within a text and looks like a number between commas is among
 * them. Very large ones without many digits, 1e400, are not: JSON.parse makes Infinity of them, which is easily seen.
 * `text` is what the bytes say.
 */
export function findLossyNumbers(rows: Buffer, text: string, decimals: DecimalForm): readonly LossyNumber[] {
  const found: LossyNumber[] = [];
  findLongNumbers(rows, decimals, found);
  if (decimals === 'text' && tinyNumber.test(text)) {
    findTinyNumbers(rows, decimals, found);
    found.sort((left, right) => left.start - right.start);
    return found.filter(({ start }, index) => start !== found[index - 1]?.start);
  }
  return found;
}

/** An exponent of -100 or less; a double has lost digits where it has come to zero. */
const tinyNumber = /\d[eE]-\d\d\d/;

/** Of 16 digits in a row, one stands where every sixteenth byte is looked at. A hot loop. */
function findLongNumbers(rows: Buffer, decimals: DecimalForm, found: LossyNumber[]): void {
  const { length } = rows;
  for (let position = longNumberBytes - 1; position < length; position += longNumberBytes) {
    if (!isDigitOrPoint(rows[position] as number)) continue;
    // So many digits reach far to one side at least.
    const left = rows[position - 7] as number;
    const right = position + 8 < length ? (rows[position + 8] as number) : 0;
    if (!isDigitOrPoint(left) && !isDigitOrPoint(right)) continue;
    let start = position;
    let end = position + 1;
    while (start > 0 && isDigitOrPoint(rows[start - 1] as number)) start -= 1;
    while (end < length && isDigitOrPoint(rows[end] as number)) end += 1;
    if (end - start >= longNumberBytes) addNumber(rows, { start, end }, decimals, found);
    while (position + longNumberBytes < end) position += longNumberBytes;
  }
}

function findTinyNumbers(rows: Buffer, decimals: DecimalForm, found: LossyNumber[]): void {
  for (const sign of ['e-', 'E-']) {
    for (let at = rows.indexOf(sign); at !== -1; at = rows.indexOf(sign, at + 2)) {
      let start = at;
      while (at - start < longNumberBytes + 2 && isDigitOrPoint(rows[start - 1] ?? 0)) start -= 1;
      if (start < at) addNumber(rows, { start, end: at }, decimals, found);
    }
  }
}

/** Adds a number with these digits and what stands around them, when it is one and loses digits. */
function addNumber(
  rows: Buffer,
  digits: { readonly start: number; readonly end: number },
  decimals: DecimalForm,
  found: LossyNumber[],
): void {
  const start = rows[digits.start - 1] === bytes.minus ? digits.start - 1 : digits.start;
  let { end } = digits;
  while (isOfNumber(rows[end] ?? 0)) end += 1;
  if (!isBetweenSeparators(rows[start - 1] ?? bytes.quote, rows[end] ?? bytes.quote)) return;
  const value = exactNumberOf(rows.toString('latin1', start, end), decimals);
  if (typeof value !== 'number') found.push({ start, end, value });
}

function isBetweenSeparators(before: number, after: number): boolean {
  return (
    (before === bytes.colon || before === bytes.comma || before === bytes.openBracket || isBlank(before)) &&
    (after === bytes.comma || after === bytes.closeBrace || after === bytes.closeBracket || isBlank(after))
  );
}

function isDigitOrPoint(code: number): boolean {
  return code <= bytes.nine && code >= bytes.point && code !== bytes.slash;
}

function isOfNumber(code: number): boolean {
  return isDigitOrPoint(code) || code === 0x65 || code === 0x45 || code === bytes.minus || code === bytes.plus;
}
