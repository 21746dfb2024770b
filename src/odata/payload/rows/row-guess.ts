/**
 * Guesses where the last row of a piece ends. The guess is safe, for if what stands before it is a JSON array of its
 * own, it is no text or inner object that was cut.
 */

import type { Row } from '../../row.ts';

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

const quote = 0x22;
const backslash = 0x5c;

/** Rows of one payload begin with the same names, and the rows within them with others. */
export class RowGuess {
  #names: readonly Buffer[] | undefined;
  #wrong = 0;

  /** Whether there is something to go by. */
  get isReady(): boolean {
    return this.#names !== undefined && this.#wrong < wrongMax;
  }

  /** Learns from rows whose ends were certain. */
  learn(rows: readonly Row[]): void {
    if (rows.length === 0 || this.#wrong >= wrongMax) return;
    const [first = [], ...others] = rows.slice(0, rowsMax).map((row) => Object.keys(row).slice(0, namesMax));
    let shared = first.length;
    for (const names of others) {
      const differs = first.findIndex((name, index) => names[index] !== name);
      if (differs !== -1) shared = Math.min(shared, differs);
    }
    this.#names = first.slice(0, shared).map((name) => Buffer.from(`${JSON.stringify(name)}:`));
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
    let brace = piece.lastIndexOf('},{');
    for (let place = 0; place < placesMax && brace >= start; place += 1) {
      if (beginsWith(piece, brace + 2, names)) return brace + 1;
      if (brace === 0) return undefined;
      brace = piece.lastIndexOf('},{', brace - 1);
    }
    return undefined;
  }
}

/** Whether an object has these first names; only as far as its values are no objects or arrays. */
function beginsWith(piece: Buffer, brace: number, names: readonly Buffer[]): boolean {
  const end = Math.min(piece.length, brace + placeBytesMax);
  let position = brace + 1;
  for (const [index, name] of names.entries()) {
    if (position + name.length >= piece.length) return false;
    if (name.compare(piece, position, position + name.length) !== 0) return false;
    position += name.length;
    const first = piece[position];
    if (first === 0x7b || first === 0x5b) return true;
    if (first === quote) {
      position += 1;
      while (position < end && piece[position] !== quote) position += piece[position] === backslash ? 2 : 1;
      position += 1;
    } else while (position < end && piece[position] !== 0x2c && piece[position] !== 0x7d) position += 1;
    if (position >= end) return index > 0 && end < piece.length;
    if (piece[position] !== 0x2c) return index === names.length - 1;
    position += 1;
  }
  return true;
}
