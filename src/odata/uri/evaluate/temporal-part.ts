/** Parts of dates, times and durations (OData 4.01 URL 5.1.1.8). */

import { printDecimal } from '../../literal/decimal.ts';
import { durationOf, picoseconds } from './instant.ts';
import { type Numeric, numericOf } from './numeric.ts';

export type TemporalPart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** A part of a date, time, or date with time, in its own offset; null when it has no such. */
export function temporalPart(part: TemporalPart, text: string): number | null {
  const isDatePart = part === 'year' || part === 'month' || part === 'day';
  const match = isDatePart ? datePattern.exec(text) : timePattern.exec(text);
  const digits = match?.groups?.[part];
  if (digits !== undefined) return Number(digits);
  return part === 'second' && match !== null ? 0 : null;
}

/** The part of a second, from 0 up to 1; null for a text that holds no time. */
export function fractionalSeconds(text: string): Numeric | null {
  const match = timePattern.exec(text);
  if (match === null) return null;
  return numericOf(`0.${match.groups?.fraction ?? '0'}`) ?? null;
}

/** All the seconds of a duration. */
export function totalSeconds(text: string): Numeric | null {
  const length = durationOf(text);
  if (length === undefined) return null;
  return numericOf(printDecimal({ coefficient: picoseconds(length), scale: 12 })) ?? null;
}

/** The offset of a date with time, in minutes; undefined for a text without one. */
export function offsetMinutes(text: string): number | undefined {
  const match = /(?:Z|([+-])(\d\d):(\d\d))$/i.exec(text);
  if (match === null || timeAt(text) === -1) return undefined;
  const [, sign, hours = '0', minutes = '0'] = match;
  const offset = Number(hours) * 60 + Number(minutes);
  return sign === '-' && offset > 0 ? -offset : offset;
}

/** The date of a date with time, in its own offset. */
export function dateOf(text: string): string {
  const end = timeAt(text);
  return end === -1 ? text : text.slice(0, end);
}

/** Where the time of a date with time begins; -1 for a text without one. */
function timeAt(text: string): number {
  return text.search(/T/i);
}

/** The time of a date with time, in its own offset. */
export function timeOfDay(text: string): string {
  return /T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)/i.exec(text)?.[1] ?? '00:00:00';
}

/** The earliest and the latest point in time that a DateTimeOffset of four year digits holds. */
export const earliestInstant = '0001-01-01T00:00:00Z';
export const latestInstant = '9999-12-31T23:59:59.999999999999Z';

const datePattern = /^(?<year>-?\d{4,})-(?<month>\d\d)-(?<day>\d\d)/;
const timePattern = /^(?:[^T]*T)?(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d+))?)?/i;
