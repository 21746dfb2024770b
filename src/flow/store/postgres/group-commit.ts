/**
 * Group commit: while one commit is under way, further operations collect and go together into the next. One fsync
 * then serves many callers, and what each gets is as if it had been alone.
 */

import { RialtoError } from '../../../base/errors.ts';
import { isUnavailable } from './database-error.ts';

/** What came of one operation of a batch: its result, or the error of its caller alone. */
export type Outcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'refused'; readonly error: unknown };

export interface GroupCommitOptions<Operation, Result> {
  /** Commits a batch in one transaction and gives an outcome per operation; raises when nothing was committed. */
  readonly write: (batch: readonly Operation[]) => Promise<readonly Outcome<Result>[]>;
  /** What the operation touches: those of one key are committed in the order of their calls. */
  readonly keyOf: (operation: Operation) => string;
  /** True when nothing else of the same key may follow in the same batch. */
  readonly isLastOfKey: (operation: Operation) => boolean;
  /** Roughly how many bytes it carries. */
  readonly bytesOf: (operation: Operation) => number;
}

interface Pending<Operation, Result> {
  readonly operation: Operation;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

const batchOperationsMax = 256;
const batchBytesMax = 8 * 1024 * 1024;
const pendingMax = 50_000;

/** Collects operations and commits them in batches, one batch at a time. */
export class GroupCommit<Operation, Result> {
  readonly #options: GroupCommitOptions<Operation, Result>;
  #pending: Pending<Operation, Result>[] = [];
  #draining: Promise<void> | undefined;

  constructor(options: GroupCommitOptions<Operation, Result>) {
    this.#options = options;
  }

  /** Resolves when the operation is durable; rejects with its own refusal, or with what made its batch fail. */
  commit(operation: Operation): Promise<Result> {
    if (this.#pending.length >= pendingMax) {
      const message = `The database is too slow: ${pendingMax} writes wait already.`;
      return Promise.reject(new RialtoError('STORE_UNAVAILABLE', message, { retryable: true }));
    }
    return new Promise((resolve, reject) => {
      this.#pending.push({ operation, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#draining !== undefined) await this.#draining;
  }

  async #drain(): Promise<void> {
    // Whoever calls in this same turn joins the first batch.
    await Promise.resolve();
    while (this.#pending.length > 0) await this.#commitBatch(this.#takeBatch());
    this.#draining = undefined;
  }

  #takeBatch(): readonly Pending<Operation, Result>[] {
    const { keyOf, isLastOfKey, bytesOf } = this.#options;
    const batch: Pending<Operation, Result>[] = [];
    const later: Pending<Operation, Result>[] = [];
    const closedKeys = new Set<string>();
    let bytes = 0;
    for (const item of this.#pending) {
      const key = keyOf(item.operation);
      const isFull = batch.length >= batchOperationsMax || (batch.length > 0 && bytes >= batchBytesMax);
      if (isFull || closedKeys.has(key)) {
        closedKeys.add(key);
        later.push(item);
        continue;
      }
      if (isLastOfKey(item.operation)) closedKeys.add(key);
      bytes += bytesOf(item.operation);
      batch.push(item);
    }
    this.#pending = later;
    return batch;
  }

  /** When a batch fails for another reason than the database's silence, one of its operations is bad: each goes alone. */
  async #commitBatch(batch: readonly Pending<Operation, Result>[]): Promise<void> {
    const error = await this.#tryBatch(batch);
    if (error === undefined) return;
    if (batch.length === 1 || isUnavailable(error)) {
      for (const item of batch) item.reject(error);
      return;
    }
    let unavailable: unknown;
    for (const item of batch) {
      const itemError = unavailable ?? (await this.#tryBatch([item]));
      if (isUnavailable(itemError)) unavailable = itemError;
      if (itemError !== undefined) item.reject(itemError);
    }
  }

  /** Settles the callers of a batch that was committed; gives the error of one that was not. */
  async #tryBatch(batch: readonly Pending<Operation, Result>[]): Promise<unknown> {
    try {
      const outcomes = await this.#options.write(batch.map((item) => item.operation));
      for (const [index, item] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome?.kind === 'done') item.resolve(outcome.result);
        else item.reject(outcome?.error ?? new RialtoError('INTERNAL', 'A write has no outcome.'));
      }
      return undefined;
    } catch (error) {
      return error;
    }
  }
}
