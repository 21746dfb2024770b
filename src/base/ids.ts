/** The ids seam: the only source of ids and randomness. */

import { randomBytes, randomUUID } from 'node:crypto';

export interface Ids {
  /** A new random UUID, lower case. */
  uuid(): string;
  /** A number in [0, 1). */
  random(): number;
  /** `length` random bytes, fit for keys. */
  bytes(length: number): Uint8Array;
}

/** The machine's randomness. */
export const systemIds: Ids = Object.freeze({
  uuid: () => randomUUID(),
  random: () => Math.random(),
  bytes: (length: number) => new Uint8Array(randomBytes(length)),
});

/** Repeatable ids from a seed: for tests, sample data and anything that must come out the same twice. */
export function seededIds(seed: number): Ids {
  let state = seed >>> 0;
  function next(): number {
    // mulberry32: 32 bits of state, good enough to spread sample data.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  function bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => Math.floor(next() * 256));
  }
  return Object.freeze({
    random: next,
    bytes,
    uuid() {
      const raw = bytes(16);
      raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x40;
      raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80;
      const hex = Buffer.from(raw).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  });
}
