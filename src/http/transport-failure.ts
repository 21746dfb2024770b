/** What went wrong below HTTP, as an error that names the host and the reason. */

import { abortedError } from '../base/clock.ts';
import { RialtoError } from '../base/errors.ts';
import { TransportError } from './transport-error.ts';

export interface FailureContext {
  readonly method: string;
  readonly url: string;
  readonly signal: AbortSignal | undefined;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyIdleTimeoutMs: number;
}

/**
 * The error for a failure that undici or Node reports: ABORTED, TIMEOUT, HOST_UNREACHABLE or HTTP_RESPONSE_INVALID.
 * A failure of no known kind becomes HOST_UNREACHABLE and counts as possibly arrived, which is the safe reading.
 */
export function transportFailure(cause: unknown, context: FailureContext): RialtoError {
  if (context.signal?.aborted) return abortedError(context.signal);
  const code = codeOf(cause);
  const { origin } = new URL(context.url);
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return new RialtoError('ABORTED', `The request to ${origin} was cancelled: its transport is closed.`, { cause });
  }
  const timeout = timeoutOf(code, context);
  if (timeout !== undefined) {
    return new TransportError('TIMEOUT', `${origin} ${timeout}`, {
      cause,
      origin,
      mayHaveArrived: true,
      retryable: true,
    });
  }
  if (isParserFault(cause) || protocolFaults.has(code)) {
    return new TransportError('HTTP_RESPONSE_INVALID', `${origin} does not answer in HTTP: ${reasonOf(cause)}.`, {
      cause,
      origin,
      mayHaveArrived: true,
    });
  }
  return unreachable(cause, code, origin, context);
}

/** Failures before any byte of the request was sent, and what to tell of them. */
const neverSent: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'the connection was refused; nothing listens on that port'],
  ['ENOTFOUND', 'DNS knows no such host name'],
  ['EAI_AGAIN', 'DNS did not answer'],
  ['EHOSTUNREACH', 'there is no route to the host'],
  ['ENETUNREACH', 'there is no route to its network'],
  ['EADDRNOTAVAIL', 'this machine has no free local address for the connection'],
  ['EACCES', 'this machine does not allow the connection'],
]);

/** Faults of the other side's certificate: the TLS handshake failed, so nothing was sent, and a repeat will not help. */
const certificateFault =
  /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|HOSTNAME_MISMATCH|ERR_SSL_)/;

const protocolFaults: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
]);

function timeoutOf(code: string, context: FailureContext): string | undefined {
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return `did not answer ${context.method} within ${context.headersTimeoutMs} ms (headersTimeoutMs).`;
  }
  if (code === 'UND_ERR_BODY_TIMEOUT') {
    return `sent nothing more of its answer for ${context.bodyIdleTimeoutMs} ms (bodyIdleTimeoutMs).`;
  }
  return undefined;
}

function unreachable(cause: unknown, code: string, origin: string, context: FailureContext): TransportError {
  if (certificateFault.test(code)) {
    const message = `${origin} cannot be reached: its TLS certificate is not accepted (${code}: ${reasonOf(cause)}).`;
    return new TransportError('HOST_UNREACHABLE', message, { cause, origin, mayHaveArrived: false });
  }
  const known =
    code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT'
      ? `it did not accept a connection within ${context.connectTimeoutMs} ms (connectTimeoutMs)`
      : neverSent.get(code);
  const reason = known ?? `the connection broke before the answer was complete (${reasonOf(cause)})`;
  // ETIMEDOUT also ends an established connection whose packets are lost, so it says nothing about arrival.
  const mayHaveArrived = known === undefined || code === 'ETIMEDOUT';
  return new TransportError('HOST_UNREACHABLE', `${origin} cannot be reached: ${reason}.`, {
    cause,
    origin,
    mayHaveArrived,
    retryable: true,
  });
}

/** undici gives its parser's errors a name, and a code only where the parser has one. */
function isParserFault(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'HTTPParserError';
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error && cause.message !== '' ? cause.message : codeOf(cause) || 'unknown reason';
}
