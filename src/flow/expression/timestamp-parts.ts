/** Timestamps from what a text says of them: any part may be missing. */

import { fieldsOfTicks, type Timestamp, ticksMax, ticksOfFields, ticksPerMinute } from './timestamp.ts';

/** What was read; a reader fills it. */
export interface DateParts {
  year?: number;
  month?: number;
  day?: number;
  /** Sunday is 0; checked against the date. */
  dayOfWeek?: number;
  hour?: number;
  /** 1 to 12. */
  hour12?: number;
  isPm?: boolean;
  minute?: number;
  second?: number;
  fraction?: number;
  /** Ahead of UTC. */
  offsetMinutes?: number;
}

/** The year that two digits stand for: .NET's window ends in 2049. */
export function fullYear(twoDigits: number): number {
  return twoDigits + (twoDigits < 50 ? 2000 : 1900);
}

/**
 * The timestamp of the parts, in UTC where there is an offset. A missing time is midnight, a missing month or day the
 * first; a missing date is that of `today`, a missing year its year. Undefined when there is no such time.
 */
export function buildTimestamp(parts: DateParts, today: () => bigint): Timestamp | undefined {
  const hour = hourOf(parts);
  if (hour === undefined) return undefined;
  const { year, month, day } = dateOf(parts, today);
  const { minute = 0, second = 0, fraction = 0 } = parts;
  const ticks = ticksOfFields({ year, month, day, hour, minute, second, fraction });
  if (ticks === undefined) return undefined;
  if (parts.dayOfWeek !== undefined && fieldsOfTicks(ticks).dayOfWeek !== parts.dayOfWeek) return undefined;
  if (Math.abs(parts.offsetMinutes ?? 0) > 14 * 60) return undefined;
  const utc = ticks - BigInt(parts.offsetMinutes ?? 0) * ticksPerMinute;
  return utc < 0n || utc > ticksMax ? undefined : { ticks: utc, isUtc: parts.offsetMinutes !== undefined };
}

function hourOf({ hour, hour12, isPm }: DateParts): number | undefined {
  if (hour12 === undefined && (isPm === undefined || hour === undefined)) return hour ?? (isPm ? 12 : 0);
  const written = hour12 ?? hour ?? 0;
  if (hour !== undefined && hour12 === undefined && hour > 12) return isPm ? hour : undefined;
  if (hour12 !== undefined && (written < 1 || written > 12)) return undefined;
  return (written % 12) + (isPm ? 12 : 0);
}

function dateOf(parts: DateParts, today: () => bigint): { year: number; month: number; day: number } {
  const { year, month, day } = parts;
  if (year !== undefined) return { year, month: month ?? 1, day: day ?? 1 };
  const now = fieldsOfTicks(today());
  if (month === undefined && day === undefined) return now;
  return { year: now.year, month: month ?? 1, day: day ?? 1 };
}
