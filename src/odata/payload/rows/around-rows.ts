/** Reads the JSON around the rows of a collection, and finds where the array of rows begins. */

import { isJsonObject, type JsonObject } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import type { DecimalForm } from '../exact-number.ts';
import { JsonParser } from '../json-parser.ts';
import { bytes, invalidPayload, isBlank, unexpectedByte } from '../payload-bytes.ts';
import { refuseErrorPayload } from '../read/read-odata-error.ts';

/** Keeps the members before and behind the rows. Raises ODATA_PAYLOAD_INVALID and LIMIT_EXCEEDED. */
export class AroundRows {
  readonly #bytesMax: number;
  readonly #parser: JsonParser;
  #bytes = 0;
  #markBytes = 0;

  constructor(options: { readonly annotationsBytesMax: number; readonly decimals: DecimalForm }) {
    this.#bytesMax = options.annotationsBytesMax;
    this.#parser = new JsonParser({ decimals: options.decimals, root: 'object', stopsAtRows: true });
  }

  get isComplete(): boolean {
    return this.#parser.isComplete;
  }

  /**
   * Scans from `start`; the position behind the bracket that begins the array of rows, or the end of the piece. After
   * the rows it goes on at the bracket that ends them. `offset` is where the piece stands in the payload.
   */
  scan(piece: Uint8Array, start: number, offset: number): { readonly position: number; readonly beginsRows: boolean } {
    const first = this.#behindMark(piece, start);
    const position = this.#parser.isComplete ? first : this.#parser.push(piece, first, offset);
    this.#bytes += position - start;
    checkLimit('annotationsBytesMax', this.#bytesMax, this.#bytes, 'The length of the payload around its rows');
    if (this.#parser.isAtRows) return { position, beginsRows: true };
    // Only blanks may follow what is complete.
    for (let rest = position; rest < piece.length; rest += 1) {
      const code = piece[rest] as number;
      if (!isBlank(code)) throw unexpectedByte('nothing more', code, offset + rest);
    }
    return { position: piece.length, beginsRows: false };
  }

  /** The object around the rows, with an empty `value`. */
  end(): JsonObject {
    const body = this.#parser.value;
    if (!isJsonObject(body)) throw invalidPayload('The payload is not a JSON object.');
    refuseErrorPayload(body);
    if (this.#parser.hasRows) return body;
    throw invalidPayload('The payload has no member "value"; expected a collection.');
  }

  /** Steps over a byte order mark, of which the payload's first bytes are all that has been seen. */
  #behindMark(piece: Uint8Array, start: number): number {
    let position = start;
    while (position < piece.length && this.#markBytes < bytes.mark.length) {
      const isNext = this.#bytes + position - start === this.#markBytes;
      if (!isNext || piece[position] !== bytes.mark[this.#markBytes]) break;
      this.#markBytes += 1;
      position += 1;
    }
    return position;
  }
}
