/** How refusals of Finance & Operations read. */

import type { ErrorCode } from '../../base/error-codes.ts';
import type { Refusal, RefusalReading } from '../../client/index.ts';
import { readODataError } from '../../odata/index.ts';

/**
 * The envelope's code is empty and its message is generic: what happened stands in the inner error, which is the X++
 * infolog in the language of the F&O user. A refusal that X++ explains is lasting, also with status 500.
 */
export function readRefusal(refusal: Refusal): RefusalReading {
  const error = readODataError(refusal.text);
  const serviceMessage = error?.innerMessage || error?.message || plainText(refusal);
  const known = isOfX(refusal.status) ? knownTexts.find((entry) => entry.pattern.test(serviceMessage)) : undefined;
  const hint = known?.hint ?? hints.get(refusal.status);
  const requestId = refusal.headers['ms-dyn-aid'];
  return {
    serviceCode: error?.code ?? '',
    serviceMessage,
    isPassing: error === undefined && refusal.status >= 500,
    ...(known === undefined ? {} : { code: known.code }),
    ...(error?.target === undefined ? {} : { target: error.target }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(hint === undefined ? {} : { hint }),
  };
}

interface KnownText {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly hint?: string;
}

/** Texts that have a code of ours. The first is the OData layer's and always English; the others are infolog texts. */
const knownTexts: readonly KnownText[] = [
  {
    pattern: /No resources were found when selecting for update/i,
    code: 'RECORD_NOT_FOUND',
    hint: 'A record of a company other than the default one needs dataAreaId in its key, or crossCompany.',
  },
  { pattern: /The record already exists/i, code: 'RECORD_CONFLICT' },
  { pattern: /An update conflict occurred/i, code: 'RECORD_CONFLICT' },
];

const hints: ReadonlyMap<number, string> = new Map([
  [
    401,
    'Is the application listed in F&O under System administration > Setup > Microsoft Entra ID applications, and does the environment belong to this tenant?',
  ],
  [403, 'Is the application listed in F&O under Microsoft Entra ID applications, with a user whose roles allow this?'],
]);

/** X++ failures are 400 in newer builds and 500 in older ones. */
function isOfX(status: number): boolean {
  return status === 400 || status === 500;
}

function plainText(refusal: Refusal): string {
  return /^\s*[<{]/.test(refusal.text) ? '' : refusal.text.trim();
}
