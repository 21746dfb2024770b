/** Timestamps to text by .NET's format strings (reference 14.2). */

import { americanCulture, type DateCulture, dateCultureOf, invariantCulture } from './date-culture.ts';
import { type PatternToken, patternTokens } from './date-pattern.ts';
import { dateFormatLengthMax } from './limits.ts';
import { fieldsOfTicks, type Timestamp, type TimestampFields } from './timestamp.ts';

/** The round-trip format `o`, the default of all date functions: seven fractional digits. */
export function roundTripText(timestamp: Timestamp): string {
  const { year, month, day, hour, minute, second, fraction } = fieldsOfTicks(timestamp.ticks);
  const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
  const time = `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}.${digits(fraction, 7)}`;
  return `${date}T${time}${timestamp.isUtc ? 'Z' : ''}`;
}

/** The text of a timestamp; a complaint says what was expected of the format or the culture. */
export function formatTimestamp(
  timestamp: Timestamp,
  format: string,
  cultureName: string,
): { readonly text: string } | { readonly complaint: string } {
  if (format.length > dateFormatLengthMax) {
    return { complaint: `a format of at most ${dateFormatLengthMax} characters` };
  }
  const culture = dateCultureOf(cultureName);
  if (culture === undefined) return { complaint: `a culture such as en-us; '${cultureName}' is none` };
  const pattern = patternOf(format, culture);
  if (pattern === undefined) return { complaint: `a date format; '${format}' is no standard one` };
  const tokens = patternTokens(pattern);
  if (tokens === undefined) return { complaint: 'a date format whose quotes are closed' };
  if (tokens.some((token) => token.kind === 'specifier' && /f/i.test(token.letter) && token.width > 7)) {
    return { complaint: 'a date format with at most seven digits of a second' };
  }
  return { text: tokensText(tokens, timestamp, isFixed(format) ? invariantCulture : culture) };
}

/** The custom pattern of a format; undefined for a single letter that is no standard format. */
export function patternOf(format: string, culture: DateCulture = americanCulture): string | undefined {
  return format.length === 1 ? culture.patterns.get(format) : format;
}

/** True for the standard formats that are the same in every culture. */
export function isFixed(format: string): boolean {
  return /^[oOrRsu]$/.test(format);
}

function tokensText(tokens: readonly PatternToken[], timestamp: Timestamp, culture: DateCulture): string {
  const fields = fieldsOfTicks(timestamp.ticks);
  const declined = tokens.some((token) => token.kind === 'specifier' && token.letter === 'd' && token.width <= 2);
  let text = '';
  for (const token of tokens) {
    if (token.kind === 'literal') text += token.text;
    else if (token.letter === 'F') {
      const shown = fractionText(fields, token.width).replace(/0+$/, '');
      // The point before an empty fraction goes with it.
      text = shown === '' ? text.replace(/\.$/, '') : text + shown;
    } else text += specifierText(token.letter, token.width, { fields, culture, declined, isUtc: timestamp.isUtc });
  }
  return text;
}

interface Shown {
  readonly fields: TimestampFields;
  readonly culture: DateCulture;
  /** A day number stands beside the month, so that the month's name takes the form that a date needs. */
  readonly declined: boolean;
  readonly isUtc: boolean;
}

function specifierText(letter: string, width: number, { fields, culture, declined, isUtc }: Shown): string {
  const padded = (value: number) => digits(value, Math.min(width, 2));
  switch (letter) {
    case 'd':
      if (width <= 2) return padded(fields.day);
      return (width === 3 ? culture.daysShort : culture.days)[fields.dayOfWeek] ?? '';
    case 'f':
      return fractionText(fields, width);
    case 'g':
      return 'A.D.';
    case 'h':
      return padded(fields.hour % 12 === 0 ? 12 : fields.hour % 12);
    case 'H':
      return padded(fields.hour);
    case 'K':
      return isUtc ? 'Z' : '';
    case 'm':
      return padded(fields.minute);
    case 'M':
      if (width <= 2) return padded(fields.month);
      return (
        (width === 3 ? culture.monthsShort : declined ? culture.months : culture.monthsAlone)[fields.month - 1] ?? ''
      );
    case 's':
      return padded(fields.second);
    case 't':
      return (fields.hour < 12 ? culture.am : culture.pm).slice(0, width === 1 ? 1 : undefined);
    case 'y':
      return width <= 2 ? padded(fields.year % 100) : digits(fields.year, width);
    case ':':
      return culture.timeSeparator;
    case '/':
      return culture.dateSeparator;
    default:
      return width === 1 ? '+0' : width === 2 ? '+00' : '+00:00';
  }
}

function fractionText(fields: TimestampFields, width: number): string {
  return digits(fields.fraction, 7).slice(0, Math.min(width, 7));
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
