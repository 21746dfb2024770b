/** Text to timestamps by a format, as .NET's ParseExact does it (reference 8.7, 14.2). */

import { type DateCulture, invariantCulture } from './date-culture.ts';
import { patternTokens } from './date-pattern.ts';
import { isFixed, patternOf } from './format-timestamp.ts';
import { dateFormatLengthMax } from './limits.ts';
import type { Timestamp } from './timestamp.ts';
import { buildTimestamp, type DateParts, fullYear } from './timestamp-parts.ts';

/**
 * The timestamp that a text is in a format. A date that the format lacks is `today`'s. Undefined when the text does not
 * follow the format, or the format is none.
 */
export function parseExactTimestamp(
  text: string,
  format: string,
  culture: DateCulture,
  today: () => bigint,
): Timestamp | undefined {
  if (format.length > dateFormatLengthMax || text.length > dateFormatLengthMax) return undefined;
  const pattern = patternOf(format, culture);
  const tokens = pattern === undefined ? undefined : patternTokens(pattern);
  if (tokens === undefined) return undefined;
  const reader: Reader = { text, position: 0, culture: isFixed(format) ? invariantCulture : culture, parts: {} };
  for (const token of tokens) {
    const isRead =
      token.kind === 'literal' ? skip(reader, token.text) : readSpecifier(reader, token.letter, token.width);
    if (!isRead) return undefined;
  }
  if (reader.position < text.length) return undefined;
  // The formats R, u and U name UTC without a specifier for it.
  if (/^[RruU]$/.test(format)) reader.parts.offsetMinutes = 0;
  return buildTimestamp(reader.parts, today);
}

interface Reader {
  readonly text: string;
  position: number;
  readonly culture: DateCulture;
  readonly parts: DateParts;
}

function readSpecifier(reader: Reader, letter: string, width: number): boolean {
  const { parts, culture } = reader;
  switch (letter) {
    case 'd':
      if (width > 2) return readName(reader, 'dayOfWeek', width === 3 ? culture.daysShort : culture.days);
      return readNumber(reader, 'day', width, 2);
    case 'M':
      if (width <= 2) return readNumber(reader, 'month', width, 2);
      if (width === 3) return readName(reader, 'month', culture.monthsShort, 1);
      return readName(reader, 'month', culture.months, 1) || readName(reader, 'month', culture.monthsAlone, 1);
    case 'y':
      if (!readNumber(reader, 'year', width <= 2 ? width : Math.min(width, 4), width <= 2 ? 2 : Math.max(width, 4))) {
        return false;
      }
      if (width <= 2) parts.year = fullYear(parts.year ?? 0);
      return true;
    case 'h':
      return readNumber(reader, 'hour12', Math.min(width, 2), 2);
    case 'H':
      return readNumber(reader, 'hour', Math.min(width, 2), 2);
    case 'm':
      return readNumber(reader, 'minute', Math.min(width, 2), 2);
    case 's':
      return readNumber(reader, 'second', Math.min(width, 2), 2);
    case 'f':
    case 'F':
      return readFraction(reader, width, letter === 'f');
    case 't':
      return readHalf(reader, width);
    case 'K':
      return readZone(reader, true);
    case 'z':
      return readZone(reader, false);
    case 'g':
      return skip(reader, 'A.D.') || skip(reader, 'AD');
    case ':':
      return skip(reader, culture.timeSeparator);
    default:
      return skip(reader, culture.dateSeparator);
  }
}

function skip(reader: Reader, expected: string): boolean {
  if (!reader.text.startsWith(expected, reader.position)) return false;
  reader.position += expected.length;
  return true;
}

type NumberPart = 'year' | 'month' | 'day' | 'hour' | 'hour12' | 'minute' | 'second';

function readNumber(reader: Reader, part: NumberPart, widthMin: number, widthMax: number): boolean {
  const digits = digitsAt(reader, widthMax);
  if (digits.length < widthMin) return false;
  reader.position += digits.length;
  reader.parts[part] = Number(digits);
  return true;
}

function digitsAt({ text, position }: Reader, widthMax: number): string {
  return /^\d*/.exec(text.slice(position, position + widthMax))?.[0] ?? '';
}

function readFraction(reader: Reader, width: number, isExact: boolean): boolean {
  const digits = digitsAt(reader, Math.min(width, 7));
  if (isExact && digits.length < Math.min(width, 7)) return false;
  reader.position += digits.length;
  reader.parts.fraction = Number(digits.padEnd(7, '0'));
  return true;
}

function readName(reader: Reader, part: 'month' | 'dayOfWeek', names: readonly string[], first = 0): boolean {
  const rest = reader.text.slice(reader.position).toLowerCase();
  // The longest name wins: one may begin another.
  let found = -1;
  names.forEach((name, index) => {
    if (name !== '' && rest.startsWith(name.toLowerCase()) && name.length > (names[found]?.length ?? 0)) found = index;
  });
  if (found < 0) return false;
  reader.position += names[found]?.length ?? 0;
  reader.parts[part] = found + first;
  return true;
}

function readHalf(reader: Reader, width: number): boolean {
  const { am, pm } = reader.culture;
  for (const [name, isPm] of [
    [am, false],
    [pm, true],
  ] as const) {
    const written = width === 1 ? name.slice(0, 1) : name;
    const found = reader.text.slice(reader.position, reader.position + written.length);
    if (found.toLowerCase() !== written.toLowerCase()) continue;
    reader.position += written.length;
    reader.parts.isPm = isPm;
    return true;
  }
  return false;
}

/** A zone; with `K` it may also be `Z`, or nothing. */
function readZone(reader: Reader, isOptional: boolean): boolean {
  if (isOptional && skip(reader, 'Z')) {
    reader.parts.offsetMinutes = 0;
    return true;
  }
  const match = /^([+-])(\d{1,2})(?::?(\d{2}))?/.exec(reader.text.slice(reader.position, reader.position + 6));
  if (match === null) return isOptional;
  reader.position += match[0].length;
  reader.parts.offsetMinutes = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * (match[1] === '-' ? -1 : 1);
  return true;
}
