/** The tree of a batch response → either format. */

import { checkLimit } from '../../base/limits.ts';
import { invalidBatch } from './batch-error.ts';
import { batchLimitsOf } from './batch-limits.ts';
import type { BatchResponse, IndividualResponse } from './batch-response.ts';
import { checkBatchResponse } from './check-batch-response.ts';
import { nameMessage } from './check-message.ts';
import { checkWritableHeaders } from './check-writable.ts';
import { createGroupNames, type JsonMembers, messageMembers, writeJson } from './json/write-json.ts';
import { reasonPhrase } from './multipart/reason-phrase.ts';
import { type WritableMessage, writeMultipart } from './multipart/write-multipart.ts';
import type { WriteBatchOptions, WrittenBatch } from './write-options.ts';

/**
 * Writes a batch response, multipart (OData 4.01 Protocol 11.7.7.6) or JSON (OData JSON 4.01 19.5); the same tree and
 * options give the same bytes. A change set that failed is given as one response. Raises ODATA_BATCH_INVALID for a tree
 * that the format does not allow, OPTION_INVALID for a boundary that is none or occurs in a response, and LIMIT_EXCEEDED.
 */
export function writeBatchResponse(batch: BatchResponse, options: WriteBatchOptions = {}): WrittenBatch {
  const { format = 'multipart' } = options;
  const responses = batch.items.flatMap((item) => (item.kind === 'changeSet' ? item.responses : [item]));
  const { batchRequestsMax } = batchLimitsOf(options);
  checkLimit('batchRequestsMax', batchRequestsMax, responses.length, 'The number of responses in the batch');
  checkBatchResponse(batch, false);
  responses.forEach(({ headers, contentId }, index) => {
    checkWritableHeaders(headers, nameMessage('response', index, contentId));
  });
  if (format === 'json') return writeJsonResponses(batch);
  if (batch.nextLink !== undefined) {
    throw invalidBatch('The batch response has a nextLink, which a multipart batch cannot say.');
  }
  const items = batch.items.map((item) =>
    item.kind === 'changeSet' ? { messages: item.responses.map(messageOf) } : messageOf(item),
  );
  return writeMultipart(items, options, { batch: 'batchresponse', changeSet: 'changesetresponse' });
}

function messageOf({ status, ...rest }: IndividualResponse): WritableMessage {
  return { ...rest, startLine: `HTTP/1.1 ${status} ${reasonPhrase(status)}` };
}

function writeJsonResponses({ items, nextLink }: BatchResponse): WrittenBatch {
  const taken = new Set(items.flatMap((item) => (item.kind === 'changeSet' ? (item.atomicityGroup ?? []) : [])));
  const nextGroup = createGroupNames(taken);
  const objects = items.flatMap((item): readonly JsonMembers[] => {
    if (item.kind === 'response') return [membersOf(item, undefined)];
    if (item.responses.length === 0) {
      throw invalidBatch('A change set has no responses, which a JSON batch cannot say.');
    }
    const group = item.atomicityGroup ?? nextGroup();
    return item.responses.map((response) => membersOf(response, group));
  });
  return writeJson('responses', objects, nextLink === undefined ? [] : [['@nextLink', JSON.stringify(nextLink)]]);
}

/** Responses to a multipart request have an id only where the request had one. */
function membersOf(response: IndividualResponse, group: string | undefined): JsonMembers {
  const { contentId, status } = response;
  return [
    ...(contentId === undefined ? [] : [['id', JSON.stringify(contentId)] as const]),
    ...(group === undefined ? [] : [['atomicityGroup', JSON.stringify(group)] as const]),
    ['status', String(status)],
    ...messageMembers(response, `A response of status ${status}`),
  ];
}
