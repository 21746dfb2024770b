/** Checks the triggers that are due, again and again. */

import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { TriggerLease } from '../store/store.ts';
import { checkTrigger, type TriggerCheckContext } from './trigger-check.ts';
import type { WorkerLimits } from './worker-limits.ts';

export interface TriggerLoopOptions extends TriggerCheckContext {
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: WorkerLimits;
  /** Ends the loop; checks under way come to their end. */
  readonly drain: AbortSignal;
}

/** The loop of a worker over all triggers. */
export class TriggerLoop {
  readonly #options: TriggerLoopOptions;
  /** Checks under way, by flow and trigger. */
  readonly #checks = new Map<string, Promise<void>>();
  #loop: Promise<void> = Promise.resolve();
  #wait = new AbortController();
  #isNudged = false;

  constructor(options: TriggerLoopOptions) {
    this.#options = options;
  }

  /** Starts the loop. */
  start(): void {
    this.#options.drain.addEventListener('abort', () => this.nudge(), { once: true });
    this.#loop = this.#run();
  }

  /** Looks at once which triggers are due. */
  nudge(): void {
    this.#isNudged = true;
    this.#wait.abort();
  }

  /** Resolves when the loop has ended, and the last check with it. */
  async ended(): Promise<void> {
    await this.#loop;
    await Promise.allSettled(this.#checks.values());
  }

  async #run(): Promise<void> {
    const { clock, limits, log, drain } = this.#options;
    while (!drain.aborted) {
      let waitMs = limits.triggerWaitMsMax;
      this.#isNudged = false;
      try {
        await this.#checkDue();
        waitMs = await this.#untilNext();
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        log.warn('The triggers that are due could not be read.', { message });
      }
      this.#wait = new AbortController();
      if (!this.#isNudged) await clock.sleep(waitMs, this.#wait.signal).catch(() => undefined);
    }
  }

  async #checkDue(): Promise<void> {
    const { clock, limits, triggers, workerId } = this.#options;
    const max = limits.triggersMax - this.#checks.size;
    if (max <= 0) return;
    const leases = await triggers.leaseDue({ worker: workerId, now: clock.now(), leaseMs: limits.triggerLeaseMs, max });
    for (const lease of leases) this.#check(lease);
  }

  #check(lease: TriggerLease): void {
    const key = JSON.stringify([lease.flow, lease.trigger]);
    // The lease of a slow check has run out: it goes on, a second one would only find its position stale.
    if (this.#checks.has(key)) return;
    const check = checkTrigger(lease, this.#options).finally(() => {
      this.#checks.delete(key);
      this.nudge();
    });
    this.#checks.set(key, check);
  }

  /** How long to wait until the next trigger is due; a trigger that is due already is being checked by someone. */
  async #untilNext(): Promise<number> {
    const { clock, limits, triggers } = this.#options;
    const next = await triggers.nextCheckTime();
    const waitMs = (next ?? Number.POSITIVE_INFINITY) - clock.now();
    return waitMs > 0 ? Math.min(waitMs, limits.triggerWaitMsMax) : limits.triggerWaitMsMax;
  }
}
