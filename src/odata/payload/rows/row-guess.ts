/**
 * Guesses where the last row of a piece ends. The guess is safe, for if what stands before it is a JSON array of its
 * own, it is no text or inner object that was cut.
 */

import type { Row } from '../../row.ts';
import { bytes, isBlank } from '../payload-bytes.ts';

/** First names of a row that are compared. */
const namesMax = 12;
/** Rows that are compared to learn them. */
const rowsMax = 50;
/** Places in a piece that are looked at. */
const placesMax = 256;
/** Bytes at a place that are looked at. */
const placeBytesMax = 1024;
/** What a wrong guess counts, and when guessing ends. A right one takes one away. */
const wrongGuess = 4;
const wrongMax = 12;

/** Rows of one payload begin with the same names, and the rows within them with others. */
export class RowGuess {
  #names: readonly Buffer[] | undefined;
  /** The brace that ends a row, what stands between it and the next one, and the brace that begins that. */
  #between = Buffer.from('},{');
  #wrong = 0;

  /** Whether there is something to go by. */
  get isReady(): boolean {
    return this.#names !== undefined && this.#wrong < wrongMax;
  }

  /** Learns from rows whose ends were certain, and from what stood between two of them. */
  learn(rows: readonly Row[], separator: Uint8Array): void {
    if (rows.length === 0 || this.#wrong >= wrongMax) return;
    if (separator.length > 0) this.#between = Buffer.concat([Buffer.from('}'), separator, Buffer.from('{')]);
    const [first = [], ...others] = rows.slice(0, rowsMax).map((row) => Object.keys(row).slice(0, namesMax));
    let shared = first.length;
    for (const names of others) {
      const differs = first.findIndex((name, index) => names[index] !== name);
      if (differs !== -1) shared = Math.min(shared, differs);
    }
    this.#names = first.slice(0, shared).map((name) => Buffer.from(JSON.stringify(name)));
  }

  right(): void {
    this.#wrong = Math.max(0, this.#wrong - 1);
  }

  wrong(): void {
    this.#wrong += wrongGuess;
    this.#names = undefined;
  }

  /** The position behind the brace that seems to end the last row; undefined when none is found. */
  lastEnd(piece: Buffer, start: number): number | undefined {
    const names = this.#names ?? [];
    const between = this.#between;
    let end = piece.lastIndexOf(between);
    for (let place = 0; place < placesMax && end >= start; place += 1) {
      if (beginsWith(piece, end + between.length, names)) return end + 1;
      if (end === 0) return undefined;
      end = piece.lastIndexOf(between, end - 1);
    }
    return undefined;
  }
}

/** Whether an object whose brace is before `start` has these first names; as far as its values are no objects or arrays. */
function beginsWith(piece: Buffer, start: number, names: readonly Buffer[]): boolean {
  const end = Math.min(piece.length, start + placeBytesMax);
  let position = start;
  for (const [index, name] of names.entries()) {
    position = blanksEnd(piece, position, end);
    if (position + name.length >= piece.length) return false;
    if (name.compare(piece, position, position + name.length) !== 0) return false;
    position = blanksEnd(piece, position + name.length, end);
    if (piece[position] !== bytes.colon) return false;
    position = blanksEnd(piece, position + 1, end);
    const first = piece[position];
    if (first === bytes.openBrace || first === bytes.openBracket) return true;
    position = scalarEnd(piece, position, end);
    if (position >= end) return index > 0 && end < piece.length;
    position = blanksEnd(piece, position, end);
    if (piece[position] !== bytes.comma) return index === names.length - 1;
    position += 1;
  }
  return true;
}

/** The position behind a text, number or word, or `end` and more. */
function scalarEnd(piece: Buffer, start: number, end: number): number {
  let position = start;
  if (piece[position] === bytes.quote) {
    position += 1;
    while (position < end && piece[position] !== bytes.quote) position += piece[position] === bytes.backslash ? 2 : 1;
    return position + 1;
  }
  while (position < end && piece[position] !== bytes.comma && piece[position] !== bytes.closeBrace) position += 1;
  return position;
}

function blanksEnd(piece: Buffer, start: number, end: number): number {
  let position = start;
  while (position < end && isBlank(piece[position] as number)) position += 1;
  return position;
}
