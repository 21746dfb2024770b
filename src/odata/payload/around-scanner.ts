/** Follows the JSON around the rows of a collection, byte by byte, to find where the array of rows begins. */

import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { checkLimit } from '../../base/limits.ts';
import { bytes, invalidPayload, isBlank, parsePieces, unexpectedByte } from './payload-bytes.ts';

/** Longest name that is looked at, in bytes: `value` with every letter escaped is 30. */
const nameBytesMax = 32;

/** Keeps all it sees, so that what stood around the rows can be read at the end. */
export class AroundScanner {
  readonly #bytesMax: number;
  #place: 'start' | 'within' | 'end' = 'start';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Whether the next text of the outermost object is a name, and what has been read of it. */
  #expectsName = false;
  #name = '';
  /** The name whose value comes next. */
  #valueName: string | undefined;
  #hasRows = false;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;

  constructor(options: { readonly annotationsBytesMax: number }) {
    this.#bytesMax = options.annotationsBytesMax;
  }

  get isComplete(): boolean {
    return this.#place === 'end';
  }

  /**
   * Scans from `start`; the position behind the bracket that begins the array of rows, or the end of the piece. After
   * the rows it goes on at the bracket that ends them. `offset` is where the piece stands in the payload.
   */
  scan(piece: Uint8Array, start: number, offset: number): { readonly position: number; readonly beginsRows: boolean } {
    let from = start;
    let position = start;
    let beginsRows = false;
    while (position < piece.length && !beginsRows) {
      const code = piece[position] ?? 0;
      const at = offset + position;
      position += 1;
      if (this.#place === 'start') {
        if (!this.#begins(code, at)) from = position;
      } else if (this.#isInString) this.#stepInString(code);
      else if (!isBlank(code)) beginsRows = this.#step(code, at);
    }
    this.#keep(piece.subarray(from, position));
    return { position, beginsRows };
  }

  /** The object around the rows, with an empty `value`. Raises ODATA_PAYLOAD_INVALID. */
  end(): JsonObject {
    const body = parsePieces(this.#kept, 'The payload around the rows');
    if (!isJsonObject(body)) throw invalidPayload('The payload is not a JSON object.');
    if (this.#hasRows) return body;
    throw invalidPayload(
      'error' in body
        ? 'The payload is an error; expected a collection with the member "value".'
        : 'The payload has no member "value"; expected a collection.',
    );
  }

  /** Steps over a byte order mark and blanks to the brace that begins the payload. */
  #begins(code: number, at: number): boolean {
    if (isBlank(code) || (at < 3 && bytes.mark.includes(code))) return false;
    if (code !== bytes.openBrace) throw unexpectedByte('"{"', code, at);
    this.#place = 'within';
    this.#depth = 1;
    this.#expectsName = true;
    return true;
  }

  #stepInString(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === bytes.backslash) this.#isEscaped = true;
    else if (code === bytes.quote) {
      this.#isInString = false;
      return;
    }
    if (this.#name.length < nameBytesMax) this.#name += String.fromCharCode(code);
  }

  /** One byte outside of texts; true when it begins the array of rows. */
  #step(code: number, at: number): boolean {
    if (this.#place === 'end') throw unexpectedByte('nothing more', code, at);
    const isRows = this.#valueName === 'value' && this.#depth === 1;
    this.#valueName = undefined;
    if (isRows && code !== bytes.openBracket) throw unexpectedByte('an array for the member "value"', code, at);
    switch (code) {
      case bytes.quote:
        this.#isInString = true;
        this.#name = '';
        break;
      case bytes.colon:
        if (this.#expectsName && this.#depth === 1) this.#valueName = unescaped(this.#name);
        this.#expectsName = false;
        break;
      case bytes.comma:
        if (this.#depth === 1) this.#expectsName = true;
        break;
      case bytes.openBrace:
      case bytes.openBracket:
        this.#depth += 1;
        break;
      case bytes.closeBrace:
      case bytes.closeBracket:
        this.#depth -= 1;
        if (this.#depth === 0) this.#place = 'end';
        break;
    }
    if (isRows && this.#hasRows) throw invalidPayload(`The payload has a second member "value" at byte ${at}.`);
    if (isRows) this.#hasRows = true;
    return isRows;
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#keptBytes += piece.length;
    checkLimit('annotationsBytesMax', this.#bytesMax, this.#keptBytes, 'The length of the payload around its rows');
    this.#kept.push(new Uint8Array(piece));
  }
}

/** The name as JSON reads it; a name that is cut off or not JSON is none that matters here. */
function unescaped(name: string): string {
  return name.replace(/\\u([0-9A-Fa-f]{4})/g, (_match, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
