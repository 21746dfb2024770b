/** What a worker knows of its own life: when it was last written down that it lives. */

import type { Clock } from '../../base/clock.ts';

/** The last beat of a worker. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #deadAfterMs: number;
  #waiting: (() => void)[] = [];
  #lastBeatMs: number;

  constructor(clock: Clock, deadAfterMs: number) {
    this.#clock = clock;
    this.#deadAfterMs = deadAfterMs;
    this.#lastBeatMs = clock.monotonicMs();
  }

  /** Notes a beat that the database has; `sentMs` is the monotonic time before it was sent. */
  beaten(sentMs: number): void {
    this.#lastBeatMs = sentMs;
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
    while (this.#clock.monotonicMs() - this.#lastBeatMs >= this.#deadAfterMs) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }
}
