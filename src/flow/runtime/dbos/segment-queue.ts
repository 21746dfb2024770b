/**
 * The segment queue on DBOS, in the same PostgreSQL as the store: one DBOS workflow per segment and no steps inside
 * (design decision D3). DBOS only carries; whether a segment still has anything to do is decided by the store's claim.
 */

import { DBOS, DBOSClient, type DBOSConfig } from '@dbos-inc/dbos-sdk';
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
 * Opens the queue, creating or migrating DBOS's tables. Raises STORE_UNAVAILABLE when the database does not answer, and
 * INTERNAL when this process has a queue started already: DBOS is one per process.
 */
export async function openDbosSegmentQueue(options: DbosSegmentQueueOptions): Promise<DbosSegmentQueue> {
  const system: SystemDatabase = {
    systemDatabaseUrl: options.databaseUrl,
    systemDatabaseSchemaName: options.schemaName ?? schemaNameDefault,
    // Zero: otherwise DBOS sets it in an unawaited query of each new connection, which pg warns of on the console.
    systemDatabaseIdleTransactionTimeoutMs: 0,
    logger: dbosLogger(options.log),
  };
  checkIsOnly();
  try {
    // DBOS migrates with a logger of ours only when it is launched. It listens to no queue yet: nothing is taken out
    // before there is a worker.
    await launch({ ...system, listenQueues: [] });
    await DBOS.shutdown();
    const client = await DBOSClient.create({ ...system, systemDatabasePoolSize: 2, applicationName });
    return new DbosQueue(options, system, client);
  } catch (cause) {
    await DBOS.shutdown();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RialtoError('STORE_UNAVAILABLE', `The segment queue could not be opened in the database: ${reason}`, {
      cause,
      retryable: true,
    });
  }
}

type SystemDatabase = Required<
  Pick<
    DBOSConfig,
    'systemDatabaseUrl' | 'systemDatabaseSchemaName' | 'systemDatabaseIdleTransactionTimeoutMs' | 'logger'
  >
>;

class DbosQueue implements DbosSegmentQueue {
  readonly #options: DbosSegmentQueueOptions;
  readonly #system: SystemDatabase;
  readonly #client: DBOSClient;
  readonly #running = new Set<Promise<unknown>>();
  /** Ids of what was given back while the queue stops. */
  readonly #left = new Set<string>();
  #state: 'open' | 'started' | 'stopped' = 'open';

  constructor(options: DbosSegmentQueueOptions, system: SystemDatabase, client: DBOSClient) {
    this.#options = options;
    this.#system = system;
    this.#client = client;
  }

  async enqueue(transaction: PoolClient, segment: SegmentRef, wakeTime: number | undefined): Promise<void> {
    const delayMs = wakeTime === undefined ? 0 : wakeTime - this.#options.clock.now();
    await this.#client.enqueueInTransaction(
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
    checkIsOnly();
    this.#state = 'started';
    DBOS.registerWorkflow((runId: string, segment: number) => this.#handle({ runId, segment }, execute), {
      name: workflowName,
    });
    await launch({ ...this.#system, executorID: this.#options.workerId, listenQueues: [queueName] });
    // Per worker, not global: what a dead worker took out of the queue must not count against the living.
    await DBOS.registerQueue(queueName, {
      workerConcurrency: this.#options.concurrency,
      minPollingIntervalMs: this.#options.pollMs ?? pollMsDefault,
      onConflict: 'always_update',
    });
  }

  async recover(standing: (segment: SegmentRef, worker: string) => Promise<SegmentStanding>): Promise<number> {
    await this.#deleteFinished();
    const taken = await this.#client.listWorkflows({
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
    if (over.length > 0) await this.#client.cancelWorkflows(over);
    if (lost.length > 0) await this.#client.resumeWorkflows(lost, { queueName });
    return lost.length;
  }

  async stop(waitMs: number): Promise<void> {
    const wasStarted = this.#state === 'started';
    this.#state = 'stopped';
    if (!wasStarted) return;
    const deadline = new AbortController();
    await Promise.race([
      Promise.allSettled(this.#running),
      this.#options.clock.sleep(waitMs, deadline.signal).catch(() => undefined),
    ]);
    deadline.abort();
    const isAtRest = this.#running.size === 0 && this.#left.size === 0;
    await DBOS.shutdown({ deregister: true, workflowCompletionTimeoutMS: isAtRest ? outcomeWaitMs : 0 });
    // Only now: before, this process would have taken them out again.
    if (this.#left.size > 0) await this.#client.resumeWorkflows([...this.#left], { queueName });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop(0);
    await this.#client.destroy();
  }

  async #handle(segment: SegmentRef, execute: ExecuteSegment): Promise<void> {
    const id = workflowId(segment);
    const running = this.#execute(segment, execute);
    this.#running.add(running);
    const handling = await running.finally(() => this.#running.delete(running));
    if (handling === 'done') return;
    // Never returns: DBOS would write down that the segment is done.
    if (this.#left.has(id)) await new Promise(() => {});
    // Back in the queue before this workflow returns: its result is then not recorded, and a worker gets it again.
    await this.#client.resumeWorkflows([id], { queueName });
  }

  async #execute(segment: SegmentRef, execute: ExecuteSegment): Promise<SegmentHandling> {
    const handling = this.#state === 'started' ? await execute(segment) : 'given-back';
    if (handling === 'given-back' && this.#state !== 'started') this.#left.add(workflowId(segment));
    return handling;
  }

  async #deleteFinished(): Promise<void> {
    const finished = await this.#client.listWorkflows({
      workflowName,
      status: ['SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'],
      completedBefore: isoInstant(this.#options.clock.now() - keepFinishedMs),
      limit: recoverMax,
      loadInput: false,
      loadOutput: false,
    });
    if (finished.length > 0) await this.#client.deleteWorkflows(finished.map((workflow) => workflow.workflowID));
  }
}

function checkIsOnly(): void {
  if (!DBOS.isInitialized()) return;
  throw new RialtoError('INTERNAL', 'This process has a segment queue started already; DBOS is one per process.');
}

async function launch(changes: Omit<DBOSConfig, 'name'>): Promise<void> {
  DBOS.setConfig({
    name: applicationName,
    systemDatabasePoolSize: 4,
    applicationVersion,
    // We read nothing through notifications; they would hold one more connection open.
    useListenNotify: false,
    enableOTLP: false,
    tracingEnabled: false,
    ...changes,
  });
  await DBOS.launch();
}

function workflowId(segment: SegmentRef): string {
  return `rialto:${segment.runId}:${segment.segment}`;
}

function segmentOf(id: string): SegmentRef {
  const match = /^rialto:(.+):(\d+)$/.exec(id);
  if (match?.[1] === undefined) throw new RialtoError('INTERNAL', `'${id}' is not the id of a segment workflow.`);
  return { runId: match[1], segment: Number(match[2]) };
}
