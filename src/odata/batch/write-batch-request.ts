/** The tree of a batch request → either format. */

import { checkLimit } from '../../base/limits.ts';
import { invalidBatch } from './batch-error.ts';
import { batchLimitsOf } from './batch-limits.ts';
import { type BatchRequest, type ChangeSet, type IndividualRequest, individualRequests } from './batch-request.ts';
import { checkBatchRequest } from './check-batch-request.ts';
import { nameMessage } from './check-message.ts';
import { checkMultipartRequests, checkWritableHeaders } from './check-writable.ts';
import { createGroupNames, type JsonMembers, messageMembers, requiredId, writeJson } from './json/write-json.ts';
import { type WritableMessage, writeMultipart } from './multipart/write-multipart.ts';
import type { WriteBatchOptions, WrittenBatch } from './write-options.ts';

/**
 * Writes a batch request, multipart (OData 4.01 Protocol 11.7.7) or JSON (OData JSON 4.01 19.1); the same tree and
 * options give the same bytes. URLs and bodies go out as they are given, `Content-Length` and `Content-ID` come from the
 * tree. Raises ODATA_BATCH_INVALID for a tree that the format does not allow, OPTION_INVALID for a boundary that is none
 * or occurs in a request, and LIMIT_EXCEEDED.
 *
 * @example
 * const { contentType, body } = writeBatchRequest(
 *   { items: [{ kind: 'request', method: 'GET', url: 'accounts?$top=1', headers: [] }] },
 *   { ids },
 * );
 */
export function writeBatchRequest(batch: BatchRequest, options: WriteBatchOptions = {}): WrittenBatch {
  const { format = 'multipart' } = options;
  const requests = individualRequests(batch);
  const { batchRequestsMax } = batchLimitsOf(options);
  checkLimit('batchRequestsMax', batchRequestsMax, requests.length, 'The number of requests in the batch');
  const named = format === 'json' ? withGroupNames(batch) : batch;
  checkBatchRequest(named, { isTolerant: false, format });
  requests.forEach(({ headers, contentId }, index) => {
    checkWritableHeaders(headers, nameMessage('request', index, contentId));
  });
  if (format === 'json') return writeJsonRequests(named);
  checkMultipartRequests(batch);
  const items = batch.items.map((item) =>
    item.kind === 'changeSet' ? { messages: item.requests.map(messageOf) } : messageOf(item),
  );
  return writeMultipart(items, options, { batch: 'batch', changeSet: 'changeset' });
}

function messageOf({ method, url, ...rest }: IndividualRequest): WritableMessage {
  return { ...rest, startLine: `${method} ${url} HTTP/1.1` };
}

/** The batch with names for change sets that have none; they are part of the name space that is checked. */
function withGroupNames(batch: BatchRequest): BatchRequest {
  const taken = new Set(individualRequests(batch).flatMap(({ contentId }) => contentId ?? []));
  for (const item of batch.items) if (item.kind === 'changeSet') taken.add(item.atomicityGroup ?? '');
  const nextGroup = createGroupNames(taken);
  return {
    items: batch.items.map((item) =>
      item.kind === 'changeSet' ? { ...item, atomicityGroup: item.atomicityGroup ?? nextGroup() } : item,
    ),
  };
}

function writeJsonRequests({ items }: BatchRequest): WrittenBatch {
  const objects = items.flatMap((item): readonly JsonMembers[] => {
    if (item.kind === 'request') return [membersOf(item, undefined)];
    checkHasRequests(item);
    return item.requests.map((request) => membersOf(request, item.atomicityGroup));
  });
  return writeJson('requests', objects);
}

function checkHasRequests({ requests }: ChangeSet): void {
  if (requests.length === 0) throw invalidBatch('A change set has no requests, which a JSON batch cannot say.');
}

const jsonMethods = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

function membersOf(request: IndividualRequest, group: string | undefined): JsonMembers {
  const id = requiredId(request.contentId, `A ${request.method} request`);
  const what = `The request "${id}"`;
  const method = request.method.toUpperCase();
  if (!jsonMethods.includes(method)) {
    throw invalidBatch(`${what} has the method ${request.method}, which a JSON batch does not have.`);
  }
  if (request.body !== undefined && (method === 'GET' || method === 'DELETE')) {
    throw invalidBatch(`${what} is a ${method} with a body, which it may not have in a JSON batch.`);
  }
  return [
    ['id', JSON.stringify(id)],
    ...(group === undefined ? [] : [['atomicityGroup', JSON.stringify(group)] as const]),
    ...(request.dependsOn === undefined ? [] : [['dependsOn', JSON.stringify(request.dependsOn)] as const]),
    ...(request.if === undefined ? [] : [['if', JSON.stringify(request.if)] as const]),
    ['method', JSON.stringify(method.toLowerCase())],
    ['url', JSON.stringify(request.url)],
    ...messageMembers(request, what),
  ];
}
