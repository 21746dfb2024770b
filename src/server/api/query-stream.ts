/** The rows of a query as one JSON document, written while the pages arrive. */

import { printJson } from '../../base/json.ts';
import { checkLimit } from '../../base/limits.ts';
import type { Page } from '../../client/client.ts';
import type { ErrorAnswer } from '../wire.ts';
import { apiLimits } from './limits.ts';

/**
 * Text of `{ "value": […], "pages": n, "count": n }`. The first page is awaited before the answer begins, so that a
 * refused query has its own status. A fault after that becomes the member `error`: the status is sent by then.
 */
export async function queryDocument(
  pages: AsyncIterable<Page>,
  describeError: (error: unknown) => ErrorAnswer,
): Promise<AsyncIterable<string>> {
  const iterator = pages[Symbol.asyncIterator]();
  const first = await iterator.next();
  return documentText(first, iterator, describeError);
}

async function* documentText(
  first: IteratorResult<Page>,
  iterator: AsyncIterator<Page>,
  describeError: (error: unknown) => ErrorAnswer,
): AsyncIterable<string> {
  let pagesRead = 0;
  let rows = 0;
  let count: number | undefined;
  let failure: ErrorAnswer | undefined;
  yield '{"value":[';
  try {
    for (let next = first; next.done !== true; next = await iterator.next()) {
      pagesRead += 1;
      count ??= next.value.count;
      const { records } = next.value;
      checkLimit('queryRowsMax', apiLimits.queryRowsMax, rows + records.length, 'The number of rows');
      for (let start = 0; start < records.length; start += apiLimits.queryChunkRows) {
        const chunk = records.slice(start, start + apiLimits.queryChunkRows);
        yield (rows === 0 ? '' : ',') + chunk.map((row) => printJson(row)).join(',');
        rows += chunk.length;
      }
    }
  } catch (error) {
    failure = describeError(error);
  } finally {
    // Gives the socket back when the reader of this document goes away early.
    await iterator.return?.();
  }
  yield `],"pages":${pagesRead}`;
  if (count !== undefined) yield `,"count":${count}`;
  if (failure !== undefined) yield `,"error":${printJson(failure.error as never)}`;
  yield '}';
}
