/** The pages of a list, opened one after the other. */

import { RialtoError } from '../base/errors.ts';
import { checkLimit } from '../base/limits.ts';
import { type CollectionAnnotations, type Row, readRows } from '../odata/index.ts';
import { callService, expectJson } from './call-service.ts';
import { type Channel, type ServiceRequest, urlOf } from './channel.ts';
import type { ListPlan } from './dialect.ts';
import { resolveNextLink } from './next-link.ts';

export interface OpenPage {
  /** The records as they arrive. Read it to its end before the next page is asked for, or leave the whole walk. */
  batches(): AsyncIterable<readonly Row[]>;
  /** Complete after the last batch. */
  annotations(): CollectionAnnotations;
  /** Whether another page follows; known after the last batch. */
  hasNext(): boolean;
}

export interface PageWalk {
  readonly channel: Channel;
  readonly entitySet: string;
  readonly plan: ListPlan;
  readonly signal: AbortSignal;
}

/**
 * Opens page after page; asking for the next one sends its request. Raises the service's refusals, and
 * HTTP_RESPONSE_INVALID for a next link that leads away from the service or comes a second time.
 */
export async function* openPages(walk: PageWalk): AsyncGenerator<OpenPage, void, undefined> {
  const { channel, plan } = walk;
  const seen = new Set<string>();
  let request: ServiceRequest | undefined = requestOf(walk, plan.query.skip);
  let skip = plan.query.skip ?? 0;
  const turn = { rows: 0 };
  for (let page = 1; request !== undefined; page += 1) {
    checkLimit('pagesMax', channel.limits.pagesMax, page, `The number of pages of '${walk.entitySet}'`);
    const url: string = request.url ?? urlOf(channel, request.uri);
    refuseRepeated(seen, url, walk.entitySet);
    const open = await openPage(walk, { ...request, url }, turn);
    yield open;
    const { nextLink } = open.annotations();
    if (nextLink !== undefined) {
      request = { ...request, url: resolveNextLink(nextLink, url, channel.serviceRoot) };
    } else if (open.hasNext() && plan.offsetPageSize !== undefined) {
      skip += plan.offsetPageSize;
      turn.rows = 0;
      request = requestOf(walk, skip);
    } else {
      request = undefined;
    }
  }
}

/** Records since the last `$skip` of the client's own; next links of the service may lie between. */
interface Turn {
  rows: number;
}

function requestOf(walk: PageWalk, skip: number | undefined): ServiceRequest {
  return {
    method: 'GET',
    uri: {
      kind: 'requestUri',
      path: [{ kind: 'name', name: walk.entitySet, position: 0 }],
      options: { ...walk.plan.query, ...(skip === undefined ? {} : { skip }) },
    },
    target: { kind: 'entitySet', entitySet: walk.entitySet },
    headers: walk.plan.headers,
    signal: walk.signal,
  };
}

async function openPage(walk: PageWalk, request: ServiceRequest, turn: Turn): Promise<OpenPage> {
  const { channel, plan } = walk;
  const response = await callService(channel, request);
  await expectJson(channel, request, response);
  const rows = readRows(response.body);
  return {
    async *batches() {
      for await (const batch of rows.batches()) {
        turn.rows += batch.length;
        yield batch;
      }
    },
    annotations: () => rows.annotations,
    // A full page of our own making may be the last one; the page after it is then empty.
    hasNext: () =>
      rows.annotations.nextLink !== undefined ||
      (plan.offsetPageSize !== undefined && turn.rows >= plan.offsetPageSize),
  };
}

function refuseRepeated(seen: Set<string>, url: string, entitySet: string): void {
  if (seen.has(url)) {
    throw new RialtoError(
      'HTTP_RESPONSE_INVALID',
      `The pages of '${entitySet}' lead in a circle: page ${seen.size} has a next link that was followed before.`,
    );
  }
  seen.add(url);
}
