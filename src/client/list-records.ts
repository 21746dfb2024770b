/** The records of a list, over all its pages. */

import { abortedError } from '../base/clock.ts';
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
export async function* listRecords(prepare: () => Promise<ListWalk>): AsyncGenerator<JsonObject, void, undefined> {
  const walk = await prepare();
  if (walk.top === 0) return;
  const leave = new AbortController();
  const ahead = new RowsAhead(walk.channel.limits.rowsAheadMax);
  const reading = readAhead({ ...walk, signal: either(walk.signal, leave.signal) }, walk.top, ahead);
  try {
    for (let taken = await ahead.take(); taken !== undefined; taken = await ahead.take()) {
      for (const batch of taken) {
        // Not `yield* batch`: that awaits each record twice.
        for (const row of batch) yield row;
      }
    }
  } finally {
    ahead.end();
    leave.abort();
    await reading;
  }
}

/** The pages one by one; the next one is read while this one is consumed. */
export async function* listPages(prepare: () => Promise<ListWalk>): AsyncGenerator<Page, void, undefined> {
  const walk = await prepare();
  if (walk.top === 0) {
    yield { records: [], hasMore: false };
    return;
  }
  const leave = new AbortController();
  const signal = either(walk.signal, leave.signal);
  const pages = openPages({ ...walk, signal });
  let left = walk.top ?? Number.POSITIVE_INFINITY;
  let ahead: Promise<Page | undefined> = readPage(pages, left, signal);
  try {
    for (let page = await ahead; page !== undefined; page = await ahead) {
      left -= page.records.length;
      ahead = page.hasMore ? readPage(pages, left, signal) : Promise.resolve(undefined);
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
        // Not every transport ends a body when its request is cancelled; a list cut short must not look complete.
        if (walk.signal.aborted) throw abortedError(walk.signal);
        if (left <= 0) break;
      }
      if (left <= 0) break;
    }
    ahead.end();
  } catch (error) {
    ahead.end(error);
  }
}

async function readPage(pages: AsyncGenerator<OpenPage>, left: number, signal: AbortSignal): Promise<Page | undefined> {
  const { value: page, done } = await pages.next();
  if (done === true) return undefined;
  const records: Row[] = [];
  for await (const batch of page.batches()) {
    if (signal.aborted) throw abortedError(signal);
    for (const row of batch) if (records.length < left) records.push(row);
  }
  const { count } = page.annotations();
  return { records, hasMore: page.hasNext() && records.length < left, ...(count === undefined ? {} : { count }) };
}

function either(first: AbortSignal | undefined, second: AbortSignal): AbortSignal {
  return first === undefined ? second : AbortSignal.any([first, second]);
}
