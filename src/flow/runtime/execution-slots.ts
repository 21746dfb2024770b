/** How many runs a worker executes at the same time: a number of slots, handed to those who wait in their order. */

import { abortedError } from '../../base/clock.ts';

/** Slots for executions. Whoever takes one gives it back with `release`. */
export class ExecutionSlots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(runsMax: number) {
    this.#free = runsMax;
  }

  /** Takes up to `wanted` slots without waiting; none while others wait for one. Returns how many. */
  takeFree(wanted: number): number {
    const taken = this.#waiting.length > 0 ? 0 : Math.min(wanted, this.#free);
    this.#free -= taken;
    return taken;
  }

  /** Waits for a slot and takes it. Raises ABORTED as soon as `signal` aborts. */
  async take(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw abortedError(signal);
    if (this.takeFree(1) === 1) return;
    await new Promise<void>((resolve, reject) => {
      const waiting = this.#waiting;
      function granted(): void {
        signal.removeEventListener('abort', onAbort);
        resolve();
      }
      function onAbort(): void {
        const place = waiting.indexOf(granted);
        if (place >= 0) waiting.splice(place, 1);
        reject(abortedError(signal));
      }
      waiting.push(granted);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Gives slots back. */
  release(count = 1): void {
    this.#free += count;
    while (this.#free > 0) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#free -= 1;
      next();
    }
  }
}
