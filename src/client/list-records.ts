/** The records of a list, over all its pages. */

import type { JsonObject } from '../base/json.ts';
import type { Row } from '../odata/index.ts';
import type { Page } from './client.ts';
import { type OpenPage, openPages, type PageWalk } from './open-pages.ts';
import { RowsAhead } from './rows-ahead.ts';

export interface ListWalk extends Omit<PageWalk, 'signal'> {
  /** Most records over all pages. */
  readonly top: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * The records one by one as they arrive. Reading runs ahead of the consumer by at most `rowsAheadMax` records, so the
 * next page is asked for while this one is consumed.
 */
export async function* listRecords(walk: ListWalk): AsyncGenerator<JsonObject, void, undefined> {
  if (walk.top === 0) return;
  const leave = new AbortController();
  const ahead = new RowsAhead(walk.channel.limits.rowsAheadMax);
  const reading = readAhead({ ...walk, signal: either(walk.signal, leave.signal) }, walk.top, ahead);
  try {
    for (let taken = await ahead.take(); taken !== undefined; taken = await ahead.take()) {
      for (const batch of taken) yield* batch;
    }
  } finally {
    ahead.end();
    leave.abort();
    await reading;
  }
}

/** The pages one by one; the next one is read while this one is consumed. */
export async function* listPages(walk: ListWalk): AsyncGenerator<Page, void, undefined> {
  if (walk.top === 0) {
    yield { records: [], hasMore: false };
    return;
  }
  const leave = new AbortController();
  const pages = openPages({ ...walk, signal: either(walk.signal, leave.signal) });
  let left = walk.top ?? Number.POSITIVE_INFINITY;
  let ahead: Promise<Page | undefined> = readPage(pages, left);
  try {
    for (let page = await ahead; page !== undefined; page = await ahead) {
      left -= page.records.length;
      ahead = page.hasMore ? readPage(pages, left) : Promise.resolve(undefined);
      // It fails only when it is awaited: at the next turn, or below when the consumer leaves.
      ahead.catch(() => undefined);
      yield page;
    }
  } finally {
    leave.abort();
    await Promise.allSettled([ahead]);
    await pages.return();
  }
}

/** Never rejects: a failure is handed to the reader of `ahead`, after the records that came before it. */
async function readAhead(walk: PageWalk, top: number | undefined, ahead: RowsAhead): Promise<void> {
  let left = top ?? Number.POSITIVE_INFINITY;
  try {
    for await (const page of openPages(walk)) {
      for await (const batch of page.batches()) {
        await ahead.put(batch.length > left ? batch.slice(0, left) : batch);
        left -= batch.length;
        if (left <= 0 || walk.signal.aborted) break;
      }
      if (left <= 0 || walk.signal.aborted) break;
    }
    ahead.end();
  } catch (error) {
    ahead.end(error);
  }
}

async function readPage(pages: AsyncGenerator<OpenPage>, left: number): Promise<Page | undefined> {
  const { value: page, done } = await pages.next();
  if (done === true) return undefined;
  const records: Row[] = [];
  for await (const batch of page.batches()) {
    for (const row of batch) if (records.length < left) records.push(row);
  }
  const { count } = page.annotations();
  return { records, hasMore: page.hasNext() && records.length < left, ...(count === undefined ? {} : { count }) };
}

function either(first: AbortSignal | undefined, second: AbortSignal): AbortSignal {
  return first === undefined ? second : AbortSignal.any([first, second]);
}
