/**
 * Parts the rows of an array in bytes that arrive in pieces. Only brackets and quotes are looked at; all rows that end
 * in one piece go to JSON.parse together, which costs less than one by one.
 */

import { isRialtoError } from '../../base/errors.ts';
import { checkLimit } from '../../base/limits.ts';
import type { Row } from '../row.ts';
import { bytes, decodePieces, invalidPayload, isBlank, parsePayload, unexpectedByte } from './payload-bytes.ts';

/** Digits from which on an integer may be more than a double can hold. */
const longNumberDigits = 16;

/** Reads the rows between the brackets of one array. Raises ODATA_PAYLOAD_INVALID and LIMIT_EXCEEDED. */
export class RowScanner {
  readonly #rowBytesMax: number;
  #rows = 0;
  /** What stands before the next row. */
  #before: 'bracket' | 'row' | 'comma' = 'bracket';
  #isInRow = false;
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
    while (position < piece.length && !endsRows) {
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

  /** Scans within a row to its end or that of the piece. The hot loop: its state is in local variables. */
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
      const code = piece[position] ?? 0;
      position += 1;
      if (isInString) {
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
