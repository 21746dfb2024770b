/** Text to timestamps: ISO 8601, and what .NET reads in its invariant culture (reference 8.7). */

import { type Timestamp, ticksMax, ticksOfFields, ticksPerMinute } from './timestamp.ts';
import { fullYear } from './timestamp-parts.ts';

const time = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,20}))?)?`;
const zone = String.raw`\s*(?<zone>Z|GMT|UTC|[+-]\d{2}:?\d{2})?`;
const twelveHour = String.raw`(?:\s*(?<half>[AP]M))?`;
const weekday = String.raw`(?:[A-Za-z]{3,9},?\s+)?`;
const month = '(?<monthName>[A-Za-z]{3,9})';

const patterns: readonly RegExp[] = [
  new RegExp(
    String.raw`^(?<year>\d{4})-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?(?:(?:T|\s+)${time}${twelveHour}${zone})?$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4}|\d{2})(?:\s+${time}${twelveHour}${zone})?$`,
    'i',
  ),
  new RegExp(String.raw`^(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})(?:\s+${time}${twelveHour}${zone})?$`, 'i'),
  new RegExp(
    String.raw`^${weekday}${month}\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})(?:\s+${time}${twelveHour}${zone})?$`,
    'i',
  ),
  new RegExp(
    String.raw`^${weekday}(?<day>\d{1,2})\s+${month},?\s+(?<year>\d{4})(?:\s+${time}${twelveHour}${zone})?$`,
    'i',
  ),
];

const monthNames: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Longest text of a timestamp, in characters. */
export const timestampLengthMax = 64;

/** The timestamp that a text is; one with an offset is turned to UTC. Undefined when it is none. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const trimmed = text.trim();
  if (trimmed.length > timestampLengthMax) return undefined;
  for (const pattern of patterns) {
    const groups = pattern.exec(trimmed)?.groups;
    if (groups !== undefined) return timestampOf(groups);
  }
  return undefined;
}

function timestampOf(groups: Readonly<Record<string, string | undefined>>): Timestamp | undefined {
  const hour = hourOf(Number(groups.hour ?? 0), groups.half?.toUpperCase());
  const monthNumber = groups.month === undefined ? monthOf(groups.monthName ?? '') : Number(groups.month);
  if (hour === undefined || monthNumber === undefined) return undefined;
  const ticks = ticksOfFields({
    year: groups.year?.length === 2 ? fullYear(Number(groups.year)) : Number(groups.year),
    month: monthNumber,
    day: Number(groups.day ?? 1),
    hour,
    minute: Number(groups.minute ?? 0),
    second: Number(groups.second ?? 0),
    fraction: Number((groups.fraction ?? '').slice(0, 7).padEnd(7, '0')),
  });
  const offset = offsetTicks(groups.zone);
  if (ticks === undefined || offset === undefined) return undefined;
  const utc = ticks - offset;
  return utc < 0n || utc > ticksMax ? undefined : { ticks: utc, isUtc: groups.zone !== undefined };
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'PM' ? 12 : 0);
}

function monthOf(name: string): number | undefined {
  const lowered = name.toLowerCase();
  const index = monthNames.findIndex((full) => full === lowered || full.slice(0, 3) === lowered);
  return index < 0 ? undefined : index + 1;
}

/** .NET knows no offset beyond 14 hours. */
const offsetMinutesMax = 14 * 60;

function offsetTicks(written: string | undefined): bigint | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(written ?? '');
  if (match === null) return 0n;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (minutes > offsetMinutesMax) return undefined;
  return BigInt(match[1] === '-' ? -minutes : minutes) * ticksPerMinute;
}
