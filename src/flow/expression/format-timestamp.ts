/** Timestamps to text by .NET's format strings (reference 14.2). */

import { dateFormatLengthMax } from './limits.ts';
import { isCulture } from './number-text.ts';
import { epochMsOfTicks, fieldsOfTicks, type Timestamp, type TimestampFields } from './timestamp.ts';

/** The round-trip format `o`, the default of all date functions: seven fractional digits. */
export function roundTripText(timestamp: Timestamp): string {
  return custom(timestamp, "yyyy-MM-dd'T'HH:mm:ss.fffffffK", 'en-us') ?? '';
}

/** The text of a timestamp; a string says what is wrong with the format or the culture. */
export function formatTimestamp(
  timestamp: Timestamp,
  format: string,
  culture: string,
): { readonly text: string } | { readonly complaint: string } {
  if (format.length > dateFormatLengthMax)
    return { complaint: `a format of at most ${dateFormatLengthMax} characters` };
  const known = culture === '' ? 'en-us' : culture.toLowerCase();
  if (known !== 'en-us' && !isCulture(known)) return { complaint: `a culture such as en-us; '${culture}' is none` };
  const pattern = format.length === 1 ? standardPatterns.get(format) : format.replace(/^%(?=.$)/s, '');
  if (pattern === undefined) return { complaint: `a date format; '${format}' is no standard one` };
  if (format.length === 1 && !/^[oOrRsu]$/.test(format) && !known.startsWith('en')) {
    return { complaint: `a culture of English for the standard format '${format}', or a custom format` };
  }
  const text = custom(timestamp, pattern, /^[oOrRsu]$/.test(format) ? 'en-us' : known);
  return text === undefined ? { complaint: 'a date format whose quotes are closed' } : { text };
}

const standardPatterns: ReadonlyMap<string, string> = new Map([
  ['d', 'M/d/yyyy'],
  ['D', 'dddd, MMMM d, yyyy'],
  ['f', 'dddd, MMMM d, yyyy h:mm tt'],
  ['F', 'dddd, MMMM d, yyyy h:mm:ss tt'],
  ['g', 'M/d/yyyy h:mm tt'],
  ['G', 'M/d/yyyy h:mm:ss tt'],
  ['M', 'MMMM d'],
  ['m', 'MMMM d'],
  ['O', "yyyy-MM-dd'T'HH:mm:ss.fffffffK"],
  ['o', "yyyy-MM-dd'T'HH:mm:ss.fffffffK"],
  ['R', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"],
  ['r', "ddd, dd MMM yyyy HH:mm:ss 'GMT'"],
  ['s', "yyyy-MM-dd'T'HH:mm:ss"],
  ['t', 'h:mm tt'],
  ['T', 'h:mm:ss tt'],
  ['u', "yyyy-MM-dd HH:mm:ss'Z'"],
  ['U', 'dddd, MMMM d, yyyy h:mm:ss tt'],
  ['Y', 'MMMM yyyy'],
  ['y', 'MMMM yyyy'],
]);

const pieces = /(d+|f+|F+|g+|h+|H+|K|m+|M+|s+|t+|y+|z+)|"([^"]*)"|'([^']*)'|\\(.)|%(?=.)|(["'])|([\s\S])/g;

/** Undefined when a quote is left open. */
function custom(timestamp: Timestamp, pattern: string, culture: string): string | undefined {
  const fields = fieldsOfTicks(timestamp.ticks);
  let text = '';
  for (const [, specifier, doubleQuoted, singleQuoted, escaped, openQuote, other] of pattern.matchAll(pieces)) {
    if (openQuote !== undefined) return undefined;
    if (specifier === undefined) {
      const separator = other === '/' && !culture.startsWith('en') ? dateSeparator(culture) : other;
      text += doubleQuoted ?? singleQuoted ?? escaped ?? separator ?? '';
    } else if (/^F/.test(specifier)) {
      const digits = fractionText(fields, specifier.length).replace(/0+$/, '');
      // The point before an empty fraction goes with it.
      text = digits === '' ? text.replace(/\.$/, '') : text + digits;
    } else text += specifierText(specifier, timestamp, fields, culture);
  }
  return text;
}

function specifierText(specifier: string, timestamp: Timestamp, fields: TimestampFields, culture: string): string {
  const width = specifier.length;
  const padded = (value: number) => String(value).padStart(Math.min(width, 2), '0');
  switch (specifier[0]) {
    case 'd':
      return width <= 2 ? padded(fields.day) : dayName(timestamp, width === 3 ? 'short' : 'long', culture);
    case 'f':
      return fractionText(fields, width);
    case 'g':
      return 'A.D.';
    case 'h':
      return padded(fields.hour % 12 === 0 ? 12 : fields.hour % 12);
    case 'H':
      return padded(fields.hour);
    case 'K':
      return timestamp.isUtc ? 'Z' : '';
    case 'm':
      return padded(fields.minute);
    case 'M':
      return width <= 2 ? padded(fields.month) : monthName(timestamp, width === 3 ? 'short' : 'long', culture);
    case 's':
      return padded(fields.second);
    case 't':
      return (fields.hour < 12 ? 'AM' : 'PM').slice(0, width === 1 ? 1 : 2);
    case 'y':
      return width <= 2 ? padded(fields.year % 100) : String(fields.year).padStart(width, '0');
    default:
      return width === 1 ? '+0' : width === 2 ? '+00' : '+00:00';
  }
}

function fractionText(fields: TimestampFields, width: number): string {
  return String(fields.fraction).padStart(7, '0').slice(0, Math.min(width, 7));
}

const englishDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

function dayName(timestamp: Timestamp, width: 'short' | 'long', culture: string): string {
  if (culture.startsWith('en')) {
    const name = englishDays[fieldsOfTicks(timestamp.ticks).dayOfWeek] ?? '';
    return width === 'short' ? name.slice(0, 3) : name;
  }
  return datePart(timestamp, culture, 'weekday', { weekday: width });
}

const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

function monthName(timestamp: Timestamp, width: 'short' | 'long', culture: string): string {
  if (culture.startsWith('en')) {
    const name = englishMonths[fieldsOfTicks(timestamp.ticks).month - 1] ?? '';
    return width === 'short' ? name.slice(0, 3) : name;
  }
  // With the day beside it, a month takes the form that a date needs, as in .NET.
  return datePart(timestamp, culture, 'month', { month: width, day: 'numeric' });
}

function datePart(
  timestamp: Timestamp,
  culture: string,
  type: Intl.DateTimeFormatPartTypes,
  options: Intl.DateTimeFormatOptions,
): string {
  const format = new Intl.DateTimeFormat(culture, { ...options, timeZone: 'UTC' });
  const parts = format.formatToParts(epochMsOfTicks(timestamp.ticks));
  return parts.find((part) => part.type === type)?.value ?? '';
}

function dateSeparator(culture: string): string {
  const format = new Intl.DateTimeFormat(culture, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
  });
  return (
    format
      .formatToParts(0)
      .find((part) => part.type === 'literal')
      ?.value.trim() ?? '/'
  );
}
