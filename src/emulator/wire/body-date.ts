/** Days and instants of JSON bodies. JavaScript rolls 30 February over into March; the services refuse it. */

import { isoInstant, parseInstant } from '../../base/clock.ts';

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern =
  /^\d{4}-\d{2}-\d{2}(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,12})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** True for a day of the calendar, `2026-02-28` (OData 4.01 ABNF `dateValue`). */
export function isCalendarDay(text: string): boolean {
  const epochMs = dayPattern.test(text) ? parseInstant(text) : undefined;
  return epochMs !== undefined && isoInstant(epochMs).slice(0, 10) === text;
}

/**
 * Milliseconds since 1970 of an instant with its offset, or of the midnight UTC that begins a day; undefined for any
 * other text (OData 4.01 ABNF `dateTimeOffsetValue`).
 */
export function readBodyInstant(text: string): number | undefined {
  return instantPattern.test(text) && isCalendarDay(text.slice(0, 10)) ? parseInstant(text) : undefined;
}
