/** Payloads that arrive in pieces, for the tests of reading rows. */

import type { Row } from '../../row.ts';
import { type ReadRowsOptions, type RowStream, readRows } from './read-rows.ts';

/** The text as bytes, cut at these places. */
export async function* cut(text: string | Uint8Array, places: readonly number[]): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text as string);
  let start = 0;
  for (const place of [...new Set(places.map((each) => each % (bytes.length + 1)))].sort((a, b) => a - b)) {
    yield bytes.subarray(start, place);
    start = place;
  }
  yield bytes.subarray(start);
}

/** The places that cut a text into pieces of this size. */
export function every(size: number, length: number): readonly number[] {
  return Array.from({ length: Math.floor(length / size) }, (_, index) => index * size);
}

/** All rows of a stream. */
export async function rowsOf(stream: RowStream): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of stream) rows.push(row);
  return rows;
}

/** The rows of a payload that comes in one piece. */
export function split(text: string | Uint8Array, options: ReadRowsOptions = {}): RowStream {
  return readRows(cut(text, []), options);
}
