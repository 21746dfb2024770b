/** A batch as it comes → its bytes in one piece. */

import { checkLimit } from '../../base/limits.ts';

/** Whole, as text, or in pieces as they arrive. */
export type BatchSource = Uint8Array | string | AsyncIterable<Uint8Array>;

/** The bytes, without a copy when they are in one piece already. Raises LIMIT_EXCEEDED as soon as they are too many. */
export async function collectBytes(source: BatchSource, batchBytesMax: number): Promise<Buffer> {
  function check(length: number): void {
    checkLimit('batchBytesMax', batchBytesMax, length, 'The length of the batch in bytes');
  }
  if (typeof source === 'string') {
    check(source.length);
    const bytes = Buffer.from(source, 'utf8');
    check(bytes.length);
    return bytes;
  }
  if (source instanceof Uint8Array) {
    check(source.length);
    return asBuffer(source);
  }
  // Copied as they come into room that doubles: a list of pieces of one byte each would take a hundred times as much.
  let room = Buffer.allocUnsafe(64 * 1024);
  let length = 0;
  for await (const piece of source) {
    check(length + piece.length);
    if (length + piece.length > room.length) {
      const larger = Buffer.allocUnsafe(Math.max(room.length * 2, length + piece.length));
      room.copy(larger, 0, 0, length);
      room = larger;
    }
    room.set(piece, length);
    length += piece.length;
  }
  return room.subarray(0, length);
}

/** The same bytes as a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
