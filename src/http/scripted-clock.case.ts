/** A clock for tests: it moves only when told to, and every sleep passes at once and is recorded. */

import { abortedError, type Clock } from '../base/clock.ts';

export interface ScriptedClock extends Clock {
  readonly sleeps: readonly number[];
  advance(ms: number): void;
}

/** Starts at 2026-05-04T07:00:00Z unless told otherwise. */
export function scriptedClock(startMs = Date.UTC(2026, 4, 4, 7)): ScriptedClock {
  let nowMs = startMs;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    advance(ms) {
      nowMs += ms;
    },
    async sleep(ms, signal) {
      if (signal?.aborted) throw abortedError(signal);
      sleeps.push(ms);
      nowMs += ms;
    },
  };
}
