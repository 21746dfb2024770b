/** Errors as the Dataverse Web API answers them. */

import { isRialtoError, ServiceError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Log } from '../../base/log.ts';
import type { HttpResponse } from '../../http/send.ts';
import { ODataSyntaxError } from '../../odata/index.ts';
import { syntaxMessage } from '../query/syntax-message.ts';
import { jsonAnswer } from '../wire/answer.ts';
import type { AnnotationFilter } from './preferences.ts';

/** The answer for whatever a handler raised; faults of the emulator itself are logged and answered 500. */
export function dataverseErrorAnswer(
  error: unknown,
  context: { readonly includesAnnotation: AnnotationFilter | undefined; readonly log: Log },
): HttpResponse {
  const { status, code, message } = describe(error, context.log);
  return jsonAnswer(
    status,
    { error: { code, message, ...details(code, context.includesAnnotation) } },
    { 'content-type': 'application/json; odata.metadata=minimal', 'odata-version': '4.0' },
  );
}

function describe(
  error: unknown,
  log: Log,
): { readonly status: number; readonly code: string; readonly message: string } {
  if (error instanceof ServiceError) {
    const { status, serviceCode, serviceMessage } = error.details;
    return { status, code: serviceCode, message: serviceMessage };
  }
  if (error instanceof ODataSyntaxError) return { status: 400, code: '0x80060888', message: syntaxMessage(error) };
  if (isRialtoError(error) && error.code === 'LIMIT_EXCEEDED') {
    const isOwnQueue = 'limit' in error && error.limit === 'writesPendingMax';
    return { status: isOwnQueue ? 503 : 400, code: '0x80060888', message: error.message };
  }
  if (isRialtoError(error) && error.code.startsWith('ODATA_')) {
    return { status: 400, code: '0x80060888', message: error.message };
  }
  log.error('emulator fault', { reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  return { status: 500, code: '0x80040216', message: 'An unexpected error occurred.' };
}

/** The further members come only with `odata.include-annotations`. */
function details(code: string, includes: AnnotationFilter | undefined): { readonly [name: string]: JsonValue } {
  const members: readonly (readonly [string, string])[] = [
    ['Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus', '0'],
    ['Microsoft.PowerApps.CDS.ErrorDetails.SubErrorCode', '2146233088'],
    [
      'Microsoft.PowerApps.CDS.HelpLink',
      `http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a${code.replace(/^0x/, '')}&client=platform`,
    ],
  ];
  return Object.fromEntries(
    members.filter(([term]) => includes?.(term) === true).map(([term, value]) => [`@${term}`, value]),
  );
}
