/**
 * The position of the trigger *When a record is created*: how far `createdon` was read, and which records at that edge
 * were returned already.
 *
 * `createdon` has the precision of a second, and a record becomes visible only when its transaction ends, which may be
 * after a record with a later `createdon` was seen. So each poll reads again from a look-back before the watermark and
 * leaves out the ids that it knows.
 */

import { isoInstant, parseInstant } from '../../../base/clock.ts';
import { LimitError, RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';

export interface CreatedPosition {
  /** Records created before this second are old: never returned. Undefined when the table was empty at the start. */
  readonly from: number | undefined;
  /** Newest `createdon` that was read; undefined when there was none. */
  readonly watermark: number | undefined;
  /** Ids of records from `from` on that are old or were returned, by the second of their `createdon`. */
  readonly seen: ReadonlyMap<number, ReadonlySet<string>>;
}

/**
 * How far behind the watermark a record may still become visible. Dataverse ends transactions after two minutes; half a
 * minute more for clocks of several servers that differ.
 */
export const lookBackMs = 150_000;

/** Most ids that a position keeps: 40 bytes each. */
export const seenIdsMax = 20_000;

/** A record as the position knows it. */
export interface CreatedRecord {
  readonly id: string;
  /** Milliseconds since 1970, whole seconds. */
  readonly createdOn: number;
}

/** The position when nothing was read yet. */
export const emptyPosition: CreatedPosition = Object.freeze({
  from: undefined,
  watermark: undefined,
  seen: new Map<number, ReadonlySet<string>>(),
});

/** True when the position knows the record, or it is older than the position. */
export function isSeen(position: CreatedPosition, record: CreatedRecord): boolean {
  if (position.from !== undefined && record.createdOn < position.from) return true;
  return position.seen.get(record.createdOn)?.has(record.id) ?? false;
}

export interface Advance {
  readonly position: CreatedPosition;
  /** True when the look-back had to be shortened to keep the ids within their limit. */
  readonly isShortened: boolean;
}

/**
 * The position after these records. When the look-back holds more ids than the limit, it is shortened by whole seconds.
 * Raises LIMIT_EXCEEDED when one second alone holds more.
 */
export function advance(position: CreatedPosition, records: readonly CreatedRecord[]): Advance {
  const seen = new Map([...position.seen].map(([second, ids]) => [second, new Set(ids)]));
  let watermark = position.watermark;
  for (const { id, createdOn } of records) {
    const ids = seen.get(createdOn) ?? new Set<string>();
    seen.set(createdOn, ids.add(id));
    watermark = Math.max(watermark ?? createdOn, createdOn);
  }
  if (watermark === undefined) return { position, isShortened: false };
  const lowest = Math.max(position.from ?? Number.NEGATIVE_INFINITY, watermark - lookBackMs);
  const kept = new Map<number, ReadonlySet<string>>();
  let count = 0;
  let from = lowest;
  for (const second of [...seen.keys()].sort((left, right) => right - left)) {
    const ids = seen.get(second) ?? new Set<string>();
    if (second < lowest) break;
    if (count + ids.size > seenIdsMax) {
      if (kept.size === 0) throw tooManyInOneSecond(second, ids.size);
      from = second + 1000;
      break;
    }
    count += ids.size;
    kept.set(second, ids);
  }
  return { position: { from, watermark, seen: kept }, isShortened: from > lowest };
}

/** Reads `createdon` of a record, cut to the second. Raises ODATA_PAYLOAD_INVALID. */
export function createdRecord(record: JsonObject, keyName: string): CreatedRecord {
  const id = record[keyName];
  const instant = typeof record.createdon === 'string' ? parseInstant(record.createdon) : undefined;
  if (typeof id !== 'string' || instant === undefined) {
    throw new RialtoError('ODATA_PAYLOAD_INVALID', `A record came without '${keyName}' or without 'createdon'.`);
  }
  return { id, createdOn: Math.floor(instant / 1000) * 1000 };
}

/** The literal text of an instant: whole seconds, as Dataverse writes them. */
export function instantText(epochMs: number): string {
  return isoInstant(epochMs).replace('.000Z', 'Z');
}

/** The position as plain data. */
export function printPosition(position: CreatedPosition): JsonValue {
  return {
    version: positionVersion,
    from: position.from === undefined ? null : instantText(position.from),
    watermark: position.watermark === undefined ? null : instantText(position.watermark),
    seen: Object.fromEntries([...position.seen].map(([second, ids]) => [instantText(second), [...ids]])),
  };
}

/** Reads what `printPosition` wrote. Raises INTERNAL when it is something else. */
export function parsePosition(state: JsonValue): CreatedPosition {
  if (!isJsonObject(state) || state.version !== positionVersion || !isJsonObject(state.seen)) {
    throw new RialtoError('INTERNAL', `A position of version ${positionVersion} of 'GetOnNewItems_V2' was expected.`);
  }
  return {
    from: optionalInstant(state.from),
    watermark: optionalInstant(state.watermark),
    seen: new Map(
      Object.entries(state.seen).map(([second, ids]) => [parseInstant(second) ?? 0, new Set(ids as string[])]),
    ),
  };
}

const positionVersion = 1;

function optionalInstant(value: JsonValue | undefined): number | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

function tooManyInOneSecond(second: number, count: number): LimitError {
  return new LimitError(
    'seenIdsMax',
    seenIdsMax,
    `${count} records were created in the second ${instantText(second)}, more than the limit seenIdsMax of ${seenIdsMax}.`,
  );
}
