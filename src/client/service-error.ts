/** A refusal of the service as an error that names what was called on what, and what the service said. */

import type { ErrorCode } from '../base/error-codes.ts';
import { isRialtoError, RialtoError, ServiceError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { mediaTypeOf, retryAfterMs } from '../http/index.ts';
import { type Channel, describeCall, type RequestTarget, type ServiceRequest } from './channel.ts';
import type { Refusal, RefusalReading } from './dialect.ts';

/** The error for an answer of 400 or above. */
export async function serviceError(
  channel: Channel,
  request: ServiceRequest,
  refusal: Refusal,
): Promise<ServiceError | RialtoError> {
  const reading = channel.dialect.readRefusal(refusal);
  const meaning = await meaningOf(channel, request, refusal, reading);
  const { origin } = new URL(channel.serviceRoot);
  if (meaning.code === 'SERVICE_ERROR' && isPage(refusal)) return pageError(channel, request, refusal, origin);
  const waitMs = retryAfterMs(refusal.headers, channel.clock.now());
  return new ServiceError(
    meaning.code,
    [
      `${describeCall(request)} at ${origin}: ${meaning.words}`,
      said(refusal, reading),
      ...(reading.hint === undefined ? [] : [reading.hint]),
      ...(reading.requestId === undefined ? [] : [`(request id ${reading.requestId})`]),
    ].join(' '),
    {
      retryable: isPassing(meaning.code, request, reading),
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
      details: {
        status: refusal.status,
        serviceCode: reading.serviceCode,
        serviceMessage: reading.serviceMessage,
        ...(reading.target === undefined ? {} : { target: reading.target }),
        ...(reading.requestId === undefined ? {} : { requestId: reading.requestId }),
      },
    },
  );
}

/** Longest text of the service that a message repeats; `details` has it whole. */
const saidLengthMax = 2000;

interface Meaning {
  readonly code: ErrorCode;
  readonly words: string;
}

async function meaningOf(
  channel: Channel,
  request: ServiceRequest,
  refusal: Refusal,
  reading: RefusalReading,
): Promise<Meaning> {
  const code = reading.code ?? codeOfStatus(refusal.status);
  switch (code) {
    case 'AUTH_TOKEN_REJECTED':
      return { code, words: 'the access token is not accepted.' };
    case 'ACCESS_DENIED':
      return { code, words: 'access is denied.' };
    case 'RECORD_CONFLICT':
      return { code, words: 'the record changed since it was read, or exists already.' };
    case 'SERVICE_UNAVAILABLE':
      return { code, words: 'the service is overloaded or down.' };
    case 'RECORD_NOT_FOUND':
      return reading.code === undefined
        ? missing(channel, request.target, request.signal)
        : { code, words: 'there is no such record.' };
    case 'ENTITY_SET_UNKNOWN':
      return missing(channel, request.target, request.signal);
    default:
      return { code, words: 'the service refused.' };
  }
}

function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'AUTH_TOKEN_REJECTED';
    case 403:
      return 'ACCESS_DENIED';
    case 404:
      return 'RECORD_NOT_FOUND';
    case 412:
      return 'RECORD_CONFLICT';
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
      return 'SERVICE_UNAVAILABLE';
    default:
      return 'SERVICE_ERROR';
  }
}

/** A bare 404 can mean the record, the entity set or the action; the names of the entity sets tell them apart. */
async function missing(channel: Channel, target: RequestTarget, signal: AbortSignal | undefined): Promise<Meaning> {
  if (target.kind === 'service') return { code: 'SERVICE_ERROR', words: 'there is no OData service at this address.' };
  if (target.entitySet === undefined) {
    const action = target.kind === 'action' ? target.action : '';
    return { code: 'ODATA_ACTION_UNKNOWN', words: `there is no unbound action '${action}'.` };
  }
  const names = await knownNames(channel, signal);
  if (names !== undefined && !names.includes(target.entitySet)) {
    const suggestion = didYouMean(target.entitySet, names);
    return { code: 'ENTITY_SET_UNKNOWN', words: `there is no entity set '${target.entitySet}'.${suggestion}` };
  }
  if (target.kind === 'record') return { code: 'RECORD_NOT_FOUND', words: 'there is no such record.' };
  if (target.kind === 'action') {
    return {
      code: 'ODATA_ACTION_UNKNOWN',
      words: `there is no action '${target.action}' bound to '${target.entitySet}', or no such record.`,
    };
  }
  return { code: 'ENTITY_SET_UNKNOWN', words: `there is no entity set '${target.entitySet}'.` };
}

async function knownNames(channel: Channel, signal?: AbortSignal): Promise<readonly string[] | undefined> {
  try {
    return await channel.entitySetNames(signal);
  } catch (error) {
    // The names only make the message better; without them the refusal itself is still told.
    if (isRialtoError(error) && error.code !== 'ABORTED') return undefined;
    throw error;
  }
}

function isPassing(code: ErrorCode, request: ServiceRequest, reading: RefusalReading): boolean {
  if (code === 'SERVICE_UNAVAILABLE') return true;
  return code === 'SERVICE_ERROR' && request.method === 'GET' && reading.isPassing === true;
}

function said(refusal: Refusal, reading: RefusalReading): string {
  const words = reading.serviceMessage.trim();
  if (words === '') return `The service gave no reason (status ${refusal.status}).`;
  const shown = words.length > saidLengthMax ? `${words.slice(0, saidLengthMax)}…` : words;
  const code = reading.serviceCode === '' ? '' : `, ${reading.serviceCode}`;
  return `The service said (status ${refusal.status}${code}): ${shown}`;
}

function isPage(refusal: Refusal): boolean {
  return mediaTypeOf(refusal) === 'text/html';
}

function pageError(channel: Channel, request: ServiceRequest, refusal: Refusal, origin: string): RialtoError {
  return new RialtoError(
    'HTTP_RESPONSE_INVALID',
    `${describeCall(request)} at ${origin} was answered ${refusal.status} with an HTML page; an OData error was expected. Is this the address of a ${channel.dialect.name} environment?`,
    { retryable: request.method === 'GET' && refusal.status >= 500 },
  );
}
