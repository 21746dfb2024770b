/** What all readers of batches take. */

import { type BatchLimits, batchLimitsOf } from './batch-limits.ts';

export interface ReadBatchOptions {
  /**
   * Takes what the protocol forbids and some clients send: GET within a change set, request identifiers of any visible
   * characters or that begin anew with each change set, a `Content-Length` that is not that of the body, headers that
   * concern the whole batch only, and `dependsOn` with a request of another atomicity group without the group. Default
   * false.
   */
  readonly isTolerant?: boolean;
  readonly limits?: BatchLimits;
}

/** What a reader knows while it reads. */
export interface ReadContext {
  readonly isTolerant: boolean;
  readonly limits: Required<BatchLimits>;
  /** For messages: `request` or `response`. */
  readonly what: 'request' | 'response';
}

/** The options with their defaults. */
export function readContextOf(options: ReadBatchOptions, what: 'request' | 'response'): ReadContext {
  return { isTolerant: options.isTolerant ?? false, limits: batchLimitsOf(options.limits ?? {}), what };
}
