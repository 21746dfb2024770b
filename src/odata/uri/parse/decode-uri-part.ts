/** Percent-decoding of one part of a URI, with the way back to where each character stands. */

import { foundAt, ODataSyntaxError } from '../../literal/odata-syntax-error.ts';
import type { Origin } from './cursor.ts';

/** A decoded part. `origin` leads back to the whole text. */
export interface DecodedPart {
  readonly text: string;
  readonly origin: Origin;
}

/**
 * Raises ODATA_SYNTAX for a character of `source` between `start` and `end` that must be percent-encoded there. Blanks and
 * letters that are not ASCII pass: people write them, and all programs encode them on the way.
 */
export function requirePlain(source: string, start: number, end: number, forbidden: RegExp): void {
  const index = source.slice(start, end).search(forbidden);
  if (index === -1) return;
  const position = start + index;
  const code = source.charCodeAt(position).toString(16).toUpperCase().padStart(2, '0');
  throw new ODataSyntaxError({
    what: 'The request URI',
    source,
    position,
    found: foundAt(source, position),
    expected: `%${code} in its place`,
  });
}

/**
 * Decodes `source` from `start` to `end` (RFC 3986 2.1); `plusIsBlank` reads `+` as a blank. Raises ODATA_SYNTAX for what is not percent-encoded UTF-8.
 */
export function decodeUriPart(source: string, start: number, end: number, plusIsBlank: boolean): DecodedPart {
  const raw = source.slice(start, end);
  const plain = plusIsBlank && raw.includes('+') ? raw.replaceAll('+', ' ') : raw;
  if (!plain.includes('%')) return { text: plain, origin: { source, at: (position) => start + position } };
  return decodeEscapes(source, start, plain);
}

/** A character that needs several bytes is several escapes; all of it stands where the first does. */
function decodeEscapes(source: string, start: number, plain: string): DecodedPart {
  const pieces: string[] = [];
  /** Offset of each run without escapes, and of each escaped character: in the text, and in `plain`. */
  const marks: { readonly text: number; readonly plain: number }[] = [];
  let length = 0;
  let position = 0;
  while (position < plain.length) {
    marks.push({ text: length, plain: position });
    const percent = plain.indexOf('%', position);
    const runEnd = percent === -1 ? plain.length : percent;
    const next = runEnd > position ? runEnd : position + escapeLength(plain, position);
    const piece = runEnd > position ? plain.slice(position, next) : decodeOne(source, start, plain, position, next);
    pieces.push(piece);
    length += piece.length;
    position = next;
  }
  marks.push({ text: length, plain: plain.length });
  return {
    text: pieces.join(''),
    origin: {
      source,
      at(wanted) {
        const mark = lastMark(marks, wanted);
        const isRun = plain.charAt(mark.plain) !== '%';
        return start + mark.plain + (isRun ? wanted - mark.text : 0);
      },
    },
  };
}

/** The last mark at or before an offset of the text. */
function lastMark(marks: readonly { readonly text: number; readonly plain: number }[], wanted: number) {
  let low = 0;
  let high = marks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((marks[middle]?.text ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return marks[low] ?? { text: 0, plain: 0 };
}

/** Length of the escapes of one character, by its first byte (RFC 3629 3). */
function escapeLength(text: string, position: number): number {
  const first = Number.parseInt(text.slice(position + 1, position + 3), 16);
  if (first >= 0xf0) return 12;
  if (first >= 0xe0) return 9;
  return first >= 0xc0 ? 6 : 3;
}

function decodeOne(source: string, start: number, plain: string, position: number, end: number): string {
  try {
    return decodeURIComponent(plain.slice(position, end));
  } catch {
    throw new ODataSyntaxError({
      what: 'The request URI',
      source,
      position: start + position,
      found: foundAt(source, start + position),
      expected: 'percent-encoded UTF-8',
    });
  }
}
