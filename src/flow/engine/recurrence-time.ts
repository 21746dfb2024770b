/** When a trigger with a recurrence is due (reference 2.2, computation rules 3, 5, 7 and 9). */

import type { Recurrence, RecurrenceFrequency } from '../definition/index.ts';

export interface RecurrenceState {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When the check before began; undefined before the first. */
  readonly previous?: number;
}

const unitMs: Readonly<Record<RecurrenceFrequency, number>> = {
  Second: 1000,
  Minute: 60_000,
  Hour: 3_600_000,
  Day: 86_400_000,
  Week: 604_800_000,
};

/**
 * The time of the next check: with a start time the next of its occurrences after the check before, never one in the
 * past; without one at once, and then an interval after the check before. What was missed is not made up for.
 */
export function nextCheckTime(recurrence: Recurrence, { now, previous }: RecurrenceState): number {
  const intervalMs = recurrence.interval * unitMs[recurrence.frequency];
  const { startTime } = recurrence;
  if (startTime === undefined) return previous === undefined ? now : Math.max(now, previous + intervalMs);
  // An occurrence that falls on this very moment counts, unless the check of this moment was it.
  const earliest = previous === undefined ? now : Math.max(now, previous + 1);
  const passed = Math.max(0, Math.ceil((earliest - startTime) / intervalMs));
  return startTime + passed * intervalMs;
}
