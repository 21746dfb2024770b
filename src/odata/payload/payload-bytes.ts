/** Bytes of JSON by name, and the errors of a payload that is read as bytes. */

import { isUtf8 } from 'node:buffer';
import { RialtoError } from '../../base/errors.ts';

export const bytes = {
  quote: 0x22,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  slash: 0x2f,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  backslash: 0x5c,
  openBracket: 0x5b,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  /** The byte order mark of UTF-8. */
  mark: [0xef, 0xbb, 0xbf] as readonly number[],
} as const;

/** True for JSON's white space. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The text of these bytes. Raises ODATA_PAYLOAD_INVALID when they are not UTF-8. */
export function decodeBytes(piece: Uint8Array, what: string): string {
  if (!isUtf8(piece)) throw invalidPayload(`${what} is not UTF-8.`);
  return bufferOf(piece).toString('utf8');
}

/** The pieces in one; without a copy when there is only one. */
export function joinPieces(pieces: readonly Uint8Array[]): Buffer {
  const [first, ...others] = pieces;
  return first !== undefined && others.length === 0 ? bufferOf(first) : Buffer.concat(pieces);
}

/** The same bytes with the searches of a Buffer. */
export function bufferOf(piece: Uint8Array): Buffer {
  return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
}

/** ODATA_PAYLOAD_INVALID. */
export function invalidPayload(message: string, cause?: unknown): RialtoError {
  return new RialtoError('ODATA_PAYLOAD_INVALID', message, cause === undefined ? {} : { cause });
}

/** ODATA_PAYLOAD_INVALID for a byte that has no place where it stands. */
export function unexpectedByte(expected: string, code: number, at: number): RialtoError {
  const found = code > 0x20 && code < 0x7f ? `"${String.fromCharCode(code)}"` : `the byte ${code}`;
  return invalidPayload(`Expected ${expected} at byte ${at} of the payload; got ${found}.`);
}
