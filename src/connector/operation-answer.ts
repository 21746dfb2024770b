/** Answers of operations: successes, and errors as the answers that a managed connector would give. */

import type { ErrorCode } from '../base/error-codes.ts';
import { isRialtoError, type RialtoError, type ServiceErrorDetails } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { OperationResult } from './contract.ts';

/** An answer with a JSON body. */
export function jsonAnswer(statusCode: number, body: JsonValue): OperationResult {
  return { statusCode, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

/** An answer without a body. */
export function emptyAnswer(statusCode: number): OperationResult {
  return { statusCode, headers: {} };
}

/**
 * The answer that an error stands for: wrong parameters are a 400, a refusal of the service keeps its status, code and
 * words, with the body `{ "error": { "code", "message" } }` that the engine reads.
 * Raises the error itself when nobody answered, or when the fault is not in the call (HOST_UNREACHABLE, TIMEOUT …).
 */
export function answerOfError(error: unknown): OperationResult {
  if (!isRialtoError(error)) throw error;
  const refusal = refusalOf(error);
  const status = refusal?.status ?? statusOf(error);
  if (status === undefined) throw error;
  const code = refusal?.serviceCode || error.code;
  const body: JsonObject = {
    error: {
      code,
      message: refusal?.serviceMessage || error.message,
      ...('inputProblems' in error ? { details: error.inputProblems as JsonValue } : {}),
    },
  };
  const answer = jsonAnswer(status, body);
  if (error.retryAfterMs === undefined) return answer;
  const seconds = String(Math.ceil(error.retryAfterMs / 1000));
  return { ...answer, headers: { ...answer.headers, 'retry-after': seconds } };
}

function statusOf(error: RialtoError): number | undefined {
  const status = statusByCode[error.code];
  // The token service is overloaded or down: the call was not refused, it may be made again.
  return status === 401 && error.retryable ? 503 : status;
}

/** Statuses of errors that Rialto found before, or in place of, an answer of the service. */
const statusByCode: Partial<Record<ErrorCode, number>> = {
  OPERATION_INPUT_INVALID: 400,
  ODATA_SYNTAX: 400,
  ODATA_LITERAL_INVALID: 400,
  ODATA_PROPERTY_UNKNOWN: 400,
  ODATA_TYPE_MISMATCH: 400,
  ODATA_KEY_INVALID: 400,
  LIMIT_EXCEEDED: 400,
  OPTION_INVALID: 400,
  QUERY_UNSUPPORTED: 400,
  AUTH_FAILED: 401,
  AUTH_SECRET_INVALID: 401,
  AUTH_CLIENT_UNKNOWN: 401,
  AUTH_TENANT_UNKNOWN: 401,
  AUTH_TOKEN_REJECTED: 401,
  ACCESS_DENIED: 403,
  ENTITY_SET_UNKNOWN: 404,
  ODATA_ACTION_UNKNOWN: 404,
  RECORD_NOT_FOUND: 404,
  WRITE_OUTCOME_UNKNOWN: 409,
  RECORD_CONFLICT: 412,
  ODATA_PAYLOAD_INVALID: 502,
  CSDL_INVALID: 502,
  HTTP_RESPONSE_INVALID: 502,
  SERVICE_UNAVAILABLE: 503,
};

/** What the service said, when the error is one of its refusals. */
function refusalOf(error: RialtoError): ServiceErrorDetails | undefined {
  if (!('details' in error)) return undefined;
  const details = error.details as Partial<ServiceErrorDetails> | undefined;
  return typeof details?.status === 'number' && details.status >= 400 ? (details as ServiceErrorDetails) : undefined;
}
