/** A collection payload → its rows, while it arrives. */

import type { Row } from '../row.ts';
import { AroundScanner } from './around-scanner.ts';
import { type CollectionAnnotations, readCollectionAnnotations } from './collection-annotations.ts';
import { invalidPayload } from './payload-bytes.ts';
import { RowScanner } from './row-scanner.ts';

export interface SplitRowsOptions {
  /** Longest row, in bytes. Default 16 MiB. */
  readonly rowBytesMax?: number;
  /** Bytes that may stand around the rows. Default 1 MiB. */
  readonly annotationsBytesMax?: number;
}

/** The rows of one payload. It can be read once: row by row, or batch by batch. */
export interface RowStream extends AsyncIterable<Row> {
  /** The rows of each piece of the body together, which is cheaper than one by one. */
  batches(): AsyncIterable<readonly Row[]>;
  /** What stood around the rows, before or behind them. Raises ODATA_PAYLOAD_INVALID until all rows are read. */
  readonly annotations: CollectionAnnotations;
}

const rowBytesMaxDefault = 16 * 1024 * 1024;
const annotationsBytesMaxDefault = 1024 * 1024;
/** Bytes that are read at a time, so that a long piece does not hold the thread. */
const pieceBytesMax = 64 * 1024;

/**
 * Reads a collection (OData JSON 4.01 4.6, 13) row by row as its bytes arrive. Iterating raises ODATA_PAYLOAD_INVALID
 * for what is not JSON, not a collection, or ends too early, and LIMIT_EXCEEDED.
 */
export function splitRows(body: AsyncIterable<Uint8Array>, options: SplitRowsOptions = {}): RowStream {
  let annotations: CollectionAnnotations | undefined;
  let isTaken = false;
  async function* batches(): AsyncGenerator<readonly Row[]> {
    if (isTaken) throw invalidPayload('The rows of this payload have been read already.');
    isTaken = true;
    const around = new AroundScanner({
      annotationsBytesMax: options.annotationsBytesMax ?? annotationsBytesMaxDefault,
    });
    const rows = new RowScanner({ rowBytesMax: options.rowBytesMax ?? rowBytesMaxDefault });
    let isInRows = false;
    let offset = 0;
    for await (const chunk of body) {
      for (let start = 0; start < chunk.length; start += pieceBytesMax) {
        const piece = chunk.subarray(start, start + pieceBytesMax);
        const found: Row[] = [];
        let position = 0;
        while (position < piece.length) {
          if (isInRows) {
            const scanned = rows.scan(piece, position, { offset, found });
            position = scanned.position;
            isInRows = !scanned.endsRows;
          } else {
            const scanned = around.scan(piece, position, offset);
            position = scanned.position;
            isInRows = scanned.beginsRows;
          }
        }
        offset += piece.length;
        if (found.length > 0) yield found;
      }
    }
    if (!around.isComplete) throw invalidPayload(`The payload ends too early, ${rows.place}, after ${offset} bytes.`);
    annotations = readCollectionAnnotations(around.end());
  }
  return {
    batches,
    [Symbol.asyncIterator]: () => eachOf(batches()),
    get annotations() {
      if (annotations === undefined) throw invalidPayload('The payload has not been read to its end.');
      return annotations;
    },
  };
}

/** The items of the batches. Written out, because `yield*` would wait three times for every row. */
function eachOf<T>(batches: AsyncGenerator<readonly T[]>): AsyncIterator<T> {
  let batch: readonly T[] = [];
  let index = 0;
  async function refill(): Promise<IteratorResult<T>> {
    const next = await batches.next();
    if (next.done === true) return { done: true, value: undefined };
    batch = next.value;
    index = 0;
    return advance();
  }
  function advance(): Promise<IteratorResult<T>> {
    const value = batch[index];
    if (value === undefined) return refill();
    index += 1;
    return Promise.resolve({ done: false, value });
  }
  return {
    next: advance,
    async return(): Promise<IteratorResult<T>> {
      await batches.return(undefined);
      return { done: true, value: undefined };
    },
  };
}
