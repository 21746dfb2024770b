/** Every text of a document once, as UTF-8 bytes; a number stands for it everywhere else. */

import { checkLimit } from '../../../base/limits.ts';

/** Texts by number, as a model reads them. */
export interface Texts {
  readonly count: number;
  /** The texts one after another, UTF-8. */
  readonly bytes: Uint8Array;
  /** Where each text begins in `bytes`; one entry more than there are texts. */
  readonly starts: Int32Array;
  text(id: number): string;
}

/** Most different texts of a document; F&O's has some 150,000, and 24 bits would hold the number of one. */
const csdlTextsMax = 4_000_000;
/** Slots tried before a text goes to the map, whose hashes nobody can foresee. */
const probesMax = 32;

/** Numbers texts in the order in which they first come. */
export class TextTable {
  count = 0;
  bytes = new Uint8Array();
  starts = new Int32Array();
  private hashes = new Int32Array();
  /** Number of a text plus one, at its hash or shortly after; zero where there is none. */
  private slots = new Int32Array();
  /** Room for the bytes of most texts. */
  private readonly scratch = new Uint8Array(1024);
  private readonly crowded = new Map<string, number>();

  constructor() {
    // Set a second time, so that the engine does not take them for constants and compile again each time they grow.
    this.bytes = new Uint8Array(1 << 16);
    this.starts = new Int32Array(1 << 12);
    this.hashes = new Int32Array(1 << 12);
    this.slots = new Int32Array(1 << 13);
  }

  /** The number of the text in these bytes, whose `hashBytes` is `hash`. Raises LIMIT_EXCEEDED. */
  intern(source: Uint8Array, start: number, end: number, hash: number): number {
    const { slots, hashes, starts } = this;
    const length = end - start;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let probe = 0; probe < probesMax; probe += 1) {
      const id = (slots[slot] as number) - 1;
      if (id < 0) {
        slots[slot] = this.count + 1;
        return this.add(source, start, end, hash);
      }
      const at = starts[id] as number;
      if (hashes[id] === hash && (starts[id + 1] as number) - at === length) {
        let offset = 0;
        while (offset < length && this.bytes[at + offset] === source[start + offset]) offset += 1;
        if (offset === length) return id;
      }
      slot = (slot + 1) & mask;
    }
    return this.internCrowded(source, start, end, hash);
  }

  /** The number of this text. */
  internText(text: string): number {
    if (text.length * 3 <= this.scratch.length) {
      const { written } = encoder.encodeInto(text, this.scratch);
      return this.intern(this.scratch, 0, written, hashBytes(this.scratch, 0, written));
    }
    const bytes = encoder.encode(text);
    return this.intern(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
  }

  /** How many bytes at `start` are those with which the text of this number begins. */
  sameLength(id: number, source: Uint8Array, start: number): number {
    const from = this.starts[id] as number;
    const length = (this.starts[id + 1] as number) - from;
    let same = 0;
    while (same < length && this.bytes[from + same] === source[start + same]) same += 1;
    return same;
  }

  lengthOf(id: number): number {
    return (this.starts[id + 1] as number) - (this.starts[id] as number);
  }

  /** The text of this number, made anew at each call. */
  text(id: number): string {
    return asText(this.bytes, this.starts[id] as number, this.starts[id + 1] as number);
  }

  /** The texts without what only interning needs. */
  seal(): Texts {
    const used = this.starts[this.count] as number;
    return createTexts(trimmed(this.bytes, used), trimmed(this.starts, this.count + 1));
  }

  private internCrowded(source: Uint8Array, start: number, end: number, hash: number): number {
    const key = latin1(source, start, end);
    const known = this.crowded.get(key);
    if (known !== undefined) return known;
    this.crowded.set(key, this.count);
    return this.add(source, start, end, hash);
  }

  private add(source: Uint8Array, start: number, end: number, hash: number): number {
    const id = this.count;
    checkLimit('csdlTextsMax', csdlTextsMax, id + 1, 'The number of different texts in the metadata document');
    const from = this.starts[id] as number;
    const to = from + end - start;
    while (to > this.bytes.length) this.bytes = grown(this.bytes, new Uint8Array(this.bytes.length * 2));
    if (id + 2 > this.starts.length) {
      this.starts = grown(this.starts, new Int32Array(this.starts.length * 2));
      this.hashes = grown(this.hashes, new Int32Array(this.hashes.length * 2));
    }
    for (let offset = 0; offset < end - start; offset += 1)
      this.bytes[from + offset] = source[start + offset] as number;
    this.starts[id + 1] = to;
    this.hashes[id] = hash;
    this.count = id + 1;
    if (this.count * 2 > this.slots.length) this.spread();
    return id;
  }

  /** Twice as many slots, and every text at its place among them. */
  private spread(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    this.crowded.clear();
    for (let id = 0; id < this.count; id += 1) {
      const hash = this.hashes[id] as number;
      let slot = (hash ^ (hash >>> 15)) & mask;
      let probe = 0;
      while (slots[slot] !== 0 && probe < probesMax) {
        slot = (slot + 1) & mask;
        probe += 1;
      }
      if (probe < probesMax) slots[slot] = id + 1;
      else this.crowded.set(latin1(this.bytes, this.starts[id] as number, this.starts[id + 1] as number), id);
    }
    this.slots = slots;
  }
}

/** FNV-1a over these bytes; the XML scanner computes the same on its way. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = hashSeed;
  for (let offset = start; offset < end; offset += 1) hash = Math.imul(hash ^ (bytes[offset] as number), hashPrime);
  return hash;
}

export const hashSeed = 0x811c9dc5 | 0;
export const hashPrime = 0x01000193;

/** Texts over bytes that no longer change, each made a string when it is first asked for. */
export function createTexts(bytes: Uint8Array, starts: Int32Array): Texts {
  const made = new Map<number, string>();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = starts.length - 1;
  return {
    count,
    bytes,
    starts,
    text(id) {
      const known = made.get(id);
      if (known !== undefined) return known;
      const text = buffer.toString('utf8', starts[id] ?? 0, starts[id + 1] ?? 0);
      made.set(id, text);
      return text;
    },
  };
}

const encoder = new TextEncoder();

function asText(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

/** The used part: a copy only where much would be kept for nothing. */
export function trimmed<T extends Uint8Array | Int32Array>(array: T, used: number): T {
  return (used * 4 >= array.length * 3 ? array.subarray(0, used) : array.slice(0, used)) as T;
}

function grown<T extends Uint8Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
