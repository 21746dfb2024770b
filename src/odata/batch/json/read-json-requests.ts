/** A JSON batch request → its tree (OData JSON 4.01 19.1). */

import { didYouMean } from '../../../base/nearest.ts';
import { invalidBatch } from '../batch-error.ts';
import type { BatchRequest, ChangeSet, IndividualRequest } from '../batch-request.ts';
import type { ReadContext } from '../read-options.ts';
import { type EnvelopeItem, readEnvelope, requiredText, textMember } from './json-envelope.ts';
import { readJsonMessage } from './json-message.ts';

const memberNames = ['id', 'atomicityGroup', 'dependsOn', 'if', 'method', 'url', 'headers', 'body'];

/** Reads the member `requests`; objects of one atomicity group become a change set. Raises as `readBatchRequest`. */
export function readJsonRequests(bytes: Buffer, context: ReadContext): BatchRequest {
  const items: (IndividualRequest | ChangeSet)[] = [];
  const groups = new Set<string>();
  let open: { readonly group: string; readonly requests: IndividualRequest[] } | undefined;
  for (const item of readEnvelope(bytes, 'requests', context).items) {
    const request = requestOf(item);
    const group = textMember(item, 'atomicityGroup');
    if (group === undefined) {
      open = undefined;
      items.push(request);
    } else if (group === open?.group) {
      open.requests.push(request);
    } else {
      if (groups.has(group)) {
        throw invalidBatch(`${item.what} is of the atomicity group "${group}", but not next to its other requests.`);
      }
      groups.add(group);
      open = { group, requests: [request] };
      items.push({ kind: 'changeSet', atomicityGroup: group, requests: open.requests });
    }
  }
  return { items };
}

function requestOf(item: EnvelopeItem): IndividualRequest {
  const { members, what, bodyText } = item;
  const unknown = Object.keys(members).find((name) => !memberNames.includes(name) && !name.includes('@'));
  if (unknown !== undefined) {
    throw invalidBatch(`${what} has an unknown member "${unknown}".${didYouMean(unknown, memberNames)}`);
  }
  const contentId = requiredText(item, 'id');
  const method = requiredText(item, 'method').toUpperCase();
  if (!['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].includes(method)) {
    throw invalidBatch(`${what} has the method "${method.slice(0, 20)}"; expected delete, get, patch, post or put.`);
  }
  if (bodyText !== undefined && (method === 'GET' || method === 'DELETE')) {
    throw invalidBatch(`${what} is a ${method} with a body, which it may not have.`);
  }
  const dependsOn = dependsOnMember(item);
  const condition = textMember(item, 'if');
  return {
    kind: 'request',
    contentId,
    method,
    url: requiredText(item, 'url'),
    ...readJsonMessage(item, contentId),
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(condition === undefined ? {} : { if: condition }),
  };
}

function dependsOnMember({ members, what }: EnvelopeItem): readonly string[] | undefined {
  const { dependsOn } = members;
  if (dependsOn === undefined || dependsOn === null) return undefined;
  if (Array.isArray(dependsOn) && dependsOn.every((id) => typeof id === 'string')) return dependsOn;
  throw invalidBatch(`${what} has a member "dependsOn" that is no array of texts.`);
}
