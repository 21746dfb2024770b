/** A multipart body → where its parts are. */

import { invalidBatch } from '../batch-error.ts';
import type { Slice } from './slice.ts';

const [tab, lineFeed, carriageReturn, blank, dash] = [0x09, 0x0a, 0x0d, 0x20, 0x2d];

/**
 * Splits a multipart body at its delimiter lines (RFC 2046 5.1.1). Preamble and epilogue are passed over; a line may
 * end with LF alone, and have blanks behind the boundary. A longer boundary that begins with this one is another one.
 * Every byte is looked at once. Raises ODATA_BATCH_INVALID when a delimiter is missing; `countPart` may raise more.
 */
export function splitParts(body: Slice, boundary: string, countPart: () => void): readonly Slice[] {
  const { bytes, base } = body;
  const needle = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Slice[] = [];
  let partStart: number | undefined;
  let position = 0;
  for (;;) {
    const at = bytes.indexOf(needle, position);
    if (at === -1) throw unclosed(body, boundary, partStart !== undefined);
    position = at + needle.length;
    if (!beginsLine(bytes, at)) continue;
    const delimiter = delimiterAt(bytes, position);
    if (delimiter === undefined) continue;
    if (partStart !== undefined) {
      countPart();
      parts.push({ bytes: bytes.subarray(partStart, endOfPart(bytes, at)), base: base + partStart });
    }
    if (delimiter.isClose) return parts;
    partStart = delimiter.next;
    position = delimiter.next;
  }
}

/** The byte order mark of UTF-8 counts as nothing: behind it the first delimiter begins its line. */
function beginsLine(bytes: Buffer, at: number): boolean {
  if (at === 0 || bytes[at - 1] === lineFeed) return true;
  return at === 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** What stands behind the boundary of a delimiter line; undefined when it is none. */
function delimiterAt(bytes: Buffer, behind: number): { readonly isClose: boolean; readonly next: number } | undefined {
  const isClose = bytes[behind] === dash && bytes[behind + 1] === dash;
  let next = isClose ? behind + 2 : behind;
  while (bytes[next] === blank || bytes[next] === tab) next += 1;
  if (bytes[next] === carriageReturn) next += 1;
  if (bytes[next] === lineFeed) return { isClose, next: next + 1 };
  return next === bytes.length ? { isClose, next } : undefined;
}

/** The line end before a delimiter belongs to the delimiter; in an empty part it is the one behind the delimiter before. */
function endOfPart(bytes: Buffer, delimiterStart: number): number {
  const lineEnd = delimiterStart - 1;
  return bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd;
}

function unclosed({ base, bytes }: Slice, boundary: string, hasBegun: boolean): Error {
  const place = `between byte ${base} and byte ${base + bytes.length}`;
  return invalidBatch(
    hasBegun
      ? `The multipart body ends too early: no line "--${boundary}--" ${place}.`
      : `The multipart body has no line "--${boundary}" ${place}; the boundary is that of its Content-Type.`,
  );
}
