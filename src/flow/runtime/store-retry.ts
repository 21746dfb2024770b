/** Repeats what the database did not answer. All writes of the store may be repeated: it knows them again. */

import type { Clock } from '../../base/clock.ts';
import { isRialtoError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { WorkerLimits } from './worker-limits.ts';

export interface StoreRetryOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Pick<WorkerLimits, 'storeBackoffMs' | 'storeBackoffMsMax'>;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/**
 * The result of `attempt`, repeated with growing waits while it raises STORE_UNAVAILABLE. There is no last attempt: a
 * write without an answer may have been made, and only the answer tells what this worker owns. The worker's own end is
 * the bound: `signal`.
 * Raises ABORTED when `signal` aborts, and whatever else `attempt` raises.
 */
export async function retryStore<T>(attempt: () => Promise<T>, options: StoreRetryOptions): Promise<T> {
  const { storeBackoffMs, storeBackoffMsMax } = options.limits;
  for (let waitMs = storeBackoffMs; ; waitMs = Math.min(storeBackoffMsMax, waitMs * 2)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRialtoError(error) || error.code !== 'STORE_UNAVAILABLE') throw error;
      options.log.warn('The database does not answer; trying again.', { waitMs, message: error.message });
      await options.clock.sleep(waitMs, options.signal);
    }
  }
}
