/** Date and time functions on timestamps without zone conversion (reference 8.7). */

import { americanCulture, dateCultureOf } from '../date-culture.ts';
import { roundTripText } from '../format-timestamp.ts';
import { parseCultureTimestamp } from '../parse-culture-timestamp.ts';
import { parseExactTimestamp } from '../parse-exact-timestamp.ts';
import { parseTimestamp } from '../parse-timestamp.ts';
import { formatTimeSpan, parseTimeSpan, timeSpanText } from '../time-span.ts';
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
import { formatted, timestampArgument } from './date-argument.ts';
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
  volatileFunction('utcNow(format?)', (call) => formatted(call, now(call), 0)),
  eager('addSeconds(timestamp, seconds, format?)', (call) => formatted(call, shift(call, ticksPerSecond), 2)),
  eager('addMinutes(timestamp, minutes, format?)', (call) => formatted(call, shift(call, ticksPerMinute), 2)),
  eager('addHours(timestamp, hours, format?)', (call) => formatted(call, shift(call, ticksPerHour), 2)),
  eager('addDays(timestamp, days, format?)', (call) => formatted(call, shift(call, ticksPerDay), 2)),
  eager('addToTime(timestamp, interval, timeUnit, format?)', (call) =>
    formatted(call, add(call, timestampArgument(call, 0), { interval: 1, unit: 2, sign: 1n }), 3),
  ),
  eager('subtractFromTime(timestamp, interval, timeUnit, format?)', (call) =>
    formatted(call, add(call, timestampArgument(call, 0), { interval: 1, unit: 2, sign: -1n }), 3),
  ),
  volatileFunction('getFutureTime(interval, timeUnit, format?)', (call) =>
    formatted(call, add(call, now(call), { interval: 0, unit: 1, sign: 1n }), 2),
  ),
  volatileFunction('getPastTime(interval, timeUnit, format?)', (call) =>
    formatted(call, add(call, now(call), { interval: 0, unit: 1, sign: -1n }), 2),
  ),
  eager('formatDateTime(timestamp, format?, locale?)', (call) => formatted(call, timestampArgument(call, 0), 1)),
  eager('startOfHour(timestamp, format?)', (call) => formatted(call, truncated(call, ticksPerHour), 1)),
  eager('startOfDay(timestamp, format?)', (call) => formatted(call, truncated(call, ticksPerDay), 1)),
  eager('startOfMonth(timestamp, format?)', (call) => formatted(call, startOfMonth(call), 1)),
  eager('dayOfWeek(timestamp)', (call) => BigInt(fieldsOfTicks(timestampArgument(call, 0).ticks).dayOfWeek)),
  eager('dayOfMonth(timestamp)', (call) => BigInt(fieldsOfTicks(timestampArgument(call, 0).ticks).day)),
  eager('dayOfYear(timestamp)', (call) => BigInt(fieldsOfTicks(timestampArgument(call, 0).ticks).dayOfYear)),
  eager('ticks(timestamp)', (call) => timestampArgument(call, 0).ticks),
  eager('dateDifference(startDate, endDate)', dateDifference),
  eager('parseDateTime(text, locale?, format?)', parseDateTime),
  eager('formatTimeSpan(timeSpan, format, culture?)', timeSpan),
];

function now(call: FunctionCall): Timestamp {
  return { ticks: call.scope.moment.nowTicks(), isUtc: true };
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

function dateDifference(call: FunctionCall): Value {
  return timeSpanText(timestampArgument(call, 1).ticks - timestampArgument(call, 0).ticks);
}

function parseDateTime(call: FunctionCall): Value {
  const text = textArgument(call, 0);
  const cultureName = optionalText(call, 1, 'en-us');
  const culture = dateCultureOf(cultureName);
  if (culture === undefined) throw argumentError(call, 1, cultureName, 'a culture such as fr-fr');
  const format = optionalText(call, 2, '');
  const today = () => call.scope.moment.nowTicks();
  const timestamp =
    format !== ''
      ? parseExactTimestamp(text, format, culture, today)
      : ((culture === americanCulture ? parseTimestamp(text) : undefined) ??
        parseCultureTimestamp(text, culture, today));
  if (timestamp === undefined) {
    throw argumentError(
      call,
      0,
      text,
      format === '' ? `a timestamp of ${cultureName}` : `a timestamp of the format '${format}'`,
    );
  }
  return roundTripText(timestamp);
}

function timeSpan(call: FunctionCall): Value {
  const text = textArgument(call, 0);
  const ticks = parseTimeSpan(text);
  if (ticks === undefined) throw argumentError(call, 0, text, 'a time span such as 1.02:03:04.5000000');
  const format = textArgument(call, 1);
  const result = formatTimeSpan(ticks, format, optionalText(call, 2, ''));
  if (result === undefined)
    throw argumentError(call, 1, format, 'a format of time spans such as c or hh\\:mm, and a culture');
  return result;
}
