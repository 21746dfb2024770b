/**
 * The segment queue on DBOS, in the same PostgreSQL as the store: one DBOS workflow per segment and no steps inside
 * (design decision D3). DBOS only carries; whether a segment still has anything to do is decided by the store's claim.
 */

import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk';
import type { PoolClient } from 'pg';
import { type Clock, isoInstant } from '../../../base/clock.ts';
import { RialtoError } from '../../../base/errors.ts';
import type { Log } from '../../../base/log.ts';
import type { SegmentQueue, SegmentRef } from '../../store/store.ts';
import type { ExecuteSegment, SegmentHandling, SegmentSource, SegmentStanding } from '../segment-source.ts';
import { dbosLogger } from './dbos-logger.ts';

export interface DbosSegmentQueueOptions {
  /** The database of the store: segments are enqueued inside its transactions. */
  readonly databaseUrl: string;
  /** The worker that runs in this process. */
  readonly workerId: string;
  /** Most segments that this worker has out of the queue at the same time. */
  readonly concurrency: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Schema that holds DBOS's own tables. */
  readonly schemaName?: string;
  /** How often the queue is looked at. */
  readonly pollMs?: number;
}

/** The queue that workers share. Enqueues as soon as it is open; hands segments over between `start` and `stop`. */
export interface DbosSegmentQueue extends SegmentQueue<PoolClient>, SegmentSource, AsyncDisposable {}

const applicationName = 'rialto';
const queueName = 'rialto-segments';
const workflowName = 'rialto.segment';
/** Of the contract between enqueuer and executor, set by hand: a new Rialto takes over the segments of an older one. */
const applicationVersion = 'segment-1';

const schemaNameDefault = 'rialto_dbos';
const pollMsDefault = 200;
/** Time for DBOS to write down that the last segments are done. */
const outcomeWaitMs = 1_000;
/** A segment out of the queue for this long may have lost its worker. */
const unclaimedAfterMs = 3_000;
/** Rows looked at by one `recover`. */
const recoverMax = 1_000;
/** Finished workflows are deleted after this time; their place in history is ours, not DBOS's. */
const keepFinishedMs = 60_000;

/**
 * Opens the queue, creating or migrating DBOS's tables. DBOS is one per process: raises INTERNAL when this process runs
 * one already. Raises STORE_UNAVAILABLE when the database does not answer.
 */
export async function openDbosSegmentQueue(options: DbosSegmentQueueOptions): Promise<DbosSegmentQueue> {
  if (DBOS.isInitialized()) {
    throw new RialtoError('INTERNAL', 'This process has a segment queue open already; DBOS is one per process.');
  }
  const queue = new DbosQueue(options);
  try {
    await queue.open();
    return queue;
  } catch (cause) {
    await DBOS.shutdown({ deregister: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RialtoError('STORE_UNAVAILABLE', `The segment queue could not be opened in the database: ${reason}`, {
      cause,
      retryable: true,
    });
  }
}

class DbosQueue implements DbosSegmentQueue {
  readonly #options: DbosSegmentQueueOptions;
  readonly #running = new Set<Promise<unknown>>();
  /** Resolves when the worker starts; what DBOS hands over before waits for it. */
  readonly #consumer = deferred<ExecuteSegment | undefined>();
  /** Ids of what was given back while the queue stops. */
  readonly #left = new Set<string>();
  #client: DBOSClient | undefined;
  #isStopped = false;

  constructor(options: DbosSegmentQueueOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    const { databaseUrl, workerId, concurrency, log } = this.#options;
    const logger = dbosLogger(log);
    const system = {
      systemDatabaseUrl: databaseUrl,
      systemDatabaseSchemaName: this.#options.schemaName ?? schemaNameDefault,
      // Zero: otherwise DBOS sets it in an unawaited query of each new connection, which pg warns of on the console.
      systemDatabaseIdleTransactionTimeoutMs: 0,
      logger,
    };
    DBOS.registerWorkflow((runId: string, segment: number) => this.#handle({ runId, segment }), { name: workflowName });
    DBOS.setConfig({
      ...system,
      name: applicationName,
      systemDatabasePoolSize: 4,
      applicationVersion,
      executorID: workerId,
      listenQueues: [queueName],
      // We read nothing through notifications; they would hold one more connection open.
      useListenNotify: false,
      enableOTLP: false,
      tracingEnabled: false,
    });
    await DBOS.launch();
    this.#client = await DBOSClient.create({ ...system, systemDatabasePoolSize: 2, applicationName });
    // Per worker, not global: what a dead worker took out of the queue must not count against the living.
    await DBOS.registerQueue(queueName, {
      workerConcurrency: concurrency,
      minPollingIntervalMs: this.#options.pollMs ?? pollMsDefault,
      onConflict: 'always_update',
    });
  }

  async enqueue(transaction: PoolClient, segment: SegmentRef, wakeTime: number | undefined): Promise<void> {
    const delayMs = wakeTime === undefined ? 0 : wakeTime - this.#options.clock.now();
    await this.#opened().enqueueInTransaction(
      transaction,
      {
        queueName,
        workflowName,
        workflowID: workflowId(segment),
        appVersion: applicationVersion,
        ...(delayMs > 0 ? { delaySeconds: delayMs / 1000 } : {}),
      },
      segment.runId,
      segment.segment,
    );
  }

  async start(execute: ExecuteSegment): Promise<void> {
    this.#consumer.resolve(execute);
  }

  async recover(standing: (segment: SegmentRef, worker: string) => Promise<SegmentStanding>): Promise<number> {
    await this.#deleteFinished();
    const taken = await this.#opened().listWorkflows({
      workflowName,
      status: 'PENDING',
      dequeuedBefore: isoInstant(this.#options.clock.now() - unclaimedAfterMs),
      limit: recoverMax,
      loadInput: false,
      loadOutput: false,
    });
    /** Workers found to hold a segment: alive, or about to be released by the store. */
    const holders = new Set<string>();
    const lost: string[] = [];
    const over: string[] = [];
    for (const { workflowID, executorId } of taken) {
      if (executorId === undefined || executorId === this.#options.workerId || holders.has(executorId)) continue;
      const found = await standing(segmentOf(workflowID), executorId);
      if (found === 'held') holders.add(executorId);
      else (found === 'waiting' ? lost : over).push(workflowID);
    }
    if (over.length > 0) await this.#opened().cancelWorkflows(over);
    if (lost.length > 0) await this.#opened().resumeWorkflows(lost, { queueName });
    return lost.length;
  }

  async stop(waitMs: number): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#consumer.resolve(undefined);
    const deadline = new AbortController();
    await Promise.race([
      Promise.allSettled(this.#running),
      this.#options.clock.sleep(waitMs, deadline.signal).catch(() => undefined),
    ]);
    deadline.abort();
    const isAtRest = this.#running.size === 0 && this.#left.size === 0;
    await DBOS.shutdown({ deregister: true, workflowCompletionTimeoutMS: isAtRest ? outcomeWaitMs : 0 });
    // Only now: before, this process would have taken them out again.
    if (this.#left.size > 0) await this.#opened().resumeWorkflows([...this.#left], { queueName });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop(0);
    await this.#opened().destroy();
  }

  async #handle(segment: SegmentRef): Promise<void> {
    const id = workflowId(segment);
    const running = this.#execute(segment);
    this.#running.add(running);
    const handling = await running.finally(() => this.#running.delete(running));
    if (handling === 'done') return;
    // Never returns: DBOS would write down that the segment is done.
    if (this.#left.has(id)) await new Promise(() => {});
    // Back in the queue before this workflow returns: its result is then not recorded, and a worker gets it again.
    await this.#opened().resumeWorkflows([id], { queueName });
  }

  async #execute(segment: SegmentRef): Promise<SegmentHandling> {
    const execute = await this.#consumer.promise;
    const handling = execute === undefined || this.#isStopped ? 'given-back' : await execute(segment);
    if (handling === 'given-back' && this.#isStopped) this.#left.add(workflowId(segment));
    return handling;
  }

  #opened(): DBOSClient {
    if (this.#client === undefined) throw new RialtoError('INTERNAL', 'The segment queue is not open.');
    return this.#client;
  }

  async #deleteFinished(): Promise<void> {
    const finished = await this.#opened().listWorkflows({
      workflowName,
      status: ['SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'],
      completedBefore: isoInstant(this.#options.clock.now() - keepFinishedMs),
      limit: recoverMax,
      loadInput: false,
      loadOutput: false,
    });
    if (finished.length > 0) await this.#opened().deleteWorkflows(finished.map((workflow) => workflow.workflowID));
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((resolver) => {
    resolve = resolver;
  });
  return { promise, resolve };
}

function workflowId(segment: SegmentRef): string {
  return `rialto:${segment.runId}:${segment.segment}`;
}

function segmentOf(id: string): SegmentRef {
  const match = /^rialto:(.+):(\d+)$/.exec(id);
  if (match?.[1] === undefined) throw new RialtoError('INTERNAL', `'${id}' is not the id of a segment workflow.`);
  return { runId: match[1], segment: Number(match[2]) };
}
