/** Errors as the F&O OData service answers them. */

import { isRialtoError, ServiceError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { HttpResponse } from '../../http/send.ts';
import { ODataSyntaxError } from '../../odata/index.ts';
import { syntaxMessage } from '../query/syntax-message.ts';
import { emptyAnswer, jsonAnswer } from '../wire/answer.ts';
import { notImplementedPrefix } from '../wire/refusal.ts';
import { odataException } from './failures.ts';

/** The answer for whatever a handler raised; faults of the emulator itself are logged and answered 500. */
export function fnoErrorAnswer(error: unknown, log: Log): HttpResponse {
  if (error instanceof ServiceError) {
    const { status, serviceCode, serviceMessage } = error.details;
    if (serviceCode.startsWith(notImplementedPrefix)) {
      return jsonAnswer(status, { error: { code: serviceCode, message: serviceMessage } }, headers);
    }
    if (status === 404) return emptyAnswer(404, { 'odata-version': '4.0' });
    if (status === 405) return jsonAnswer(405, { Message: serviceMessage }, headers);
    return envelope(status, serviceCode, serviceMessage);
  }
  if (error instanceof ODataSyntaxError) return envelope(400, odataException, syntaxMessage(error));
  if (isRialtoError(error) && error.code === 'LIMIT_EXCEEDED') {
    const isOwnQueue = 'limit' in error && error.limit === 'writesPendingMax';
    return envelope(isOwnQueue ? 503 : 400, odataException, error.message);
  }
  if (isRialtoError(error) && (error.code.startsWith('ODATA_') || error.code === 'JSON_INVALID')) {
    return envelope(400, odataException, error.message);
  }
  log.error('emulator fault', { reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  return envelope(500, 'System.Exception', 'An unexpected error occurred in the emulator.');
}

const headers = { 'content-type': 'application/json; odata.metadata=minimal', 'odata-version': '4.0' };

/** `code` is empty and `message` generic; everything useful is in `innererror`. */
function envelope(status: number, type: string, message: string): HttpResponse {
  const summary = type === odataException ? 'The request is invalid.' : 'An error has occurred.';
  const stacktrace = '   at Microsoft.Dynamics.Platform.Integration.Services.OData.AxODataDelegatingHandler';
  return jsonAnswer(
    status,
    { error: { code: '', message: summary, innererror: { message, type, stacktrace } } },
    headers,
  );
}
