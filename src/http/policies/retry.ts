/** Sends a request again when that is safe and can help (design decision D8). */

import type { Clock } from '../../base/clock.ts';
import { isRialtoError, RialtoError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import { discardBody, readTextStart } from '../read-body.ts';
import { describeRequest } from '../redaction.ts';
import { retryAfterMs } from '../retry-after.ts';
import type { HttpRequest, HttpResponse, Policy, Send } from '../send.ts';

export interface RetryLimits {
  /** Most times that one request is sent. Default 4. */
  readonly attemptsMax: number;
  /** No attempt is begun that would start later than this after the first. Default 120 s. */
  readonly elapsedMsMax: number;
  /** Wait before the second attempt, doubled before each further one. Default 500 ms. */
  readonly delayMs: number;
  /** Longest wait that doubling leads to. Retry-After may ask for more. Default 30 s. */
  readonly delayMsMax: number;
}

export interface RetryOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly limits?: Partial<RetryLimits>;
  /** Whether a repeat changes nothing. By default GET, HEAD and OPTIONS are repeatable, all else is a write. */
  readonly isRepeatable?: (request: HttpRequest) => boolean;
  /** Tells a passing fault from a lasting one where a read was answered 500 with this body. By default all pass. */
  readonly isPassingFault?: (body: string) => boolean;
}

export const retryDefaults: RetryLimits = Object.freeze({
  attemptsMax: 4,
  elapsedMsMax: 120_000,
  delayMs: 500,
  delayMsMax: 30_000,
});

/**
 * Reads are repeated on 408, 429, 5xx and on failures of the connection. A write is repeated only when the service
 * cannot have done it: it answered 429, or 503 with Retry-After, or no connection was made. Retry-After is honoured
 * exactly. After the last attempt the last answer or error is passed on as it is.
 */
export function retryPolicy(options: RetryOptions): Policy {
  const limits: RetryLimits = { ...retryDefaults, ...options.limits };
  return (next) => (request) => sendUntilSettled(next, request, options, limits);
}

/** How much of the body of a 500 is read to judge it, and passed on. */
const faultBytesMax = 1_048_576;

type Outcome = { readonly response: HttpResponse } | { readonly error: unknown };

interface Verdict {
  readonly outcome: Outcome;
  readonly canRepeat: boolean;
  readonly retryAfterMs: number | undefined;
}

async function sendUntilSettled(
  next: Send,
  request: HttpRequest,
  options: RetryOptions,
  limits: RetryLimits,
): Promise<HttpResponse> {
  const startedMs = options.clock.monotonicMs();
  for (let attempt = 1; ; attempt += 1) {
    const verdict = await judge(await attemptOnce(next, request), request, options);
    const waitMs = verdict.retryAfterMs ?? backoffMs(attempt, limits, options.ids);
    const elapsedMs = options.clock.monotonicMs() - startedMs;
    if (!verdict.canRepeat || attempt >= limits.attemptsMax || elapsedMs + waitMs > limits.elapsedMsMax) {
      return settle(verdict.outcome);
    }
    if ('response' in verdict.outcome) await discardBody(verdict.outcome.response);
    options.log.warn('Request is sent again', {
      ...describeRequest(request),
      attempt,
      waitMs: Math.round(waitMs),
      reason: reasonOf(verdict.outcome),
    });
    await options.clock.sleep(waitMs, request.signal);
  }
}

async function attemptOnce(next: Send, request: HttpRequest): Promise<Outcome> {
  try {
    return { response: await next(request) };
  } catch (error) {
    return { error };
  }
}

function settle(outcome: Outcome): HttpResponse {
  if ('error' in outcome) throw outcome.error;
  return outcome.response;
}

async function judge(outcome: Outcome, request: HttpRequest, options: RetryOptions): Promise<Verdict> {
  const isRepeatable = (options.isRepeatable ?? isRead)(request);
  if ('error' in outcome) {
    const canRepeat = canSendAgain(request) && isConnectionFailure(outcome.error, request, isRepeatable);
    return { outcome, canRepeat, retryAfterMs: undefined };
  }
  const { response } = outcome;
  const waitMs = retryAfterMs(response.headers, options.clock.now());
  if (!canSendAgain(request) || !mayPass(response.status, waitMs, isRepeatable)) {
    return { outcome, canRepeat: false, retryAfterMs: waitMs };
  }
  if (response.status !== 500 || options.isPassingFault === undefined) {
    return { outcome, canRepeat: true, retryAfterMs: waitMs };
  }
  const text = await readTextStart(response, faultBytesMax);
  const unread: HttpResponse = { ...response, body: bodyOf(text) };
  return { outcome: { response: unread }, canRepeat: options.isPassingFault(text), retryAfterMs: waitMs };
}

function isRead(request: HttpRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
}

/** A streamed body is gone after the first attempt. */
function canSendAgain(request: HttpRequest): boolean {
  return request.body === undefined || typeof request.body === 'string' || request.body instanceof Uint8Array;
}

function mayPass(status: number, waitMs: number | undefined, isRepeatable: boolean): boolean {
  if (status === 429) return true;
  if (status === 503 && waitMs !== undefined) return true;
  if (!isRepeatable) return false;
  // 501 and 505 say that the server cannot do this at all.
  return status === 408 || (status >= 500 && status !== 501 && status !== 505);
}

function isConnectionFailure(error: unknown, request: HttpRequest, isRepeatable: boolean): boolean {
  if (!isRialtoError(error) || !error.retryable) return false;
  if (error.code !== 'HOST_UNREACHABLE' && error.code !== 'TIMEOUT') return false;
  // A failure of another host, the token service for instance, has been repeated where it happened.
  if ('origin' in error && error.origin !== new URL(request.url).origin) return false;
  return isRepeatable || ('mayHaveArrived' in error && error.mayHaveArrived === false);
}

/** Half of the doubled delay is certain, half is random, so that clients stopped together do not come back together. */
function backoffMs(attempt: number, limits: RetryLimits, ids: Ids): number {
  const delayMs = Math.min(limits.delayMs * 2 ** (attempt - 1), limits.delayMsMax);
  return delayMs / 2 + (ids.random() * delayMs) / 2;
}

async function* bodyOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function reasonOf(outcome: Outcome): string {
  if ('response' in outcome) return `status ${outcome.response.status}`;
  return outcome.error instanceof RialtoError ? outcome.error.code : 'failure';
}
