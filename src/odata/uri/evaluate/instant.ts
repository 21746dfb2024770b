/** Dates, times and durations as numbers that compare. */

/**
 * A point in time, or a length of time: microseconds as a number, or picoseconds as a bigint where the text has more
 * than six digits behind the second.
 */
export type Instant = number | bigint;

/** The instant of an `Edm.DateTimeOffset`; a date alone is midnight UTC. Undefined for any other text. */
export function instantOf(text: string): Instant | undefined {
  return plainInstant(text) ?? generalInstant(text);
}

/** Days since 1970-01-01 of an `Edm.Date`; of a longer text its date counts. */
export function dayOf(text: string): number | undefined {
  const match = /^(-?\d{4,})-(\d\d)-(\d\d)/.exec(text);
  return match === null ? undefined : dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Microseconds since midnight of an `Edm.TimeOfDay`. */
export function timeOf(text: string): Instant | undefined {
  const match = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?$/.exec(text);
  if (match === null) return undefined;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  return withFraction(seconds, match[4] ?? '');
}

/** The length of an `Edm.Duration`. */
export function durationOf(text: string): Instant | undefined {
  const match = /^([+-]?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/i.exec(text);
  if (match === null) return undefined;
  const [, sign, days = 0, hours = 0, minutes = 0, seconds = 0, fraction = ''] = match;
  const whole = Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const length = withFraction(whole, fraction);
  return length === undefined || sign !== '-' || length === 0 ? length : -length;
}

/** Negative, zero or positive as `left` is before, at or after `right`. */
export function compareInstants(left: Instant, right: Instant): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const difference = picoseconds(left) - picoseconds(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const zero = 48;

/** `2026-07-30T12:00:00Z`, the form of nearly all texts, without a regular expression. */
function plainInstant(text: string): number | undefined {
  if (text.length !== 20 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[19] !== 'Z')
    return undefined;
  if (text[13] !== ':' || text[16] !== ':') return undefined;
  const day = dayNumber(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8));
  const seconds = twoDigits(text, 11) * 3600 + twoDigits(text, 14) * 60 + twoDigits(text, 17);
  const instant = (day * 86_400 + seconds) * 1_000_000;
  return Number.isSafeInteger(instant) ? instant : undefined;
}

/** Two digits as a number; NaN when they are none. */
function twoDigits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - zero;
  const ones = text.charCodeAt(index + 1) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const generalPattern =
  /^(-?\d{4,})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):(\d\d)))?$/i;

function generalInstant(text: string): Instant | undefined {
  const match = generalPattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', sign, offsetHour, offsetMinute] = match;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const offset = (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0)) * (sign === '-' ? -60 : 60);
  return withFraction(dayNumber(Number(year), Number(month), Number(day)) * 86_400 + seconds - offset, fraction);
}

/** Seconds and the digits behind their point; a number only where it is exact. Undefined beyond all calendars. */
function withFraction(seconds: number, digits: string): Instant | undefined {
  if (!Number.isSafeInteger(seconds)) return undefined;
  const significant = digits.replace(/0+$/, '');
  if (significant.length <= 6) {
    const microseconds = seconds * 1_000_000 + Number(significant.padEnd(6, '0'));
    if (Number.isSafeInteger(microseconds)) return microseconds;
  }
  return BigInt(seconds) * 1_000_000_000_000n + BigInt(significant.slice(0, 12).padEnd(12, '0'));
}

/** The exact number of picoseconds. */
export function picoseconds(instant: Instant): bigint {
  return typeof instant === 'bigint' ? instant : BigInt(instant) * 1_000_000n;
}

/** Days since 1970-01-01 in the Gregorian calendar: years begin in March, so that the leap day ends one. */
export function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
