/** A JSON batch response → its tree (OData JSON 4.01 19.5). */

import { invalidBatch } from '../batch-error.ts';
import type { BatchResponse, ChangeSetResponse, IndividualResponse } from '../batch-response.ts';
import type { ReadContext } from '../read-options.ts';
import { type EnvelopeItem, readEnvelope, textMember } from './json-envelope.ts';
import { readJsonMessage } from './json-message.ts';

/**
 * Reads the member `responses`, which may come in any order: those of one atomicity group are put together where the
 * first of them stands. Raises as `readBatchResponse`.
 */
export function readJsonResponses(bytes: Buffer, context: ReadContext): BatchResponse {
  const { members, items: responses } = readEnvelope(bytes, 'responses', context);
  const items: (IndividualResponse | ChangeSetResponse)[] = [];
  const groups = new Map<string, IndividualResponse[]>();
  for (const item of responses) {
    const response = responseOf(item);
    const atomicityGroup = textMember(item, 'atomicityGroup');
    const group = atomicityGroup === undefined ? undefined : groups.get(atomicityGroup);
    if (atomicityGroup === undefined) items.push(response);
    else if (group !== undefined) group.push(response);
    else {
      const list = [response];
      groups.set(atomicityGroup, list);
      items.push({ kind: 'changeSet', atomicityGroup, responses: list });
    }
  }
  const nextLink = members['@nextLink'] ?? members['@odata.nextLink'];
  if (nextLink !== undefined && typeof nextLink !== 'string') {
    throw invalidBatch('The JSON batch response has a next link that is no text.');
  }
  return { items, ...(nextLink === undefined ? {} : { nextLink }) };
}

function responseOf(item: EnvelopeItem): IndividualResponse {
  // Responses to a multipart request have an id only where the request had one.
  const contentId = textMember(item, 'id');
  const { status } = item.members;
  if (typeof status !== 'number') throw invalidBatch(`${item.what} has no number "status".`);
  return {
    kind: 'response',
    ...(contentId === undefined ? {} : { contentId }),
    status,
    ...readJsonMessage(item, contentId),
  };
}
