/** The clock seam: the only place that reads the time or sets a timer. */

import { RialtoError } from './errors.ts';

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Milliseconds since an arbitrary start; never goes back. For measuring spans. */
  monotonicMs(): number;
  /** Resolves after `ms` milliseconds; rejects with ABORTED as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortedError(signal));
        return;
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      function onAbort(): void {
        clearTimeout(timer);
        reject(abortedError(signal));
      }
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  },
});

/** The ABORTED error of a signal, with the signal's reason as its cause. */
export function abortedError(signal?: AbortSignal): RialtoError {
  return new RialtoError('ABORTED', 'The call was cancelled.', { cause: signal?.reason });
}

/** An instant as ISO 8601 in UTC with milliseconds: `2026-05-04T07:02:11.000Z`. */
export function isoInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** Milliseconds since 1970 of an ISO 8601 instant; undefined when the text is none. */
export function parseInstant(text: string): number | undefined {
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}
