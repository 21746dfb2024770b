/** Retry policies (reference 5.1). */

import { parseDurationMs } from '../../base/duration.ts';
import { isRialtoError } from '../../base/errors.ts';
import { describeValue, isArrayValue, isObjectValue, type ObjectValue, type Value } from '../expression/index.ts';

export type RetryPolicy =
  | { readonly kind: 'none' }
  | (RetryTerms & { readonly kind: 'fixed'; readonly intervalMs: number })
  | (RetryTerms & {
      readonly kind: 'exponential';
      readonly intervalMs: number;
      readonly minimumIntervalMs: number;
      readonly maximumIntervalMs: number;
    });

interface RetryTerms {
  /** How many times it is tried again: one less than the attempts. */
  readonly count: number;
  /** HTTP statuses that are tried again; undefined: 408, 429 and 5xx. */
  readonly statusCodes?: readonly number[];
}

export const retryCountMax = 90;
export const retryIntervalMinMs = 5000;
export const retryIntervalMaxMs = 86_400_000;

/** What applies when a definition says nothing, or `default`. */
export const defaultRetryPolicy: RetryPolicy = Object.freeze({
  kind: 'exponential',
  count: 4,
  intervalMs: 7500,
  minimumIntervalMs: 5000,
  maximumIntervalMs: 45_000,
});

/** The policy that the value of `retryPolicy` describes, or a sentence about what is wrong with it. */
export function readRetryPolicy(source: Value | undefined): RetryPolicy | { readonly complaint: string } {
  if (source === undefined || source === null) return defaultRetryPolicy;
  if (!isObjectValue(source)) return { complaint: `The retry policy is ${describeValue(source)}; expected an object.` };
  const type = source.get('type') ?? 'default';
  switch (typeof type === 'string' ? type.toLowerCase() : '') {
    case 'default':
      return defaultRetryPolicy;
    case 'none':
      return { kind: 'none' };
    case 'fixed':
      return attempt(() => ({ kind: 'fixed', ...readTerms(source), intervalMs: readInterval(source, 'interval') }));
    case 'exponential':
      return attempt(() => ({
        kind: 'exponential',
        ...readTerms(source),
        intervalMs: readInterval(source, 'interval'),
        minimumIntervalMs: readInterval(source, 'minimumInterval', retryIntervalMinMs),
        maximumIntervalMs: readInterval(source, 'maximumInterval', retryIntervalMaxMs),
      }));
    default:
      return { complaint: 'The type of a retry policy is one of default, none, fixed, exponential.' };
  }
}

class Complaint extends Error {}

function attempt(read: () => RetryPolicy): RetryPolicy | { readonly complaint: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof Complaint) return { complaint: error.message };
    throw error;
  }
}

function readTerms(source: ObjectValue): RetryTerms {
  const count = source.get('count');
  if (typeof count !== 'bigint' || count < 1n || count > BigInt(retryCountMax)) {
    const found = describeValue(count ?? null);
    throw new Complaint(`The count of a retry policy is ${found}; expected an integer from 1 to ${retryCountMax}.`);
  }
  const codes = source.get('httpStatusCodes');
  if (codes === undefined) return { count: Number(count) };
  if (!isArrayValue(codes) || !codes.every((code) => typeof code === 'bigint')) {
    throw new Complaint('httpStatusCodes of a retry policy is an array of integers.');
  }
  return { count: Number(count), statusCodes: codes.map(Number) };
}

function readInterval(source: ObjectValue, name: string, otherwise?: number): number {
  const text = source.get(name);
  if (text === undefined && otherwise !== undefined) return otherwise;
  const milliseconds = typeof text === 'string' ? durationMs(text) : undefined;
  if (milliseconds === undefined || milliseconds < retryIntervalMinMs || milliseconds > retryIntervalMaxMs) {
    throw new Complaint(`${name} of a retry policy is an ISO 8601 duration from PT5S to P1D, such as PT20S.`);
  }
  return milliseconds;
}

function durationMs(text: string): number | undefined {
  try {
    return parseDurationMs(text);
  } catch (error) {
    if (isRialtoError(error) && error.code === 'DURATION_INVALID') return undefined;
    throw error;
  }
}
