/** The members of a JSON object as spans of bytes (RFC 8259 4). What their values are is for a parser to say. */

import { RialtoError } from '../../../../base/errors.ts';
import { parseJson } from '../../../../base/json.ts';
import type { Steps } from '../../image/image-index.ts';

export interface JsonMember {
  readonly name: string;
  /** Offsets of the value. */
  readonly start: number;
  readonly end: number;
}

/** Bytes looked at in one step. */
const stepBytes = 256 * 1024;

/**
 * The members of the object within the offsets, by default the whole, before which a byte order mark may stand. Raises
 * CSDL_INVALID with the offset of what is not an object.
 */
export function* memberSpans(bytes: Uint8Array, span?: { start: number; end: number }): Steps<readonly JsonMember[]> {
  const cursor = new Cursor(bytes, span?.start ?? (bytes[0] === 0xef && bytes[1] === 0xbb ? 3 : 0));
  const members: JsonMember[] = [];
  cursor.expect(0x7b);
  if (cursor.take(0x7d)) return cursor.atEnd(span?.end, members);
  do {
    const name = cursor.name();
    cursor.expect(0x3a);
    const start = cursor.start();
    yield* cursor.passValue();
    members.push({ name, start, end: cursor.at });
  } while (cursor.take(0x2c));
  cursor.expect(0x7d);
  return cursor.atEnd(span?.end, members);
}

class Cursor {
  at: number;
  private readonly bytes: Uint8Array;
  /** Where the step ends: many small values are as much work as a long one. */
  private stepEnd: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
    this.stepEnd = at + stepBytes;
  }

  /** The offset of what is not white space. */
  start(): number {
    for (;;) {
      const code = this.bytes[this.at];
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return this.at;
      this.at += 1;
    }
  }

  /** Passes over a punctuation mark when it is there. */
  take(code: number): boolean {
    if (this.bytes[this.start()] !== code) return false;
    this.at += 1;
    return true;
  }

  expect(code: number): void {
    if (!this.take(code)) this.fail(`'${String.fromCharCode(code)}' is expected`);
  }

  name(): string {
    const start = this.start();
    if (this.bytes[start] !== 0x22) this.fail('a name in quotes is expected');
    this.passText();
    try {
      const { bytes } = this;
      return String(parseJson(Buffer.from(bytes.buffer, bytes.byteOffset + start, this.at - start).toString('utf8')));
    } catch {
      this.at = start;
      return this.fail('a name in quotes is expected');
    }
  }

  /** Passes over a value: a text, brackets with what is in them, or everything up to the next mark. */
  *passValue(): Steps<void> {
    const { bytes } = this;
    let depth = 0;
    do {
      const code = bytes[this.at];
      if (code === undefined) this.fail('it ends too early');
      if (code === 0x22) this.passText();
      else if (depth === 0 && code !== 0x7b && code !== 0x5b) this.passScalar();
      else {
        if (code === 0x7b || code === 0x5b) depth += 1;
        else if (code === 0x7d || code === 0x5d) depth -= 1;
        this.at += 1;
      }
      if (this.at >= this.stepEnd) {
        this.stepEnd = this.at + stepBytes;
        yield;
      }
    } while (depth > 0);
  }

  atEnd(end: number | undefined, members: readonly JsonMember[]): readonly JsonMember[] {
    if (this.start() < (end ?? this.bytes.length)) this.fail('there is more after the end');
    return members;
  }

  private passScalar(): void {
    const start = this.at;
    for (let code = this.bytes[this.at]; code !== undefined && !ends.has(code); code = this.bytes[this.at])
      this.at += 1;
    if (this.at === start) this.fail('a value is expected');
  }

  private passText(): void {
    for (;;) {
      const quote = this.bytes.indexOf(0x22, this.at + 1);
      if (quote === -1) {
        this.at = this.bytes.length;
        this.fail('it ends too early');
      }
      let backslashes = 0;
      while (this.bytes[quote - 1 - backslashes] === 0x5c) backslashes += 1;
      this.at = quote;
      if (backslashes % 2 === 0) break;
    }
    this.at += 1;
  }

  private fail(message: string): never {
    const found = this.at >= this.bytes.length ? 'it ends too early' : message;
    throw new RialtoError('CSDL_INVALID', `The metadata document is not valid JSON at byte ${this.at}: ${found}.`);
  }
}

/** What ends a number or a word: marks and white space. */
const ends: ReadonlySet<number> = new Set([0x2c, 0x7d, 0x5d, 0x3a, 0x20, 0x0a, 0x0d, 0x09]);
