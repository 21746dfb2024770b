/** Functions that move timestamps between time zones (reference 8.7). */

import { localOfUtc, type TimeZone, timeZoneOf, utcOfLocal } from '../time-zone.ts';
import { type Timestamp, ticksMax } from '../timestamp.ts';
import type { Value } from '../value.ts';
import { formatted, timestampArgument } from './date-argument.ts';
import {
  argumentError,
  callError,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  textArgument,
} from './function.ts';

export const timeZoneFunctions: readonly ExpressionFunction[] = [
  eager('convertFromUtc(timestamp, destinationTimeZone, format?)', convertFromUtc),
  eager('convertToUtc(timestamp, sourceTimeZone, format?)', convertToUtc),
  eager('convertTimeZone(timestamp, sourceTimeZone, destinationTimeZone, format?)', convertTimeZone),
];

function convertFromUtc(call: FunctionCall): Value {
  const { ticks } = timestampArgument(call, 0);
  return formatted(call, inRange(call, localOfUtc(ticks, zoneArgument(call, 1)), false), 2);
}

function convertToUtc(call: FunctionCall): Value {
  return formatted(call, inRange(call, utcArgument(call), true), 2);
}

function convertTimeZone(call: FunctionCall): Value {
  const utc = utcArgument(call);
  return formatted(call, inRange(call, localOfUtc(utc, zoneArgument(call, 2)), false), 3);
}

/** The instant of a local time in the zone of argument 2; one that says it is UTC goes with no other zone. */
function utcArgument(call: FunctionCall): bigint {
  const timestamp = timestampArgument(call, 0);
  const zone = zoneArgument(call, 1);
  if (zone.isUtc) return timestamp.ticks;
  if (timestamp.isUtc) {
    throw argumentError(call, 0, textArgument(call, 0), `a local time of ${zone.name}, without Z and without offset`);
  }
  const utc = utcOfLocal(timestamp.ticks, zone);
  if (utc === undefined) throw callError(call, `there is no such local time in ${zone.name}: the clocks skip it`);
  return utc;
}

function zoneArgument(call: FunctionCall, index: number): TimeZone {
  const id = textArgument(call, index);
  const zone = timeZoneOf(id);
  if (zone === undefined) {
    throw argumentError(call, index, id, "a time zone such as 'Pacific Standard Time' or 'Europe/Berlin'");
  }
  return zone;
}

function inRange(call: FunctionCall, ticks: bigint, isUtc: boolean): Timestamp {
  if (ticks < 0n || ticks > ticksMax) throw callError(call, 'the result is outside the years 1 to 9999');
  return { ticks, isUtc };
}
