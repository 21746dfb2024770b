/** Which response answers which request of a batch. */

import { invalidBatch } from './batch-error.ts';
import type { BatchRequest, ChangeSet, IndividualRequest } from './batch-request.ts';
import type { BatchResponse, IndividualResponse } from './batch-response.ts';

/** A request of a batch with what became of it. */
export interface BatchAnswer {
  readonly request: IndividualRequest;
  /** The change set that the request is in. */
  readonly changeSet?: ChangeSet;
  /**
   * Undefined when the service stopped before it, or answers it later. For a change set that failed it may be one for
   * all its requests.
   */
  readonly response?: IndividualResponse;
  /** `Failed` also where another request of the change set failed, since nothing of it was done. */
  readonly outcome: 'Succeeded' | 'Failed' | 'Unanswered';
}

/**
 * Pairs the requests of a batch, in their order, with their responses: by request identifier where a response has one,
 * else by order (OData 4.01 Protocol 11.7.7.6, OData JSON 4.01 19.5). A change set that failed may have one response.
 * Services stop at the first error unless `continue-on-error` was preferred, so the last requests may have none. Raises
 * ODATA_BATCH_INVALID for responses that belong to no request.
 */
export function matchBatchResponses(request: BatchRequest, response: BatchResponse): readonly BatchAnswer[] {
  const places = placesOf(request);
  const named = new Map<number, ResponseItem[]>();
  const inOrder: ResponseItem[] = [];
  for (const item of response.items) {
    const place = placeOf(item, places);
    const others = place === undefined ? undefined : named.get(place);
    if (place === undefined) inOrder.push(item);
    else if (others === undefined) named.set(place, [item]);
    else if (request.items[place]?.kind === 'changeSet') others.push(item);
    else throw invalidBatch('The batch response answers a request twice.');
  }
  // What has no identifier answers the first item that nothing else answers.
  if (inOrder.length > request.items.length - named.size) {
    throw invalidBatch(`The batch response has ${response.items.length} parts for ${request.items.length} requests.`);
  }
  const rest = inOrder.values();
  return request.items.flatMap((item, place) => {
    const answer = joined(named.get(place)) ?? rest.next().value;
    return item.kind === 'changeSet' ? answersOfChangeSet(item, answer) : [answerOf(item, answer)];
  });
}

type ResponseItem = BatchResponse['items'][number];

/** By request identifier, the place of the item that holds the request; undefined when several items have it. */
function placesOf({ items }: BatchRequest): ReadonlyMap<string, number | undefined> {
  const places = new Map<string, number | undefined>();
  items.forEach((item, place) => {
    for (const { contentId } of item.kind === 'changeSet' ? item.requests : [item]) {
      if (contentId === undefined) continue;
      places.set(contentId, places.has(contentId) && places.get(contentId) !== place ? undefined : place);
    }
  });
  return places;
}

/** The place that a response, or one of a change set, names; undefined when they name none, or several. */
function placeOf(item: ResponseItem, places: ReadonlyMap<string, number | undefined>): number | undefined {
  const responses = item.kind === 'changeSet' ? item.responses : [item];
  const contentId = responses.find((each) => each.contentId !== undefined)?.contentId;
  if (contentId === undefined) return undefined;
  if (!places.has(contentId)) throw invalidBatch(`The batch response answers "${contentId}", which was not asked.`);
  return places.get(contentId);
}

/** Responses of one change set that came apart, as in a multipart response to a JSON request, together. */
function joined(items: readonly ResponseItem[] | undefined): ResponseItem | undefined {
  if (items === undefined || items.length === 1) return items?.[0];
  return {
    kind: 'changeSet',
    responses: items.flatMap((item) => (item.kind === 'changeSet' ? item.responses : [item])),
  };
}

function answerOf(request: IndividualRequest, item: ResponseItem | undefined): BatchAnswer {
  if (item?.kind === 'changeSet') throw invalidBatch('The batch response answers a single request with a change set.');
  if (item === undefined) return { request, outcome: 'Unanswered' };
  return { request, response: item, outcome: isFailure(item) ? 'Failed' : 'Succeeded' };
}

function answersOfChangeSet(changeSet: ChangeSet, item: ResponseItem | undefined): readonly BatchAnswer[] {
  const { requests } = changeSet;
  const responses = item === undefined ? [] : item.kind === 'changeSet' ? item.responses : [item];
  const hasFailed = responses.some(isFailure);
  const [only] = responses;
  // One error in place of all responses, with multipart around it or not.
  const forAll = responses.length === 1 && only !== undefined && isFailure(only) ? only : undefined;
  const byId = new Map(responses.flatMap((each) => (each.contentId === undefined ? [] : [[each.contentId, each]])));
  const inOrder = responses.filter(({ contentId }) => contentId === undefined).values();
  if (responses.length > requests.length) {
    throw invalidBatch(`A change set of ${requests.length} requests has ${responses.length} responses.`);
  }
  return requests.map((request): BatchAnswer => {
    const own = request.contentId === undefined ? undefined : byId.get(request.contentId);
    const response = forAll ?? own ?? inOrder.next().value;
    if (response === undefined) return { request, changeSet, outcome: hasFailed ? 'Failed' : 'Unanswered' };
    return { request, changeSet, response, outcome: hasFailed ? 'Failed' : 'Succeeded' };
  });
}

function isFailure({ status }: IndividualResponse): boolean {
  return status >= 400;
}
