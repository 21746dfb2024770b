/** A collection payload → its rows, while it arrives. */

import { eventLoopTurn } from '../../../base/event-loop.ts';
import type { Row } from '../../row.ts';
import type { DecimalForm } from '../exact-number.ts';
import { invalidPayload } from '../payload-bytes.ts';
import { payloadLimits } from '../payload-limits.ts';
import { type CollectionAnnotations, readCollectionAnnotations } from '../read/collection-annotations.ts';
import { AroundRows } from './around-rows.ts';
import { brokenOff, isErrorRow } from './broken-off.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { RowScanner } from './row-scanner.ts';

export interface ReadRowsOptions {
  /** Longest row, in bytes. Default 16 MiB. */
  readonly rowBytesMax?: number;
  /** Bytes that may stand around the rows. Default 1 MiB. */
  readonly annotationsBytesMax?: number;
  /**
   * What becomes of a decimal that a double cannot hold, `12345678901234567890.12`: its digits as text, or the nearest
   * double. Default `text`. An integer outside ±(2^53 − 1) is a bigint always.
   */
  readonly decimals?: DecimalForm;
}

/** The rows of one payload. It can be read once: row by row, or batch by batch. */
export interface RowStream extends AsyncIterable<Row> {
  /** The rows of each piece of the body together, which is cheaper than one by one. */
  batches(): AsyncIterable<readonly Row[]>;
  /** What stood around the rows, before or behind them. Raises ODATA_PAYLOAD_INVALID until all rows are read. */
  readonly annotations: CollectionAnnotations;
}

/** Bytes that are read at a time, so that a long piece does not hold the thread. */
const pieceBytesMax = 64 * 1024;

/** Bytes after which timers and sockets have their turn; reading them takes less than a millisecond. */
const turnBytes = 64 * 1024;

/** What waiting for a chunk costs, however short it is, in bytes. */
const chunkWork = 1024;

/** What a byte of a long row may cost, in bytes of others. */
const longRowWork = 4;

/**
 * Reads a collection (OData JSON 4.01 4.6, 13) row by row as its bytes arrive, wherever `value` stands in it; the event
 * loop turns at least every 64 KiB. Rows are what JSON.parse gives, but for numbers that a double cannot hold.
 * Iterating raises ODATA_PAYLOAD_INVALID for what is not JSON, not a collection, an error (also one that breaks off the
 * rows) or ends too early, and LIMIT_EXCEEDED.
 */
export function readRows(body: AsyncIterable<Uint8Array>, options: ReadRowsOptions = {}): RowStream {
  let annotations: CollectionAnnotations | undefined;
  let isTaken = false;
  async function* batches(): AsyncGenerator<readonly Row[]> {
    if (isTaken) throw invalidPayload('The rows of this payload have been read already.');
    isTaken = true;
    const reading = new RowReading(options);
    let workDone = 0;
    for await (const chunk of body) {
      workDone += chunkWork;
      for (let start = 0, end = 0; start < chunk.length; start = end) {
        end = start + reading.pieceBytes;
        workDone += reading.workOf(Math.min(end, chunk.length) - start);
        const found = reading.read(chunk.subarray(start, end));
        if (found.length > 0) yield found;
        for (let caughtUp = -1; caughtUp !== 0; workDone += reading.workOf(caughtUp)) {
          if (workDone >= turnBytes) {
            workDone = 0;
            await eventLoopTurn();
          }
          caughtUp = reading.catchUp();
        }
      }
    }
    const rest = reading.rest();
    if (rest.length > 0) yield rest;
    annotations = reading.end();
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

/** Goes from what is around the rows to the rows, and back. */
class RowReading {
  readonly #around: AroundRows;
  readonly #rows: RowScanner;
  #isInRows = false;
  /** Where the next piece stands in the payload. */
  #offset = 0;
  /** What of the last piece is to be read with the next one. */
  readonly #unread = new ByteBuffer();
  /** A last row that looks like an error; a row when more follows. */
  #held: Row | undefined;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(options: ReadRowsOptions) {
    const { decimals = 'text' } = options;
    const { rowBytesMax = payloadLimits.rowBytesMax } = options;
    const { annotationsBytesMax = payloadLimits.annotationsBytesMax } = options;
    this.#around = new AroundRows({ annotationsBytesMax, decimals });
    this.#rows = new RowScanner({ rowBytesMax, decimals });
  }

  /** Bytes to read next. */
  get pieceBytes(): number {
    return this.#rows.isInLongRow ? pieceBytesMax / longRowWork : pieceBytesMax;
  }

  /** What reading so many bytes costs, in bytes of common rows. */
  workOf(count: number): number {
    return this.#rows.isInLongRow ? count * longRowWork : count;
  }

  /** The rows that end in this piece. */
  read(piece: Uint8Array): readonly Row[] {
    return this.#named(() => {
      const unreadBytes = this.#unread.length;
      if (unreadBytes > 0) this.#unread.add(piece);
      const rows = this.#scan(unreadBytes > 0 ? this.#unread.bytes : piece, this.#offset - unreadBytes, false);
      this.#offset += piece.length;
      return rows;
    });
  }

  /** See RowScanner.catchUp. */
  catchUp(): number {
    return this.#named(() => this.#rows.catchUp());
  }

  /** The rows that were waiting for more. */
  rest(): readonly Row[] {
    return this.#named(() => this.#scan(this.#unread.bytes, this.#offset - this.#unread.length, true));
  }

  end(): CollectionAnnotations {
    return this.#named(() => {
      if (this.#around.isComplete) return readCollectionAnnotations(this.#around.end());
      throw invalidPayload(`The payload ends too early, ${this.#rows.place}, after ${this.#offset} bytes.`);
    });
  }

  #scan(piece: Uint8Array, offset: number, isLast: boolean): readonly Row[] {
    this.#piece = piece;
    const found: Row[] = [];
    let position = 0;
    while (position < piece.length) {
      if (!this.#isInRows) {
        const scanned = this.#around.scan(piece, position, offset);
        position = scanned.position;
        this.#isInRows = scanned.beginsRows;
        continue;
      }
      const scanned = this.#rows.scan(piece, position, { offset, found, isLast });
      position = scanned.position;
      this.#isInRows = !scanned.endsRows;
      this.#hold(found);
      if (this.#isInRows) break;
    }
    this.#keepUnread(piece.subarray(position));
    return found;
  }

  #keepUnread(rest: Uint8Array): void {
    // The rest may lie in the buffer that is cleared.
    const copy = rest.length === 0 ? rest : new Uint8Array(rest);
    this.#unread.clear();
    if (copy.length > 0) this.#unread.add(copy);
  }

  /** Keeps a last row back that looks like an error, until it is clear that the payload goes on. */
  #hold(found: Row[]): void {
    const goesOn = found.length > 0 || !this.#isInRows;
    if (this.#held !== undefined && goesOn) {
      found.unshift(this.#held);
      this.#held = undefined;
    }
    const last = found.at(-1);
    if (this.#isInRows && isErrorRow(last)) this.#held = found.pop();
  }

  /** Names the service's error when that is why reading fails. */
  #named<T>(read: () => T): T {
    try {
      return read();
    } catch (cause) {
      throw brokenOff(cause, { held: this.#held, pieces: [this.#rows.partialRow, this.#piece] });
    }
  }
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
