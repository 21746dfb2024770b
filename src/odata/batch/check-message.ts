/** What a request or response within a batch may be, however it is written. */

import { invalidBatch } from './batch-error.ts';
import { type BatchHeaders, holdsControls, tokenPattern } from './batch-headers.ts';
import type { IndividualRequest } from './batch-request.ts';
import type { IndividualResponse } from './batch-response.ts';

/** `request-id` (OData 4.01 ABNF, section 8). */
const requestIdPattern = /^[A-Za-z0-9\-._~]+$/;
/** What a tolerant reader takes for one. */
const visiblePattern = /^[\x21-\x7e]+$/;
/** Half of a surrogate pair, which cannot be written as UTF-8. */
const surrogatePattern = /\p{Surrogate}/u;

/** Headers that concern the connection or the whole batch (OData 4.01 Protocol 11.7.7.1). */
const outerHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'expect',
  'from',
  'max-forwards',
  'range',
  'te',
]);

/** Raises ODATA_BATCH_INVALID when the request cannot stand in a batch. `what` names it: `The request "1"`. */
export function checkRequest(request: IndividualRequest, what: string, isTolerant: boolean): void {
  if (!tokenPattern.test(request.method)) throw invalidBatch(`${what} has a method that is none.`);
  if (
    request.url === '' ||
    request.url.trim() !== request.url ||
    !isWritable(request.url) ||
    request.url.includes('\t')
  ) {
    throw invalidBatch(`${what} has a URL that is empty, or has control characters or blanks around it.`);
  }
  checkHeaders(request.headers, what);
  if (isTolerant) return;
  const outer = request.headers.find(({ name }) => outerHeaders.has(name.toLowerCase()));
  if (outer !== undefined) {
    throw invalidBatch(`${what} has the header ${outer.name}, which only the batch as a whole may have.`);
  }
}

/** Raises ODATA_BATCH_INVALID when the response cannot stand in a batch. */
export function checkResponse(response: IndividualResponse, what: string): void {
  if (!Number.isInteger(response.status) || response.status < 100 || response.status > 599) {
    throw invalidBatch(`${what} has the status ${response.status}; expected 100 to 599.`);
  }
  checkHeaders(response.headers, what);
}

function checkHeaders(headers: BatchHeaders, what: string): void {
  for (const { name, value } of headers) {
    if (!tokenPattern.test(name)) throw invalidBatch(`${what} has a header whose name is no token.`);
    if (!isWritable(value)) throw invalidBatch(`${what} has control characters in its header ${name}.`);
  }
}

function isWritable(text: string): boolean {
  return !holdsControls(text) && !surrogatePattern.test(text);
}

/** Raises ODATA_BATCH_INVALID when a request identifier does not follow the rule `request-id`. */
export function checkRequestId(id: string, what: string, isTolerant: boolean): void {
  if ((isTolerant ? visiblePattern : requestIdPattern).test(id)) return;
  throw invalidBatch(`${what} "${id.slice(0, 100)}" is none; expected letters, digits, "-", ".", "_" and "~".`);
}

/** `The request "1"`, or its place when it has no identifier. */
export function nameMessage(kind: 'request' | 'response', index: number, contentId: string | undefined): string {
  return contentId === undefined ? `The ${kind} ${index + 1} of the batch` : `The ${kind} "${contentId}"`;
}
