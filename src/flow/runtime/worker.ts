/** A worker: checks triggers, executes runs, and takes over what dead workers left. */

import { setMaxListeners } from 'node:events';
import type { Clock } from '../../base/clock.ts';
import { RialtoError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { ConnectorHost } from '../../connector/contract.ts';
import type { Store } from '../store/store.ts';
import { keepBeating } from './beat.ts';
import { ExecutionSlots } from './execution-slots.ts';
import { Heartbeat } from './heartbeat.ts';
import { flowLoader } from './loaded-flow.ts';
import { RunExecutor } from './run-executor.ts';
import type { SegmentSource } from './segment-source.ts';
import { TriggerLoop } from './trigger-loop.ts';
import { type WorkerLimits, workerLimits } from './worker-limits.ts';

export interface WorkerOptions {
  readonly store: Store;
  readonly connectors: ConnectorHost;
  /** The queue that the store enqueues into. */
  readonly source: SegmentSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** New with every start of a worker. */
  readonly workerId: string;
  /** Where the worker lives: one worker at a time per place, see `WorkerStore.register`. */
  readonly place: string;
  readonly limits?: Partial<WorkerLimits>;
}

/** How a worker came to its end. `lost`: it was declared dead and others have its runs. */
export type WorkerEnd = 'drained' | 'lost';

export interface Worker extends AsyncDisposable {
  /** Registers the worker and sets it to work. Raises STORE_UNAVAILABLE. */
  start(): Promise<void>;
  /** Looks at once which triggers are due: after a deployment, or a check asked for by hand. */
  nudge(): void;
  /** Stops in order: nothing new, calls under way are waited for, the rest is left to others. */
  drain(): Promise<void>;
  /** Resolves when the worker has come to its end. */
  readonly ended: Promise<WorkerEnd>;
}

/** A worker that has not been started. */
export function createWorker(options: WorkerOptions): Worker {
  return new FlowWorker({ ...options, limits: Object.freeze({ ...workerLimits, ...options.limits }) });
}

class FlowWorker implements Worker {
  readonly ended: Promise<WorkerEnd>;
  readonly #options: WorkerOptions & { readonly limits: WorkerLimits };
  readonly #log: Log;
  readonly #heartbeat: Heartbeat;
  readonly #executor: RunExecutor;
  readonly #triggers: TriggerLoop;
  /** Aborts when nothing of this worker may go on. */
  readonly #stop = new AbortController();
  /** Aborts when nothing new may begin. */
  readonly #drain = new AbortController();
  #state: 'new' | 'started' | 'ending' = 'new';
  #beat: Promise<void> = Promise.resolve();
  #end: (end: WorkerEnd) => void = () => {};

  constructor(options: WorkerOptions & { readonly limits: WorkerLimits }) {
    const { store, clock, limits, workerId } = options;
    this.#options = options;
    this.#log = options.log.child({ worker: workerId });
    // Every run under way listens.
    setMaxListeners(0, this.#stop.signal, this.#drain.signal);
    this.#heartbeat = new Heartbeat(clock, limits.deadAfterMs);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    const shared = {
      ...options,
      log: this.#log,
      loadFlow: flowLoader(store.flows, limits.definitionsMax),
      slots: new ExecutionSlots(limits.runsMax),
      stop: this.#stop.signal,
      drain: this.#drain.signal,
    };
    this.#executor = new RunExecutor({ ...shared, runs: store.runs, heartbeat: this.#heartbeat });
    this.#triggers = new TriggerLoop({
      ...shared,
      triggers: store.triggers,
      begin: (start) => this.#executor.begin(start),
    });
  }

  async start(): Promise<void> {
    if (this.#state !== 'new') throw new RialtoError('INTERNAL', 'A worker is started once.');
    this.#state = 'started';
    const { store, source, workerId, place } = this.#options;
    await store.workers.register({ id: workerId, place });
    this.#beat = keepBeating({
      ...this.#options,
      workers: store.workers,
      runs: store.runs,
      heartbeat: this.#heartbeat,
      log: this.#log,
      stop: this.#stop.signal,
      onLost: () => void this.#lose(),
    });
    await source.start((segment) => this.#executor.execute(segment));
    this.#triggers.start();
    this.#log.info('The worker works.', { place });
  }

  nudge(): void {
    this.#triggers.nudge();
  }

  async drain(): Promise<void> {
    if (this.#state === 'ending') {
      await this.ended;
      return;
    }
    const wasStarted = this.#state === 'started';
    this.#state = 'ending';
    this.#drain.abort();
    if (wasStarted) await this.#comeToRest();
    this.#stop.abort();
    await this.#beat;
    if (wasStarted) await this.#unregister();
    this.#log.info('The worker has stopped.');
    this.#end('drained');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain();
  }

  /** Waits for what is under way, up to `drainMs`. What is not at rest by then is aborted and left to others. */
  async #comeToRest(): Promise<void> {
    const { clock, limits, source } = this.#options;
    const sourceStopped = source.stop(limits.drainMs);
    const deadline = new AbortController();
    const late = clock.sleep(limits.drainMs, deadline.signal).catch(() => undefined);
    await Promise.race([Promise.all([this.#triggers.ended(), this.#executor.idle()]), late]);
    deadline.abort();
    this.#stop.abort();
    await sourceStopped;
  }

  async #unregister(): Promise<void> {
    try {
      await this.#options.store.workers.unregister(this.#options.workerId);
    } catch (error) {
      // The other workers, or the next one in this place, find it dead and release what it held.
      this.#log.warn('The worker could not say goodbye.', { message: String(error) });
    }
  }

  /** Another worker declared this one dead and has its runs: nothing here may go on. */
  async #lose(): Promise<void> {
    if (this.#state === 'ending') return;
    this.#state = 'ending';
    this.#log.error('The worker was declared dead, because it was not heard of for too long; it stops.');
    this.#stop.abort();
    this.#drain.abort();
    await this.#options.source.stop(0).catch((error: unknown) => {
      this.#log.warn('The queue could not be left in order.', { message: String(error) });
    });
    this.#end('lost');
  }
}
