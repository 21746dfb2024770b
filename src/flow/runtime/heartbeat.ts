/** What a worker knows of its own life: when it was last written down that it lives. */

import type { Clock } from '../../base/clock.ts';

/** A moment on both clocks: the monotonic one can stand still while the machine sleeps, the other can be set. */
export interface BeatMoment {
  readonly monotonicMs: number;
  readonly time: number;
}

/** Now. */
export function beatMoment(clock: Clock): BeatMoment {
  return { monotonicMs: clock.monotonicMs(), time: clock.now() };
}

/** Milliseconds between two moments, by the clock that saw more of them. */
export function spanMs(from: BeatMoment, to: BeatMoment): number {
  return Math.max(to.monotonicMs - from.monotonicMs, to.time - from.time);
}

/** The last beat of a worker. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #deadAfterMs: number;
  #waiting: (() => void)[] = [];
  #lastBeat: BeatMoment;

  constructor(clock: Clock, deadAfterMs: number) {
    this.#clock = clock;
    this.#deadAfterMs = deadAfterMs;
    this.#lastBeat = beatMoment(clock);
  }

  /** Notes a beat that the database has; `sent` is the moment before it was sent. */
  beaten(sent: BeatMoment): void {
    this.#lastBeat = sent;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  /**
   * Resolves when no other worker can have declared this one dead: at once as a rule, after the next beat when the
   * last is too old (the machine slept, the database was away). Asked before each effect, so that a worker that wakes
   * from the dead starts none.
   */
  async confirm(): Promise<void> {
    while (spanMs(this.#lastBeat, beatMoment(this.#clock)) >= this.#deadAfterMs) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }
}
