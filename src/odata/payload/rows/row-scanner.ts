/**
 * Parts the rows of an array in bytes that arrive in pieces. All rows that end in one piece go to JSON.parse together,
 * which costs less than one by one. Where the last of them ends is guessed first; only when that fails is every byte
 * looked at. A row that is longer than JSON.parse can read in a moment is read as it arrives.
 */

import { checkLimit } from '../../../base/limits.ts';
import type { Row } from '../../row.ts';
import type { DecimalForm } from '../exact-number.ts';
import { JsonParser } from '../json-parser.ts';
import { bufferOf, bytes, invalidPayload, isBlank, joinPieces, unexpectedByte } from '../payload-bytes.ts';
import { parseRows, rowsIfAny } from './parse-rows.ts';
import { RowGuess } from './row-guess.ts';

/** Rows from this length on are read as they arrive. JSON.parse takes some three milliseconds for one below. */
const longRowBytes = 512 * 1024;

/** Pieces that are shorter are not worth a guess. */
const guessedBytesMin = 4 * 1024;

export interface ScannedPiece {
  readonly position: number;
  readonly endsRows: boolean;
}

/** Reads the rows between the brackets of one array. Raises ODATA_PAYLOAD_INVALID and LIMIT_EXCEEDED. */
export class RowScanner {
  readonly #rowBytesMax: number;
  readonly #decimals: DecimalForm;
  readonly #guess = new RowGuess();
  /** A row within a guessed batch is never longer than this; below that the limit takes a look at every row. */
  readonly #mayGuess: boolean;
  #rows = 0;
  /** What stands before the next row. */
  #before: 'bracket' | 'row' | 'comma' = 'bracket';
  #isInRow = false;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** What earlier pieces held of the row that has not ended, and its length. */
  #partial: Uint8Array[] = [];
  #partialBytes = 0;
  #partialOffset = 0;
  /** Reads a long row; what it has not read yet of it is `#partial`. */
  #long: JsonParser | undefined;

  constructor(options: { readonly rowBytesMax: number; readonly decimals: DecimalForm }) {
    this.#rowBytesMax = options.rowBytesMax;
    this.#decimals = options.decimals;
    this.#mayGuess = options.rowBytesMax >= 2 * longRowBytes;
  }

  /** Where it stands, for messages. */
  get place(): string {
    return this.#isInRow ? `within row ${this.#rows + 1}` : `behind row ${this.#rows}`;
  }

  /** What there is of a row that has not ended, unless it is a long one. */
  get partialRow(): Buffer {
    return joinPieces(this.#partial);
  }

  /** Reads the next of the pieces that a long row consists of so far; its length, or 0 when there is none. */
  catchUp(): number {
    const piece = this.#long === undefined ? undefined : this.#partial.shift();
    if (piece === undefined) return 0;
    this.#long?.push(piece, 0, this.#partialOffset);
    this.#partialOffset += piece.length;
    return piece.length;
  }

  /** Scans from `start`; adds the rows that end here to `found`. Stops at the bracket that ends the array. */
  scan(piece: Uint8Array, start: number, at: { readonly offset: number; readonly found: Row[] }): ScannedPiece {
    let position = start;
    let hasGuessed = this.#isInRow;
    if (this.#long !== undefined) position = this.#scanLong(this.#long, piece, start, at);
    else if (this.#isInRow) position = this.#guessed(piece, start, at) ?? start;
    let rowStart = position;
    let batchStart = this.#isInRow ? position : -1;
    let batchEnd = -1;
    let endsRows = false;
    while (position < piece.length && !endsRows && this.#long === undefined) {
      if (this.#isInRow) {
        position = this.#scanRow(piece, position);
        const earlier = batchEnd === -1 ? this.#partialBytes : 0;
        this.#checkLength(earlier + position - rowStart);
        if (this.#isInRow) break;
        this.#rows += 1;
        batchEnd = position;
        continue;
      }
      endsRows = this.#stepBetween(piece[position] as number, at.offset + position);
      if (this.#isInRow) {
        rowStart = position;
        const cut: number | undefined = hasGuessed ? undefined : this.#guessed(piece, position, at);
        hasGuessed = true;
        if (cut !== undefined) position = cut;
        else if (batchStart === -1) batchStart = position;
      } else if (!endsRows) position += 1;
    }
    if (batchEnd !== -1) this.#parseBatch(bufferOf(piece).subarray(batchStart, batchEnd), at, batchStart);
    if (this.#isInRow && this.#long === undefined)
      this.#keepPartial(piece.subarray(rowStart, position), at.offset + rowStart);
    return { position, endsRows };
  }

  /** Reads all rows up to where the last one seems to end; undefined, and unmoved, when it does not end there. */
  #guessed(
    piece: Uint8Array,
    start: number,
    at: { readonly offset: number; readonly found: Row[] },
  ): number | undefined {
    if (!this.#mayGuess || !this.#guess.isReady || piece.length - start < guessedBytesMin) return undefined;
    const cut = this.#guess.lastEnd(bufferOf(piece), start);
    if (cut === undefined) return undefined;
    const offset = at.offset + start - this.#partialBytes;
    const rows = rowsIfAny(joinPieces([...this.#partial, piece.subarray(start, cut)]), {
      decimals: this.#decimals,
      offset,
    });
    if (rows === undefined) {
      this.#guess.wrong();
      return undefined;
    }
    this.#guess.right();
    for (const row of rows) at.found.push(row);
    this.#rows += rows.length;
    this.#isInRow = false;
    this.#isInString = false;
    this.#isEscaped = false;
    this.#forgetPartial();
    return cut;
  }

  #scanLong(
    long: JsonParser,
    piece: Uint8Array,
    start: number,
    at: { readonly offset: number; readonly found: Row[] },
  ): number {
    const position = long.push(piece, start, at.offset);
    this.#partialBytes += position - start;
    this.#checkLength(this.#partialBytes);
    if (!long.isComplete) return position;
    at.found.push(long.value as Row);
    this.#rows += 1;
    this.#long = undefined;
    this.#isInRow = false;
    this.#forgetPartial();
    return position;
  }

  /** One byte between the rows; true for the bracket that ends the array. */
  #stepBetween(code: number, at: number): boolean {
    if (isBlank(code)) return false;
    if (code === bytes.openBrace && this.#before !== 'row') {
      this.#isInRow = true;
      this.#depth = 0;
      this.#isInString = false;
      this.#before = 'row';
      return false;
    }
    if (code === bytes.comma && this.#before === 'row') {
      this.#before = 'comma';
      return false;
    }
    if (code === bytes.closeBracket && this.#before !== 'comma') return true;
    const expected = this.#before === 'row' ? '"," or "]"' : this.#before === 'comma' ? 'a row' : 'a row or "]"';
    throw unexpectedByte(`${expected} behind row ${this.#rows}`, code, at);
  }

  /** Scans within a row to its end or that of the piece. A hot loop: its state is in local variables. */
  #scanRow(piece: Uint8Array, start: number): number {
    const { length } = piece;
    let position = start;
    let depth = this.#depth;
    let isInString = this.#isInString;
    if (this.#isEscaped) {
      position += 1;
      this.#isEscaped = false;
    }
    while (position < length) {
      let code = piece[position] as number;
      position += 1;
      if (isInString) {
        while (code !== bytes.quote && code !== bytes.backslash && position < length) {
          code = piece[position] as number;
          position += 1;
        }
        if (code === bytes.quote) isInString = false;
        else if (code === bytes.backslash) {
          if (position === length) this.#isEscaped = true;
          else position += 1;
        }
      } else if (code === bytes.quote) isInString = true;
      else if (code === bytes.openBrace || code === bytes.openBracket) depth += 1;
      else if (code === bytes.closeBrace || code === bytes.closeBracket) {
        depth -= 1;
        if (depth === 0) {
          this.#isInRow = false;
          break;
        }
      }
    }
    this.#depth = depth;
    this.#isInString = isInString;
    return position;
  }

  #keepPartial(piece: Uint8Array, offset: number): void {
    if (piece.length === 0) return;
    if (this.#partialBytes === 0) this.#partialOffset = offset;
    this.#partial.push(new Uint8Array(piece));
    this.#partialBytes += piece.length;
    if (this.#partialBytes >= longRowBytes) this.#long = new JsonParser({ decimals: this.#decimals, root: 'object' });
  }

  #forgetPartial(): void {
    this.#partial = [];
    this.#partialBytes = 0;
  }

  #checkLength(length: number): void {
    checkLimit('rowBytesMax', this.#rowBytesMax, length, `The length of row ${this.#rows + 1} in bytes`);
  }

  /** Parses all rows that end in this piece as one array. */
  #parseBatch(piece: Buffer, at: { readonly offset: number; readonly found: Row[] }, start: number): void {
    const joined = joinPieces([...this.#partial, piece]);
    const offset = at.offset + start - this.#partialBytes;
    this.#forgetPartial();
    const rows = parseRows(joined, { decimals: this.#decimals, offset });
    if (rows.length === 0) throw invalidPayload(`The rows at byte ${offset} are not JSON.`);
    for (const row of rows) at.found.push(row);
    this.#guess.learn(rows);
  }
}
