/** How refusals of Dataverse read. */

import type { ErrorCode } from '../../base/error-codes.ts';
import type { Refusal, RefusalReading } from '../../client/index.ts';
import { readODataError } from '../../odata/index.ts';

/** The code is what counts; texts vary between tables and builds. Codes are compared without regard to case. */
export function readRefusal(refusal: Refusal): RefusalReading {
  const error = readODataError(refusal.text);
  const serviceCode = error?.code ?? '';
  const serviceMessage = error?.message || plainText(refusal);
  const known = codeOf(serviceCode.toLowerCase(), serviceMessage);
  const hint = hints.get(refusal.status);
  const requestId = refusal.headers['x-ms-service-request-id'] ?? refusal.headers.req_id;
  return {
    serviceCode,
    serviceMessage,
    isPassing: error === undefined ? refusal.status >= 500 : passingCodes.has(serviceCode.toLowerCase()),
    ...(known === undefined ? {} : { code: known }),
    ...(error?.target === undefined ? {} : { target: error.target }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(hint === undefined ? {} : { hint }),
  };
}

const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ['0x80040217', 'RECORD_NOT_FOUND'],
  ['0x80060891', 'RECORD_NOT_FOUND'],
  ['0x80040237', 'RECORD_CONFLICT'],
  ['0x80060892', 'RECORD_CONFLICT'],
  ['0x80040333', 'RECORD_CONFLICT'],
  ['0x80060882', 'RECORD_CONFLICT'],
  ['0x80072321', 'SERVICE_UNAVAILABLE'],
  ['0x80072322', 'SERVICE_UNAVAILABLE'],
  ['0x80072326', 'SERVICE_UNAVAILABLE'],
]);

/** Faults of the database behind the service; a read may be repeated. */
const passingCodes: ReadonlySet<string> = new Set(['0x80044150', '0x80044151']);

const hints: ReadonlyMap<number, string> = new Map([
  [401, 'Does the environment belong to this tenant, and is its URL spelled as in the browser?'],
  [403, 'Does the environment have an application user for this client id, with a security role that allows this?'],
]);

function codeOf(serviceCode: string, serviceMessage: string): ErrorCode | undefined {
  // 400 or 404, depending on the build; the code is the one of every URL error.
  if (/Resource not found for the segment/i.test(serviceMessage)) return 'ENTITY_SET_UNKNOWN';
  return codes.get(serviceCode);
}

function plainText(refusal: Refusal): string {
  return /^\s*[<{]/.test(refusal.text) ? '' : refusal.text.trim();
}
