/** Points in time as .NET's DateTime: ticks of 100 ns in the proleptic Gregorian calendar (reference 8.7). */

/** `isUtc` false: no zone was written. */
export interface Timestamp {
  /** Since 0001-01-01T00:00:00. */
  readonly ticks: bigint;
  readonly isUtc: boolean;
}

/** A timestamp taken apart. */
export interface TimestampFields {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1 to 366. */
  readonly dayOfYear: number;
  /** Sunday is 0. */
  readonly dayOfWeek: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Seven digits of the second: 0 to 9,999,999. */
  readonly fraction: number;
}

export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 600_000_000n;
export const ticksPerHour = 36_000_000_000n;
export const ticksPerDay = 864_000_000_000n;
/** Ticks of 1970-01-01T00:00:00. */
export const unixEpochTicks = 621_355_968_000_000_000n;
/** The last tick of the year 9999. */
export const ticksMax = 3_155_378_975_999_999_999n;

/** Ticks of a time in milliseconds since 1970. */
export function ticksOfEpochMs(epochMs: number): bigint {
  return unixEpochTicks + BigInt(Math.floor(epochMs)) * 10_000n;
}

/** Milliseconds since 1970 of ticks, rounded down. */
export function epochMsOfTicks(ticks: bigint): number {
  const sinceEpoch = ticks - unixEpochTicks;
  const milliseconds = sinceEpoch / 10_000n;
  return Number(sinceEpoch % 10_000n < 0n ? milliseconds - 1n : milliseconds);
}

/** Ticks of a date and time; undefined when there is no such day or time. */
export function ticksOfFields(fields: Omit<TimestampFields, 'dayOfYear' | 'dayOfWeek'>): bigint | undefined {
  const { year, month, day, hour, minute, second, fraction } = fields;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const seconds = (hour * 60 + minute) * 60 + second;
  return BigInt(dayNumber(year, month, day)) * ticksPerDay + BigInt(seconds) * ticksPerSecond + BigInt(fraction);
}

/** Date and time of ticks. */
export function fieldsOfTicks(ticks: bigint): TimestampFields {
  const days = Number(ticks / ticksPerDay);
  const inDay = Number(ticks % ticksPerDay);
  const seconds = Math.floor(inDay / 10_000_000);
  // Named one by one: an object spread into another takes a hundred times as long.
  const { year, month, day } = dateOfDayNumber(days);
  return {
    year,
    month,
    day,
    dayOfYear: days - dayNumber(year, 1, 1) + 1,
    // Day 0, 0001-01-01, was a Monday.
    dayOfWeek: (days + 1) % 7,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    fraction: inDay % 10_000_000,
  };
}

/** Ticks that many months later; the day is held to the month's last. Undefined outside the years 1 to 9999. */
export function addMonths(ticks: bigint, months: number): bigint | undefined {
  const fields = fieldsOfTicks(ticks);
  const index = fields.year * 12 + fields.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = (((index % 12) + 12) % 12) + 1;
  if (year < 1 || year > 9999) return undefined;
  return ticksOfFields({ ...fields, year, month, day: Math.min(fields.day, daysInMonth(year, month)) });
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 0001-01-01. Years begin in March here, so that the leap day is the last of its year. */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((marchMonth * 153 + 2) / 5) + day - 1 - 306;
}

function dateOfDayNumber(days: number): Pick<TimestampFields, 'year' | 'month' | 'day'> {
  const shifted = days + 306;
  const era = Math.floor(shifted / 146_097);
  const inEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * inYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: inYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}
