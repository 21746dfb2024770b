/** Date and time functions on timestamps without zone conversion (reference 8.7). */

import { formatTimestamp, roundTripText } from '../format-timestamp.ts';
import { parseTimestamp } from '../parse-timestamp.ts';
import {
  addMonths,
  fieldsOfTicks,
  type Timestamp,
  ticksMax,
  ticksPerDay,
  ticksPerHour,
  ticksPerMinute,
  ticksPerSecond,
} from '../timestamp.ts';
import type { Value } from '../value.ts';
import {
  argumentError,
  callError,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  integerArgument,
  optionalText,
  textArgument,
  volatileFunction,
} from './function.ts';

export const dateTimeFunctions: readonly ExpressionFunction[] = [
  volatileFunction('utcNow(format?)', (call) => format(call, now(call), 0)),
  eager('addSeconds(timestamp, seconds, format?)', (call) => format(call, shift(call, ticksPerSecond), 2)),
  eager('addMinutes(timestamp, minutes, format?)', (call) => format(call, shift(call, ticksPerMinute), 2)),
  eager('addHours(timestamp, hours, format?)', (call) => format(call, shift(call, ticksPerHour), 2)),
  eager('addDays(timestamp, days, format?)', (call) => format(call, shift(call, ticksPerDay), 2)),
  eager('addToTime(timestamp, interval, timeUnit, format?)', (call) =>
    format(call, add(call, timestampArgument(call, 0), { interval: 1, unit: 2, sign: 1n }), 3),
  ),
  eager('subtractFromTime(timestamp, interval, timeUnit, format?)', (call) =>
    format(call, add(call, timestampArgument(call, 0), { interval: 1, unit: 2, sign: -1n }), 3),
  ),
  volatileFunction('getFutureTime(interval, timeUnit, format?)', (call) =>
    format(call, add(call, now(call), { interval: 0, unit: 1, sign: 1n }), 2),
  ),
  volatileFunction('getPastTime(interval, timeUnit, format?)', (call) =>
    format(call, add(call, now(call), { interval: 0, unit: 1, sign: -1n }), 2),
  ),
  eager('formatDateTime(timestamp, format?, locale?)', (call) => format(call, timestampArgument(call, 0), 1)),
  eager('startOfHour(timestamp, format?)', (call) => format(call, truncated(call, ticksPerHour), 1)),
  eager('startOfDay(timestamp, format?)', (call) => format(call, truncated(call, ticksPerDay), 1)),
  eager('startOfMonth(timestamp, format?)', (call) => format(call, startOfMonth(call), 1)),
  eager('dayOfWeek(timestamp)', (call) => BigInt(fieldsOfTicks(timestampArgument(call, 0).ticks).dayOfWeek)),
  eager('dayOfMonth(timestamp)', (call) => BigInt(fieldsOfTicks(timestampArgument(call, 0).ticks).day)),
  eager('dayOfYear(timestamp)', (call) => BigInt(fieldsOfTicks(timestampArgument(call, 0).ticks).dayOfYear)),
  eager('ticks(timestamp)', (call) => timestampArgument(call, 0).ticks),
  eager('dateDifference(startDate, endDate)', dateDifference),
];

function now(call: FunctionCall): Timestamp {
  return { ticks: call.scope.moment.nowTicks(), isUtc: true };
}

function timestampArgument(call: FunctionCall, index: number): Timestamp {
  const text = textArgument(call, index);
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined) throw argumentError(call, index, text, 'a timestamp such as 2026-01-31T08:00:00Z');
  return timestamp;
}

function format(call: FunctionCall, timestamp: Timestamp, formatIndex: number): Value {
  const pattern = optionalText(call, formatIndex, '');
  const culture = optionalText(call, formatIndex + 1, 'en-us');
  if (pattern === '' && call.arguments.length <= formatIndex + 1) return roundTripText(timestamp);
  const result = formatTimestamp(timestamp, pattern === '' ? 'o' : pattern, culture);
  if ('complaint' in result) throw callError(call, `expected ${result.complaint}`);
  return result.text;
}

function shift(call: FunctionCall, unit: bigint): Timestamp {
  return moved(call, timestampArgument(call, 0), integerArgument(call, 1) * unit);
}

function moved(call: FunctionCall, timestamp: Timestamp, by: bigint): Timestamp {
  return inRange(call, timestamp.ticks + by, timestamp);
}

function inRange(call: FunctionCall, ticks: bigint | undefined, like: Timestamp): Timestamp {
  if (ticks === undefined || ticks < 0n || ticks > ticksMax) {
    throw callError(call, 'the result is outside the years 1 to 9999');
  }
  return { ticks, isUtc: like.isUtc };
}

const unitTicks: ReadonlyMap<string, bigint> = new Map([
  ['second', ticksPerSecond],
  ['minute', ticksPerMinute],
  ['hour', ticksPerHour],
  ['day', ticksPerDay],
  ['week', ticksPerDay * 7n],
]);

function add(
  call: FunctionCall,
  timestamp: Timestamp,
  at: { readonly interval: number; readonly unit: number; readonly sign: 1n | -1n },
): Timestamp {
  const interval = integerArgument(call, at.interval) * at.sign;
  const unit = textArgument(call, at.unit);
  const ticks = unitTicks.get(unit.toLowerCase());
  if (ticks !== undefined) return moved(call, timestamp, interval * ticks);
  const months = /^month$/i.test(unit) ? interval : /^year$/i.test(unit) ? interval * 12n : undefined;
  if (months === undefined) {
    throw argumentError(call, at.unit, unit, 'one of Second, Minute, Hour, Day, Week, Month, Year');
  }
  return inRange(call, addMonths(timestamp.ticks, Number(months)), timestamp);
}

function truncated(call: FunctionCall, unit: bigint): Timestamp {
  const timestamp = timestampArgument(call, 0);
  return { ...timestamp, ticks: timestamp.ticks - (timestamp.ticks % unit) };
}

function startOfMonth(call: FunctionCall): Timestamp {
  const day = truncated(call, ticksPerDay);
  return { ...day, ticks: day.ticks - BigInt(fieldsOfTicks(day.ticks).day - 1) * ticksPerDay };
}

/** The text of a .NET TimeSpan: `[-][d.]hh:mm:ss[.fffffff]`. */
function dateDifference(call: FunctionCall): Value {
  const difference = timestampArgument(call, 1).ticks - timestampArgument(call, 0).ticks;
  const span = difference < 0n ? -difference : difference;
  const days = span / ticksPerDay;
  const two = (value: bigint) => value.toString().padStart(2, '0');
  const clock = [(span / ticksPerHour) % 24n, (span / ticksPerMinute) % 60n, (span / ticksPerSecond) % 60n].map(two);
  const fraction = span % ticksPerSecond;
  return (
    (difference < 0n ? '-' : '') +
    (days > 0n ? `${days}.` : '') +
    clock.join(':') +
    (fraction > 0n ? `.${fraction.toString().padStart(7, '0')}` : '')
  );
}
