/** Bytes of JSON by name, and the errors of a payload that is read as bytes. */

import { isUtf8 } from 'node:buffer';
import { RialtoError } from '../../base/errors.ts';
import { type JsonValue, parseJson } from '../../base/json.ts';

export const bytes = {
  quote: 0x22,
  comma: 0x2c,
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

/** The text of these pieces. Raises ODATA_PAYLOAD_INVALID when they are not UTF-8. */
export function decodePieces(pieces: readonly Uint8Array[], what: string): string {
  const joined = joinPieces(pieces);
  if (!isUtf8(joined)) throw invalidPayload(`${what} is not UTF-8.`);
  return joined.toString('utf8');
}

/** The pieces in one; without a copy when there is only one. */
export function joinPieces(pieces: readonly Uint8Array[]): Buffer {
  const [first, ...others] = pieces;
  return first !== undefined && others.length === 0
    ? Buffer.from(first.buffer, first.byteOffset, first.byteLength)
    : Buffer.concat(pieces);
}

/** The JSON value of these pieces. Raises ODATA_PAYLOAD_INVALID. */
export function parsePieces(pieces: readonly Uint8Array[], what: string): JsonValue {
  return parsePayload(decodePieces(pieces, what), what);
}

/** The JSON value of a text, with integers as `parseJson` reads them. Raises ODATA_PAYLOAD_INVALID. */
export function parsePayload(text: string, what: string): JsonValue {
  try {
    return parseJson(text, { what });
  } catch (cause) {
    throw invalidPayload(cause instanceof Error ? cause.message : `${what} is not JSON.`, cause);
  }
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
