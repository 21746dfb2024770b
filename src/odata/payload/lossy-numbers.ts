/** Finds the numbers in rows that JSON.parse would change, without looking at every byte. */

import { type DecimalForm, exactNumberOf, isJsonNumber } from './exact-number.ts';
import { bytes, isBlank } from './payload-bytes.ts';

/** A number that loses digits: where it stands, and its exact value. */
export interface LossyNumber {
  readonly start: number;
  readonly end: number;
  readonly value: bigint | string;
}

/** Digits from which on a double may be too small; with the point between them a number is longer still. */
const longNumberBytes = 16;

/** What is looked for, and in what. */
export interface LossyOptions {
  readonly decimals: DecimalForm;
  /** What the bytes say. */
  readonly text: string;
  /** Whether to look for numbers with an exponent of -100 or less too, which come to zero. */
  readonly findsTiny: boolean;
}

/**
 * The numbers that lose digits, in order. What stands within a text and looks like a number between commas is among
 * them. Very large ones without many digits, 1e400, are not: JSON.parse makes Infinity of them, which is easily seen.
 */
export function findLossyNumbers(rows: Buffer, options: LossyOptions): readonly LossyNumber[] {
  const found: LossyNumber[] = [];
  findLongNumbers(rows, options, found);
  if (!options.findsTiny) return found;
  findTinyNumbers(rows, options, found);
  found.sort((left, right) => left.start - right.start);
  return found.filter(({ start }, index) => start !== found[index - 1]?.start);
}

/** Whether there may be a number with an exponent of -100 or less. */
export function mayHoldTinyNumber(text: string): boolean {
  return /\d[eE]-\d\d\d/.test(text);
}

/** Of 16 digits in a row, one stands where every sixteenth byte is looked at. A hot loop. */
function findLongNumbers(rows: Buffer, options: LossyOptions, found: LossyNumber[]): void {
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
    if (end - start >= longNumberBytes) addNumber(rows, { start, end }, options, found);
    while (position + longNumberBytes < end) position += longNumberBytes;
  }
}

function findTinyNumbers(rows: Buffer, options: LossyOptions, found: LossyNumber[]): void {
  for (const sign of ['e-', 'E-']) {
    for (let at = rows.indexOf(sign); at !== -1; at = rows.indexOf(sign, at + 2)) {
      let start = at;
      while (at - start < longNumberBytes + 2 && isDigitOrPoint(rows[start - 1] ?? 0)) start -= 1;
      if (start < at) addNumber(rows, { start, end: at }, options, found);
    }
  }
}

/** Adds a number with these digits and what stands around them, when it is one and loses digits. */
function addNumber(
  rows: Buffer,
  digits: { readonly start: number; readonly end: number },
  { decimals, text }: LossyOptions,
  found: LossyNumber[],
): void {
  const start = rows[digits.start - 1] === bytes.minus ? digits.start - 1 : digits.start;
  let { end } = digits;
  while (isOfNumber(rows[end] ?? 0)) end += 1;
  if (!isBetweenSeparators(rows[start - 1] ?? bytes.comma, rows[end] ?? bytes.comma)) return;
  // Where all is ASCII, places in the bytes are places in the text.
  const token = text.length === rows.length ? text.slice(start, end) : rows.toString('latin1', start, end);
  const value = exactNumberOf(token, decimals);
  if (typeof value !== 'number' && isJsonNumber(token)) found.push({ start, end, value });
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
