/** Lines of headers, of a MIME part as of an HTTP message. */

import { isUtf8 } from 'node:buffer';
import { checkLimit } from '../../../base/limits.ts';
import { invalidBatch } from '../batch-error.ts';
import { type BatchHeader, type BatchHeaders, holdsControls, tokenPattern } from '../batch-headers.ts';
import type { Slice } from './slice.ts';

export interface HeaderBlock {
  readonly headers: BatchHeaders;
  /** Offset within the slice of what follows the empty line. */
  readonly end: number;
}

export interface HeaderBlockOptions {
  /** Bytes from `start` on. */
  readonly batchHeaderBytesMax: number;
  /** True for a line that is no header any more, where the empty line before it was forgotten. */
  readonly endsBefore?: (line: string) => boolean;
}

/**
 * Reads header lines up to an empty one, or to the end of the slice (RFC 7230 3.2). Raises ODATA_BATCH_INVALID for a
 * line that is no header or is folded, and LIMIT_EXCEEDED.
 */
export function readHeaderBlock(slice: Slice, start: number, options: HeaderBlockOptions): HeaderBlock {
  const headers: BatchHeader[] = [];
  let position = start;
  while (position < slice.bytes.length) {
    const line = readLine(slice, position, { start, batchHeaderBytesMax: options.batchHeaderBytesMax });
    if (line.text !== '' && options.endsBefore?.(line.text) === true) break;
    if (line.text !== '') headers.push(headerOf(line.text, slice.base + position));
    position = line.next;
    if (line.text === '') break;
  }
  return { headers, end: position };
}

/** The line at a position, without its end: CRLF, or LF alone. Raises LIMIT_EXCEEDED. */
export function readLine(
  { bytes, base }: Slice,
  position: number,
  within: { readonly start: number; readonly batchHeaderBytesMax: number },
): { readonly text: string; readonly next: number } {
  const feed = bytes.indexOf(0x0a, position);
  const end = feed === -1 ? bytes.length : feed;
  const what = `The length in bytes of the headers at byte ${base + within.start}`;
  checkLimit('batchHeaderBytesMax', within.batchHeaderBytesMax, end - within.start, what);
  const line = bytes.subarray(position, end > position && bytes[end - 1] === 0x0d ? end - 1 : end);
  // Services and clients write UTF-8 where they write more than ASCII; older ones Latin-1 (RFC 7230 3.2.4).
  const text = line.toString(isUtf8(line) ? 'utf8' : 'latin1');
  if (holdsControls(text)) {
    throw invalidBatch(`The line at byte ${base + position} has control characters, which headers may not hold.`);
  }
  return { text, next: feed === -1 ? bytes.length : feed + 1 };
}

function headerOf(line: string, at: number): BatchHeader {
  if (line.startsWith(' ') || line.startsWith('\t')) {
    throw invalidBatch(`The header at byte ${at} begins with a blank; folded headers (RFC 7230 3.2.4) are refused.`);
  }
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  if (!tokenPattern.test(name)) {
    throw invalidBatch(`The line at byte ${at} is no header; expected a name and, directly behind it, a colon.`);
  }
  return { name, value: trimBlanks(line.slice(colon + 1)) };
}

/** Written out: a regular expression for blanks at the end looks at every run of blanks to its end. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/**
 * The value of a header that has one value; undefined when it is not there. Raises ODATA_BATCH_INVALID when it is there
 * with different values, since readers would disagree on which of them counts.
 */
export function singleValue(headers: BatchHeaders, name: string, at: number): string | undefined {
  const [first, ...others] = headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
  if (others.some((value) => value !== first)) {
    throw invalidBatch(`The headers at byte ${at} have ${name} more than once, with different values.`);
  }
  return first;
}
