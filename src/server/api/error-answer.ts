/** Errors as answers: the body of the error, its status, and a log line for faults of Rialto itself. */

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ErrorCode } from '../../base/error-codes.ts';
import { errorToJson, isRialtoError, LimitError, RialtoError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { ErrorAnswer } from '../wire.ts';
import { printAnswer } from './json-answer.ts';
import { apiLimits } from './limits.ts';
import { logicCodeOf, statusOf } from './status.ts';

/** Lets every error of a route be answered as `{ error: { code, message, … } }`. */
export function answerErrors(app: FastifyInstance, services: { readonly ids: Ids; readonly log: Log }): void {
  app.setErrorHandler((error, request, reply) => {
    const place = { method: request.method, route: request.routeOptions.url ?? 'unknown' };
    return sendError(reply, errorOf(error), errorAnswer(error, services, place));
  });
}

/** Sends an error answer with its status, and `Retry-After` when that is known. */
export function sendError(reply: FastifyReply, error: RialtoError, answer: ErrorAnswer): FastifyReply {
  if (error.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000));
  return reply.status(statusOf(error.code)).type('application/json; charset=utf-8').send(printAnswer(answer));
}

/**
 * The body that answers an error. A fault of Rialto is logged under an id, and the answer holds the id and nothing of
 * its inner workings.
 */
export function errorAnswer(
  thrown: unknown,
  services: { readonly ids: Ids; readonly log: Log },
  place: Readonly<Record<string, string>> = {},
): ErrorAnswer {
  const error = errorOf(thrown);
  if (error.code === 'INTERNAL') {
    const faultId = services.ids.uuid();
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    services.log.error('A request failed by a fault of Rialto.', { ...place, faultId, stack });
    return { error: { code: 'INTERNAL', message: `Rialto met a fault. Its log names it by ${faultId}.`, faultId } };
  }
  const json = errorToJson(error) as unknown as ErrorAnswer['error'];
  const logicCode = logicCodeOf(error.code);
  return { error: logicCode === undefined ? json : { ...json, code: logicCode, innererror: { code: error.code } } };
}

/** Any thrown value as one of our errors; what is not known is INTERNAL. */
function errorOf(thrown: unknown): RialtoError {
  if (isRialtoError(thrown)) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const max = apiLimits.bodyBytesMax;
    return new LimitError('bodyBytesMax', max, `The request body is above the limit bodyBytesMax of ${max} bytes.`);
  }
  const status = thrown instanceof Error && 'statusCode' in thrown ? Number(thrown.statusCode) : 500;
  if (code.startsWith('FST_') && status < 500) return new RialtoError('REQUEST_INVALID', (thrown as Error).message);
  const internal: ErrorCode = 'INTERNAL';
  return new RialtoError(internal, 'A fault of Rialto.', { cause: thrown });
}
