/** Whether and when an attempt is repeated (reference 5.1). */

import { parseInstant } from '../../base/clock.ts';
import { type RetryPolicy, retryIntervalMaxMs } from '../definition/index.ts';
import type { InvokeOutcome } from './command.ts';

export interface RetryWaitOptions {
  readonly policy: RetryPolicy;
  readonly outcome: InvokeOutcome;
  /** The attempt that just ended; counts from 1. */
  readonly attempt: number;
  /** When it ended. */
  readonly endTime: number;
  /** In [0, 1). */
  readonly random: number;
}

/** Milliseconds until the next attempt; undefined when there is none. */
export function retryWaitMs({ policy, outcome, attempt, endTime, random }: RetryWaitOptions): number | undefined {
  if (policy.kind === 'none' || attempt > policy.count || !canRetry(policy, outcome)) return undefined;
  const wait = policy.kind === 'fixed' ? policy.intervalMs : exponentialWaitMs(policy, attempt, random);
  return Math.max(wait, Math.min(demandedWaitMs(outcome, endTime) ?? 0, retryIntervalMaxMs));
}

function exponentialWaitMs(
  policy: Extract<RetryPolicy, { readonly kind: 'exponential' }>,
  retry: number,
  random: number,
): number {
  const { intervalMs, minimumIntervalMs, maximumIntervalMs } = policy;
  const lower = Math.max(retry === 1 ? 0 : 2 ** (retry - 2) * intervalMs, minimumIntervalMs);
  const upper = Math.min(2 ** (retry - 1) * intervalMs, maximumIntervalMs);
  return lower > upper ? Math.min(lower, maximumIntervalMs) : lower + random * (upper - lower);
}

function canRetry(policy: Exclude<RetryPolicy, { readonly kind: 'none' }>, outcome: InvokeOutcome): boolean {
  if (outcome.kind === 'no-answer') return outcome.retryable;
  const { statusCode } = outcome;
  if (policy.statusCodes !== undefined) return policy.statusCodes.includes(statusCode);
  return statusCode === 408 || statusCode === 429 || (statusCode >= 500 && statusCode <= 599);
}

/** What the other side asks for: Retry-After in seconds, or as a date. */
function demandedWaitMs(outcome: InvokeOutcome, endTime: number): number | undefined {
  if (outcome.kind === 'no-answer') return outcome.retryAfterMs;
  const header = Object.entries(outcome.headers)
    .find(([name]) => name.toLowerCase() === 'retry-after')?.[1]
    .trim();
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const instant = parseInstant(header);
  return instant === undefined ? undefined : Math.max(0, instant - endTime);
}
