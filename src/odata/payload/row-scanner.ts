/**
 * Parts the rows of an array in bytes that arrive in pieces. All rows that end in one piece go to JSON.parse together,
 * which costs less than one by one.
 *
 * Where the last row of a piece ends is guessed first: at the last `},{`. The guess is safe, for if what stands before
 * it is a JSON array of its own, it is no text or inner object that was cut. Only when a guess fails, as it does in rows
 * that hold rows, is every byte looked at.
 */

import { isRialtoError } from '../../base/errors.ts';
import { isJsonObject } from '../../base/json.ts';
import { checkLimit } from '../../base/limits.ts';
import type { Row } from '../row.ts';
import {
  bytes,
  decodePieces,
  invalidPayload,
  isBlank,
  joinPieces,
  parsePayload,
  unexpectedByte,
} from './payload-bytes.ts';

/** Longest piece in which row ends are guessed. */
const guessedRowBytesMax = 1024 * 1024;

/** Digits from which on an integer may be more than a double can hold. */
const longNumberDigits = 16;

/** Reads the rows between the brackets of one array. Raises ODATA_PAYLOAD_INVALID and LIMIT_EXCEEDED. */
export class RowScanner {
  readonly #rowBytesMax: number;
  #rows = 0;
  /** What stands before the next row. */
  #before: 'bracket' | 'row' | 'comma' = 'bracket';
  #isInRow = false;
  #guesses: boolean;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Digits in a row, outside of texts. */
  #digits = 0;
  #hasLongNumber = false;
  /** What earlier pieces held of the row that has not ended. */
  #partial: Uint8Array[] = [];
  #partialBytes = 0;

  constructor(options: { readonly rowBytesMax: number }) {
    this.#rowBytesMax = options.rowBytesMax;
    // A row between two guesses is never longer than a piece; below that the limit takes a look at every row.
    this.#guesses = options.rowBytesMax >= guessedRowBytesMax;
  }

  /** Where it stands, for messages. */
  get place(): string {
    return this.#isInRow ? `within row ${this.#rows + 1}` : `behind row ${this.#rows}`;
  }

  /** Scans from `start`; adds the rows that end here to `found`. Stops at the bracket that ends the array. */
  scan(
    piece: Uint8Array,
    start: number,
    at: { readonly offset: number; readonly found: Row[] },
  ): { readonly position: number; readonly endsRows: boolean } {
    let position = start;
    let rowStart = start;
    let batchStart = this.#isInRow ? start : -1;
    const ends: number[] = [];
    let endsRows = false;
    let mayGuess = this.#guesses && piece.length <= guessedRowBytesMax;
    while (position < piece.length && !endsRows) {
      if (this.#isInRow && mayGuess) {
        mayGuess = false;
        const cut = this.#guess(piece, rowStart, at.found);
        if (cut !== undefined) {
          position = cut;
          batchStart = -1;
          continue;
        }
      }
      if (this.#isInRow) {
        position = this.#scanRow(piece, position);
        checkLimit('rowBytesMax', this.#rowBytesMax, this.#partialBytesOf(ends) + position - rowStart, this.#rowName());
        if (this.#isInRow) break;
        this.#rows += 1;
        ends.push(position);
        continue;
      }
      const code = piece[position] ?? 0;
      endsRows = this.#stepBetween(code, at.offset + position);
      if (this.#isInRow) {
        rowStart = position;
        if (batchStart === -1) batchStart = position;
      }
      if (!endsRows) position += 1;
    }
    if (ends.length > 0) this.#parseBatch(piece, batchStart, ends, at.found);
    if (this.#isInRow) this.#keepPartial(piece.subarray(rowStart, position));
    return { position, endsRows };
  }

  /** Parses up to the last `},{`, and stands behind its brace; undefined, and unmoved, when that was no end of a row. */
  #guess(piece: Uint8Array, start: number, found: Row[]): number | undefined {
    const brace = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).lastIndexOf('},{');
    if (brace < start) return undefined;
    const cut = brace + 1;
    const rows = rowsOf([...this.#partial, piece.subarray(start, cut)]);
    if (rows === undefined) {
      this.#guesses = false;
      return undefined;
    }
    for (const row of rows) found.push(row);
    this.#rows += rows.length;
    this.#isInRow = false;
    this.#isInString = false;
    this.#isEscaped = false;
    this.#hasLongNumber = false;
    this.#partial = [];
    this.#partialBytes = 0;
    return cut;
  }

  /** The limit counts what earlier pieces held of the first row. */
  #partialBytesOf(ends: readonly number[]): number {
    return ends.length === 0 ? this.#partialBytes : 0;
  }

  #rowName(): string {
    return `The length of row ${this.#rows + 1} in bytes`;
  }

  /** One byte between the rows; true for the bracket that ends the array. */
  #stepBetween(code: number, at: number): boolean {
    if (isBlank(code)) return false;
    if (code === bytes.openBrace && this.#before !== 'row') {
      this.#isInRow = true;
      this.#depth = 1;
      this.#digits = 0;
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
    let digits = this.#digits;
    if (this.#isEscaped && position < length) {
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
          position = Math.min(position + 1, length);
        }
      } else if (code === bytes.quote) {
        isInString = true;
        digits = 0;
      } else if (code >= 0x30 && code <= 0x39) {
        digits += 1;
        if (digits === longNumberDigits) this.#hasLongNumber = true;
      } else {
        digits = 0;
        if (code === bytes.openBrace || code === bytes.openBracket) depth += 1;
        else if (code === bytes.closeBrace || code === bytes.closeBracket) {
          depth -= 1;
          if (depth === 0) {
            this.#isInRow = false;
            break;
          }
        }
      }
    }
    this.#depth = depth;
    this.#isInString = isInString;
    this.#digits = digits;
    return position;
  }

  #keepPartial(piece: Uint8Array): void {
    this.#partial.push(new Uint8Array(piece));
    this.#partialBytes += piece.length;
  }

  /** Parses all rows that end in this piece as one array. */
  #parseBatch(piece: Uint8Array, start: number, ends: readonly number[], found: Row[]): void {
    const partial = this.#partial;
    const hasLongNumber = this.#hasLongNumber;
    // The row that has begun since may hold the long number, but then it is only read with more care than needed.
    this.#hasLongNumber = this.#isInRow && hasLongNumber;
    this.#partial = [];
    this.#partialBytes = 0;
    try {
      const text = decodePieces([...partial, piece.subarray(start, ends.at(-1))], 'The payload');
      found.push(...parseRows(`[${text}]`, hasLongNumber));
    } catch (cause) {
      throw this.#firstFault(partial, piece, start, ends) ?? cause;
    }
  }

  /** Reads the rows of a faulty batch one by one, to name the first that is wrong. */
  #firstFault(partial: readonly Uint8Array[], piece: Uint8Array, start: number, ends: readonly number[]): unknown {
    let from = start;
    for (const [index, end] of ends.entries()) {
      const what = `Row ${this.#rows - ends.length + index + 1} of the payload`;
      try {
        const text = decodePieces([...(index === 0 ? partial : []), piece.subarray(from, end)], what);
        parsePayload(text.replace(/^[\s,]+/, ''), what);
      } catch (fault) {
        return fault;
      }
      from = end;
    }
    return undefined;
  }
}

/** The rows in these pieces; undefined when they are not an array of objects without its brackets. */
function rowsOf(pieces: readonly Uint8Array[]): readonly Row[] | undefined {
  try {
    const joined = joinPieces(pieces);
    const rows = parseRows(`[${decodePieces([joined], 'The payload')}]`, holdsLongNumber(joined));
    return rows.every(isJsonObject) ? rows : undefined;
  } catch {
    // The rows are read again one by one, which finds what is wrong, if anything is.
    return undefined;
  }
}

/** True when 16 digits stand in a row, in a text or not. Of such a run one byte in every 16 is a digit. */
function holdsLongNumber(piece: Uint8Array): boolean {
  for (let position = longNumberDigits - 1; position < piece.length; position += longNumberDigits) {
    if (!isDigit(piece[position])) continue;
    let first = position;
    let last = position;
    while (isDigit(piece[first - 1])) first -= 1;
    while (isDigit(piece[last + 1])) last += 1;
    if (last - first + 1 >= longNumberDigits) return true;
  }
  return false;
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39;
}

/** The rows of an array. Only braces begin a row, so each is an object. */
function parseRows(text: string, hasLongNumber: boolean): readonly Row[] {
  if (hasLongNumber) return parsePayload(text, 'The payload') as readonly Row[];
  try {
    return JSON.parse(text) as readonly Row[];
  } catch (cause) {
    if (isRialtoError(cause)) throw cause;
    throw invalidPayload('The payload is not JSON.', cause);
  }
}
