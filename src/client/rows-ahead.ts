/** A bounded queue between what reads pages and what consumes their records. */

import type { Row } from '../odata/index.ts';

/** One writer, one reader. The writer waits while more than `rowsMax` records are in the queue. */
export class RowsAhead {
  readonly #rowsMax: number;
  #batches: (readonly Row[])[] = [];
  #rows = 0;
  #end: { readonly error?: unknown } | undefined;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;

  constructor(rowsMax: number) {
    this.#rowsMax = rowsMax;
  }

  /** Adds records; resolves when there is room for more. */
  async put(batch: readonly Row[]): Promise<void> {
    this.#batches.push(batch);
    this.#rows += batch.length;
    this.#wakeReader?.();
    while (this.#rows >= this.#rowsMax && this.#end === undefined) {
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve;
      });
    }
  }

  /** No more records will come; with an error, the reader is told after what came before it. */
  end(error?: unknown): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wakeReader?.();
    this.#wakeWriter?.();
  }

  /** All records that wait; undefined at the end. Rejects with the error that `end` was given. */
  async take(): Promise<readonly (readonly Row[])[] | undefined> {
    while (this.#batches.length === 0) {
      if (this.#end !== undefined) {
        if ('error' in this.#end) throw this.#end.error;
        return undefined;
      }
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
    const taken = this.#batches;
    this.#batches = [];
    this.#rows = 0;
    this.#wakeWriter?.();
    return taken;
  }
}
