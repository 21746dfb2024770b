/** The part of an XML document that has arrived and is not read yet, with line and column of where it begins. */

import { isAscii, isUtf8 } from 'node:buffer';
import { checkLimit } from '../../../base/limits.ts';

/** Longest metadata document, in bytes; F&O's is 50 MB and more. */
const csdlBytesMax = 256 * 1024 * 1024;
/** Longest tag, text, comment or section, in bytes. */
const csdlTokenBytesMax = 4 * 1024 * 1024;
/** Bytes that are worth a look at what has arrived. */
const portionBytes = 16 * 1024;

/** A place in the document: lines and columns count from one, columns count characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Bytes from `position` to `end` are to be read; a zero byte stands behind them. */
export class XmlWindow {
  bytes: Uint8Array = new Uint8Array(4 * portionBytes);
  position = 0;
  end = 0;
  /** The first bytes of the document. */
  head: Uint8Array | undefined;
  /** Offset of the first byte that is not UTF-8; undefined while there is none. */
  wrongAt: number | undefined;
  private filled = 0;
  /** The first bytes of a character whose rest has not arrived. */
  private cut: Uint8Array = new Uint8Array();
  private total = 0;
  private remainder = 0;
  private line = 1;
  /** The offset that line and column are known of, and the characters before it in its line. */
  private counted = 0;
  private passed = 0;
  private isAscii = true;

  /** Takes bytes in; true when there are enough of them to read on. Raises LIMIT_EXCEEDED. */
  take(chunk: Uint8Array): boolean {
    this.total += chunk.length;
    checkLimit('csdlBytesMax', csdlBytesMax, this.total, 'The length of the metadata document');
    this.append(this.cut);
    this.append(chunk);
    this.cut = new Uint8Array();
    // A token that was cut off is looked at again only when there is twice as much of it.
    return this.filled - this.position >= Math.min(Math.max(portionBytes, 2 * this.remainder), csdlTokenBytesMax);
  }

  /** Makes what was taken in readable, as far as its characters are whole. */
  open(isLast: boolean): void {
    this.head ??= this.bytes.slice(0, Math.min(4, this.filled));
    const whole = isLast ? this.filled : wholeCharacters(this.bytes, this.end, this.filled);
    this.cut = this.bytes.slice(whole, this.filled);
    this.filled = whole;
    const portion = this.bytes.subarray(this.end, whole);
    const isPortionAscii = isAscii(portion);
    const valid = isPortionAscii ? portion.length : validLength(portion);
    if (!isPortionAscii) this.isAscii = false;
    if (valid < portion.length) this.wrongAt = this.end + valid;
    this.end += valid;
    this.bytes[this.end] = 0;
  }

  /** Notes how much of a token is there. Raises LIMIT_EXCEEDED for one that is too long. */
  wait(): void {
    this.remainder = this.filled - this.position;
    checkLimit('csdlTokenBytesMax', csdlTokenBytesMax, this.remainder, 'The length of a part of the metadata document');
  }

  /** Line and column of the byte at `offset`, which is not before one that was asked for already. */
  placeOf(offset: number): Place {
    this.countTo(offset);
    return { line: this.line, column: this.passed + 1 };
  }

  /** Each byte is looked at once, however often and however far from the beginning of its line a place is asked for. */
  private countTo(offset: number): void {
    const from = this.counted;
    if (offset <= from) return;
    const bytes = this.bytes.subarray(from, offset);
    let start = from;
    for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) {
      this.line += 1;
      this.passed = 0;
      start = from + at + 1;
    }
    this.passed += this.characters(start, offset);
    this.counted = offset;
  }

  private characters(start: number, end: number): number {
    return this.isAscii ? end - start : characters(this.bytes, start, end);
  }

  private append(chunk: Uint8Array): void {
    if (this.filled + chunk.length >= this.bytes.length) this.makeRoom(chunk.length);
    this.bytes.set(chunk, this.filled);
    this.filled += chunk.length;
  }

  /** Drops what was read; a larger window only when what is left does not fit. One byte is for the zero. */
  private makeRoom(length: number): void {
    const from = this.position;
    this.countTo(from);
    const needed = this.filled - from + length + 1;
    let size = this.bytes.length;
    while (size < needed) size *= 2;
    const target = size === this.bytes.length ? this.bytes : new Uint8Array(size);
    target.set(this.bytes.subarray(from, this.filled));
    this.bytes = target;
    this.filled -= from;
    this.end -= from;
    this.position = 0;
    this.counted = 0;
  }
}

/** Where the last whole character ends (RFC 3629 3). */
function wholeCharacters(bytes: Uint8Array, start: number, end: number): number {
  for (let back = 1; back <= 3 && end - back >= start; back += 1) {
    const byte = bytes[end - back] as number;
    if (byte < 0x80) return end;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? end - back : end;
  }
  return end;
}

/** How many of the bytes are UTF-8 and characters of XML: U+FFFE and U+FFFF are none (XML 1.0 2.2). */
function validLength(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const noCharacter = [nonCharacterE, nonCharacterF]
    .map((sequence) => buffer.indexOf(sequence))
    .filter((at) => at >= 0);
  const length = Math.min(bytes.length, ...noCharacter);
  return isUtf8(bytes.subarray(0, length)) ? length : utf8Length(bytes.subarray(0, length));
}

/** The length of the longest beginning that is UTF-8. */
function utf8Length(bytes: Uint8Array): number {
  let valid = 0;
  let wrong = bytes.length;
  while (wrong - valid > 1) {
    const middle = (valid + wrong) >> 1;
    if (isUtf8(bytes.subarray(0, wholeCharacters(bytes, 0, middle)))) valid = middle;
    else wrong = middle;
  }
  return wholeCharacters(bytes, 0, valid);
}

function characters(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (((bytes[at] as number) & 0xc0) !== 0x80) count += 1;
  return count;
}

const nonCharacterE: Uint8Array = Uint8Array.of(0xef, 0xbf, 0xbe);
const nonCharacterF: Uint8Array = Uint8Array.of(0xef, 0xbf, 0xbf);
