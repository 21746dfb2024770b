/** What the readers are tolerant of and the writers are not. */

import { invalidBatch } from './batch-error.ts';
import type { BatchHeaders } from './batch-headers.ts';
import type { BatchRequest, IndividualRequest } from './batch-request.ts';
import { nameMessage } from './check-message.ts';

/** Raises ODATA_BATCH_INVALID for headers that would contradict the tree, or hide what belongs into it. */
export function checkWritableHeaders(headers: BatchHeaders, what: string): void {
  const names = headers.map(({ name }) => name.toLowerCase());
  if (names.includes('content-id')) throw invalidBatch(`${what} has a header Content-ID; it belongs into contentId.`);
  if (names.includes('transfer-encoding'))
    throw invalidBatch(`${what} has a Transfer-Encoding; its body is sent whole.`);
  for (const single of ['content-type', 'host']) {
    if (names.indexOf(single) !== names.lastIndexOf(single)) throw invalidBatch(`${what} has ${single} twice.`);
  }
  const padded = headers.find(({ value }) => value.trim() !== value);
  if (padded !== undefined) throw invalidBatch(`${what} has blanks around the value of its header ${padded.name}.`);
}

/**
 * Raises ODATA_BATCH_INVALID for what multipart has no place for (`dependsOn`, `if`), and for a request of a change set
 * without identifier (OData 4.01 Protocol 11.7.7.1).
 */
export function checkMultipartRequests({ items }: BatchRequest): void {
  let index = 0;
  for (const item of items) {
    for (const request of item.kind === 'changeSet' ? item.requests : [item]) {
      checkMultipartRequest(request, nameMessage('request', index, request.contentId), item.kind === 'changeSet');
      index += 1;
    }
  }
}

function checkMultipartRequest(request: IndividualRequest, what: string, isInChangeSet: boolean): void {
  if (isInChangeSet && request.contentId === undefined) {
    throw invalidBatch(`${what} is in a change set and has no contentId, which it needs there.`);
  }
  if (request.dependsOn !== undefined || request.if !== undefined) {
    throw invalidBatch(`${what} has dependsOn or if, which only a JSON batch can say.`);
  }
}
