/** Bytes that are collected, read, and dropped, in memory that is used again. */

import { bufferOf } from '../payload-bytes.ts';

const bytesMin = 64 * 1024;

/** What is read from it is valid until something is added or dropped. */
export class ByteBuffer {
  #memory: Buffer = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length);
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#memory.length) {
      const memory = Buffer.allocUnsafe(Math.max(bytesMin, 2 * length));
      this.#memory.copy(memory, 0, 0, this.#length);
      this.#memory = memory;
    }
    bufferOf(piece).copy(this.#memory, this.#length);
    this.#length = length;
  }

  /** Forgets what was added behind this length; it can still be read until more is added. */
  cutTo(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  clear(): void {
    this.#length = 0;
  }
}
