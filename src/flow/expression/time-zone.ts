/** Time zones by Windows id or IANA name, from the platform's own zone data (reference 8.7, 14.1). */

import { memo } from './memo.ts';
import { epochMsOfTicks, ticksPerDay, ticksPerSecond } from './timestamp.ts';
import { windowsTimeZones } from './windows-time-zones.ts';

/** A time zone that the platform knows. */
export interface TimeZone {
  /** IANA name. */
  readonly name: string;
  readonly isUtc: boolean;
  /** Ticks by which local time is ahead of UTC at an instant in UTC. */
  offsetAt(utcTicks: bigint): bigint;
}

const byLowerId: ReadonlyMap<string, string> = new Map(
  [...windowsTimeZones].map(([id, name]) => [id.toLowerCase(), name]),
);
const zoneOf = memo(createZone, 1024);

/** The zone of a Windows id or an IANA name, without regard to case; undefined for any other text. */
export function timeZoneOf(id: string): TimeZone | undefined {
  const windows = byLowerId.get(id.toLowerCase());
  if (windows !== undefined) return zoneOf(windows) ?? undefined;
  // Offsets such as +02:00 are zones to the platform and none here.
  return /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(id) ? (zoneOf(id.toLowerCase()) ?? undefined) : undefined;
}

/** Local time of an instant in UTC. */
export function localOfUtc(utcTicks: bigint, zone: TimeZone): bigint {
  return utcTicks + zone.offsetAt(utcTicks);
}

/**
 * The instant of a local time; undefined for a time that the clocks skip. A time that comes twice is taken as standard
 * time, the later of the two instants.
 */
export function utcOfLocal(localTicks: bigint, zone: TimeZone): bigint | undefined {
  const before = zone.offsetAt(localTicks - ticksPerDay);
  const after = zone.offsetAt(localTicks + ticksPerDay);
  const [smaller, larger] = before < after ? [before, after] : [after, before];
  for (const offset of [smaller, larger]) {
    if (zone.offsetAt(localTicks - offset) === offset) return localTicks - offset;
  }
  return undefined;
}

function createZone(name: string): TimeZone | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset', year: 'numeric' });
  } catch {
    // A name that is not in the zone data; the caller says whose argument it was.
    return null;
  }
  const resolved = format.resolvedOptions().timeZone;
  const isUtc = /^(?:Etc\/)?(?:UTC|UCT|Universal|Zulu)$/i.test(resolved);
  const offsetAt = isUtc ? () => 0n : (utcTicks: bigint) => offsetOf(format.format(epochMsOfTicks(utcTicks)));
  return { name: resolved, isUtc, offsetAt };
}

/** `2026 GMT-07:52:58` → ticks; `GMT` alone is no offset. */
function offsetOf(text: string): bigint {
  const match = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(text);
  if (match === null) return 0n;
  const [, sign, hours, minutes, seconds = '0'] = match;
  const ticks = BigInt((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * ticksPerSecond;
  return sign === '-' ? -ticks : ticks;
}
