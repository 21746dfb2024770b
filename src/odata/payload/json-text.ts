/** One text of a JSON payload, decoded as its pieces arrive. */

import { bytes, decodeBytes, invalidPayload } from './payload-bytes.ts';

/** Reads from behind the opening quote to the closing one. Raises ODATA_PAYLOAD_INVALID. */
export class TextDecoding {
  readonly #at: number;
  value = '';
  isComplete = false;
  /** The begin of an escape or of a UTF-8 sequence that the end of a piece cut in two. */
  #carried: Uint8Array = nothing;

  /** `at` is where its opening quote stands in the payload, for messages. */
  constructor(at: number) {
    this.#at = at;
  }

  /** The position behind the closing quote, or the end of the piece. */
  push(piece: Uint8Array, start: number): number {
    const carried = this.#carried.length;
    const source = carried === 0 ? piece : Buffer.concat([this.#carried, piece.subarray(start)]);
    const first = carried === 0 ? start : 0;
    let position = first;
    let lastEscape = -1;
    while (position < source.length) {
      const code = source[position];
      if (code === bytes.quote) break;
      if (code === bytes.backslash) {
        lastEscape = position;
        position += 2;
      } else position += 1;
    }
    this.isComplete = position < source.length;
    const end = this.isComplete ? position : safeEnd(source, first, lastEscape);
    this.value += decoded(source.subarray(first, end), this.#at);
    this.#carried = this.isComplete || end === source.length ? nothing : new Uint8Array(source.subarray(end));
    return this.isComplete ? position + 1 - first + start - carried : piece.length;
  }
}

const nothing = new Uint8Array(0);

/** Longest escape, `\u00e9`. */
const escapeBytes = 6;

/** The last place where a text that goes on may be cut. */
function safeEnd(source: Uint8Array, first: number, lastEscape: number): number {
  const { length } = source;
  if (lastEscape !== -1) {
    const isUnicode = source[lastEscape + 1] === 0x75;
    if (lastEscape + (isUnicode ? escapeBytes : 2) > length) return lastEscape;
  }
  for (let back = 1; back <= 3 && length - back >= first; back += 1) {
    const code = source[length - back] as number;
    // A byte of 10xxxxxx continues a sequence; the byte that leads it says how long it is.
    if ((code & 0xc0) === 0x80) continue;
    const sequence = code >= 0xf0 ? 4 : code >= 0xe0 ? 3 : code >= 0xc0 ? 2 : 1;
    return sequence > back ? length - back : length;
  }
  return length;
}

function decoded(piece: Uint8Array, at: number): string {
  if (piece.length === 0) return '';
  try {
    return JSON.parse(`"${decodeBytes(piece, 'It')}"`) as string;
  } catch {
    throw invalidPayload(
      `The text at byte ${at} of the payload is not UTF-8, or holds a control character or a wrong escape.`,
    );
  }
}
