/** A clock that stands still until a test moves it. */

import { abortedError, type Clock } from '../base/clock.ts';

/** Time as a test wants it. No timer runs; nothing depends on how fast the machine is. */
export interface TestClock extends Clock {
  /** Moves time on, waking each sleep when it falls due, earliest first, and lets what it woke run before the next. */
  advance(ms: number): Promise<void>;
  /** Lets everything run that waits for no time. */
  settle(): Promise<void>;
  /** When the sleeps under way end, earliest first. */
  readonly pendingSleeps: readonly number[];
}

export interface TestClockOptions {
  /** Milliseconds since 1970. */
  readonly start?: number;
}

/** 2026-05-04T07:00:00Z. */
const startDefault = 1_777_878_000_000;
/** Turns of the microtask queue that `settle` waits for; more than any chain of awaits between two sleeps. */
const turnsMax = 1_000;

/** A clock at `start` that moves by `advance` alone. */
export function testClock(options: TestClockOptions = {}): TestClock {
  let now = options.start ?? startDefault;
  const sleeps = new Set<Sleep>();

  async function settle(): Promise<void> {
    for (let turn = 0; turn < turnsMax; turn += 1) await undefined;
  }

  async function advance(ms: number): Promise<void> {
    const target = now + ms;
    await settle();
    for (let next = earliest(sleeps); next !== undefined && next.due <= target; next = earliest(sleeps)) {
      now = Math.max(now, next.due);
      sleeps.delete(next);
      next.wake();
      await settle();
    }
    now = target;
    await settle();
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortedError(signal));
        return;
      }
      const pending: Sleep = {
        due: now + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      function onAbort(): void {
        sleeps.delete(pending);
        reject(abortedError(signal));
      }
      sleeps.add(pending);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  return {
    now: () => now,
    monotonicMs: () => now,
    sleep,
    settle,
    advance,
    get pendingSleeps() {
      return [...sleeps].map((pending) => pending.due).sort((left, right) => left - right);
    },
  };
}

interface Sleep {
  readonly due: number;
  wake(): void;
}

/** The sleep that ends first; of several, the one that began first. */
function earliest(sleeps: ReadonlySet<Sleep>): Sleep | undefined {
  let found: Sleep | undefined;
  for (const sleep of sleeps) {
    if (found === undefined || sleep.due < found.due) found = sleep;
  }
  return found;
}
