/**
 * Parts the rows of an array in bytes that arrive in pieces. All rows that end in one piece go to JSON.parse together,
 * which costs less than one by one. Where the last of them ends is guessed first; only when that fails is every byte
 * looked at. A row that is longer than JSON.parse can read in a moment is read as it arrives.
 */

import { checkLimit } from '../../../base/limits.ts';
import type { Row } from '../../row.ts';
import type { DecimalForm } from '../exact-number.ts';
import { JsonParser } from '../json-parser.ts';
import { bufferOf, bytes, isBlank, unexpectedByte } from '../payload-bytes.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { parseRows, rowsIfAny } from './parse-rows.ts';
import { RowGuess } from './row-guess.ts';

/** Rows from this length on are read as they arrive. JSON.parse takes some three milliseconds for one below. */
const longRowBytes = 512 * 1024;

/** Bytes of a long row that are read at a time. */
const catchUpBytes = 16 * 1024;

/** Pieces that are shorter are not worth a guess. */
const guessedBytesMin = 4 * 1024;

export interface ScannedPiece {
  /** What stands behind it has not been read, and is to come again with what follows it. */
  readonly position: number;
  readonly endsRows: boolean;
}

/** The piece that is scanned: where it stands in the payload, where its rows go, and whether it is the last one. */
export interface ScannedAt {
  readonly offset: number;
  readonly found: Row[];
  readonly isLast: boolean;
}

/** The rows that end in a piece, from the begin of the first to the end of the last. */
interface Batch {
  start: number;
  end: number;
  /** What stands between two of them. */
  separator: Uint8Array;
}

const noBytes = new Uint8Array(0);

/** Comma, line end and indentation. */
const separatorBytesMax = 64;

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
  /** What earlier pieces held of the row that has not ended; its length counts also when a long row is read already. */
  readonly #partial = new ByteBuffer();
  #partialBytes = 0;
  /** Reads a long row, and how much of `#partial` it has read. */
  #long: { readonly parser: JsonParser; readonly offset: number; read: number } | undefined;

  constructor(options: { readonly rowBytesMax: number; readonly decimals: DecimalForm }) {
    this.#rowBytesMax = options.rowBytesMax;
    this.#decimals = options.decimals;
    this.#mayGuess = options.rowBytesMax >= 2 * longRowBytes;
  }

  get isInLongRow(): boolean {
    return this.#long !== undefined;
  }

  /** Where it stands, for messages. */
  get place(): string {
    return this.#isInRow ? `within row ${this.#rows + 1}` : `behind row ${this.#rows}`;
  }

  /** What there is of a row that has not ended, unless it is a long one. */
  get partialRow(): Buffer {
    return this.#partial.bytes;
  }

  /** Reads the next bytes of what earlier pieces held of a long row; how many, or 0 when there are none. */
  catchUp(): number {
    const long = this.#long;
    if (long === undefined || long.read === this.#partial.length) return 0;
    const end = Math.min(long.read + catchUpBytes, this.#partial.length);
    const count = end - long.read;
    long.parser.push(this.#partial.bytes.subarray(0, end), long.read, long.offset);
    long.read = end;
    if (end === this.#partial.length) {
      this.#partial.clear();
      long.read = 0;
    }
    return count;
  }

  /**
   * Scans from `start`; adds the rows that end here to `found`. Stops at the bracket that ends the array, or behind a
   * row that seems to be the last that ends in the piece.
   */
  scan(piece: Uint8Array, start: number, at: ScannedAt): ScannedPiece {
    let position = start;
    if (this.#long !== undefined) position = this.#scanLong(this.#long.parser, piece, start, at);
    else {
      const cut = this.#guessed(piece, start, at);
      if (cut !== undefined && !at.isLast && !mayEndRow(piece)) return { position: cut, endsRows: false };
      position = cut ?? start;
    }
    return this.#long === undefined ? this.#scanExactly(piece, position, at) : { position, endsRows: false };
  }

  #scanExactly(piece: Uint8Array, start: number, at: ScannedAt): ScannedPiece {
    const batch = { start: this.#isInRow ? start : -1, end: -1, separator: noBytes };
    let scanned: ScannedPiece & { readonly rowStart: number };
    try {
      scanned = this.#scanRows(piece, start, batch, at.offset);
    } catch (cause) {
      // What is wrong within the rows before comes first, however the payload is cut.
      this.#parseBatch(piece, batch, at);
      throw cause;
    }
    this.#parseBatch(piece, batch, at);
    if (this.#isInRow)
      this.#keepPartial(piece.subarray(scanned.rowStart, scanned.position), at.offset + scanned.rowStart);
    return scanned;
  }

  /** Finds the rows that end in the piece: `batch` begins with the first of them and ends with the last. */
  #scanRows(
    piece: Uint8Array,
    start: number,
    batch: Batch,
    offset: number,
  ): ScannedPiece & { readonly rowStart: number } {
    let position = start;
    let rowStart = position;
    let endsRows = false;
    while (position < piece.length && !endsRows) {
      if (this.#isInRow) {
        position = this.#scanRow(piece, position);
        this.#checkLength((batch.end === -1 ? this.#partialBytes : 0) + position - rowStart);
        if (this.#isInRow) break;
        this.#rows += 1;
        batch.end = position;
      } else {
        endsRows = this.#stepBetween(piece[position] as number, offset + position);
        if (this.#isInRow) {
          rowStart = position;
          if (batch.start === -1) batch.start = position;
          else if (position - batch.end <= separatorBytesMax) batch.separator = piece.subarray(batch.end, position);
        } else if (!endsRows) position += 1;
      }
    }
    return { position, endsRows, rowStart };
  }

  /** Reads all rows up to where the last one seems to end; undefined, and unmoved, when it does not end there. */
  #guessed(piece: Uint8Array, start: number, at: ScannedAt): number | undefined {
    if (!this.#mayGuess || !this.#guess.isReady || piece.length - start < guessedBytesMin) return undefined;
    const from = this.#isInRow ? start : this.#nextRow(piece, start);
    const cut = from === undefined ? undefined : this.#guess.lastEnd(bufferOf(piece), from);
    if (from === undefined || cut === undefined) return undefined;
    const rows = rowsIfAny(this.#behindPartial(piece.subarray(from, cut)), {
      decimals: this.#decimals,
      offset: at.offset + from - this.#partialBytes,
    });
    if (rows === undefined) {
      this.#guess.wrong();
      return undefined;
    }
    this.#guess.right();
    for (const row of rows) at.found.push(row);
    this.#rows += rows.length;
    this.#before = 'row';
    this.#isInRow = false;
    this.#forgetPartial();
    return cut;
  }

  /** Where the next row begins, when nothing but a comma and blanks are before it. */
  #nextRow(piece: Uint8Array, start: number): number | undefined {
    let position = start;
    let hasComma = this.#before !== 'row';
    for (; position < piece.length; position += 1) {
      const code = piece[position] as number;
      if (code === bytes.openBrace) return hasComma ? position : undefined;
      if (code === bytes.comma && !hasComma) hasComma = true;
      else if (!isBlank(code)) return undefined;
    }
    return undefined;
  }

  #scanLong(long: JsonParser, piece: Uint8Array, start: number, at: ScannedAt): number {
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
      this.#isEscaped = false;
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
    this.#partial.add(piece);
    this.#partialBytes += piece.length;
    if (this.#partialBytes < longRowBytes) return;
    const parser = new JsonParser({ decimals: this.#decimals, root: 'object' });
    this.#long = { parser, offset: offset + piece.length - this.#partialBytes, read: 0 };
  }

  #forgetPartial(): void {
    this.#partial.clear();
    this.#partialBytes = 0;
  }

  /** The piece with what earlier pieces held of its first row before it. */
  #behindPartial(piece: Uint8Array): Buffer {
    if (this.#partialBytes === 0) return bufferOf(piece);
    const { length } = this.#partial;
    this.#partial.add(piece);
    const { bytes: joined } = this.#partial;
    this.#partial.cutTo(length);
    return joined;
  }

  #checkLength(length: number): void {
    checkLimit('rowBytesMax', this.#rowBytesMax, length, `The length of row ${this.#rows + 1} in bytes`);
  }

  /** Parses all rows that end in this piece as one array. */
  #parseBatch(piece: Uint8Array, batch: Batch, at: ScannedAt): void {
    if (batch.end === -1) return;
    const offset = at.offset + batch.start - this.#partialBytes;
    const joined = this.#behindPartial(piece.subarray(batch.start, batch.end));
    const rows = parseRows(joined, { decimals: this.#decimals, offset });
    this.#forgetPartial();
    for (const row of rows) at.found.push(row);
    this.#guess.learn(rows, batch.separator);
  }
}

/** Whether a row may end with this piece; such a row is not kept waiting for the next one. */
function mayEndRow(piece: Uint8Array): boolean {
  const last = piece.at(-1) ?? 0;
  return last === bytes.closeBrace || last === bytes.closeBracket || last === bytes.comma || isBlank(last);
}
