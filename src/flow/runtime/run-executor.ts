/** Executes the runs of a worker: those that it owns from birth and those that it claims from the queue. */

import type { RunStore, RunWithHistory, SegmentRef } from '../store/store.ts';
import type { ExecutionSlots } from './execution-slots.ts';
import type { LoadFlow } from './loaded-flow.ts';
import { runSegment, type SegmentContext, type SegmentStart } from './segment.ts';
import type { SegmentHandling } from './segment-source.ts';
import { retryStore } from './store-retry.ts';

export interface RunExecutorOptions extends SegmentContext {
  readonly workerId: string;
  readonly runs: Pick<RunStore, 'append' | 'claim' | 'end' | 'get' | 'park'>;
  readonly loadFlow: LoadFlow;
  readonly slots: ExecutionSlots;
}

/** The runs that a worker executes now. */
export class RunExecutor {
  readonly #options: RunExecutorOptions;
  /** By segment: of a run that parked here the next one may come before the park was answered. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: RunExecutorOptions) {
    this.#options = options;
  }

  /** Executes a run that this worker owns; a slot for it was taken before. Returns at once. */
  begin(start: SegmentStart): void {
    void this.#track(start).finally(() => this.#options.slots.release());
  }

  /** Claims a segment of the queue and executes it when a slot is free. Never rejects. */
  async execute(segment: SegmentRef): Promise<SegmentHandling> {
    const { slots, drain, stop, clock, limits, log } = this.#options;
    try {
      await slots.take(drain);
    } catch {
      return 'given-back';
    }
    try {
      const run = await this.#claim(segment);
      if (run !== undefined) await this.#track(startOfRun(run));
      return 'done';
    } catch (error) {
      if (stop.aborted) return 'given-back';
      log.error('A segment could not be claimed and goes back.', { run: segment.runId, message: String(error) });
      // It would be here again at once.
      await clock.sleep(limits.storeBackoffMsMax, drain).catch(() => undefined);
      return 'given-back';
    } finally {
      slots.release();
    }
  }

  /** Resolves when no run is executed any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay.values());
  }

  /** The run when the segment is this worker's now; undefined when there is nothing left to do. */
  async #claim(segment: SegmentRef): Promise<RunWithHistory | undefined> {
    const { runs, stop, workerId } = this.#options;
    if (this.#underWay.has(segmentKey(segment))) return undefined;
    // Asked again when the answer was lost: the store gives the same worker the same run.
    return await retryStore(() => runs.claim(segment, workerId), { ...this.#options, signal: stop });
  }

  #track(start: SegmentStart): Promise<void> {
    const key = segmentKey(start.segment);
    const execution = this.#execute(start).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, execution);
    return execution;
  }

  async #execute(start: SegmentStart): Promise<void> {
    const { flow, flowVersion } = start;
    await runSegment(start, () => this.#options.loadFlow(flow, flowVersion), this.#options);
  }
}

function segmentKey({ runId, segment }: SegmentRef): string {
  return `${runId} ${segment}`;
}

function startOfRun(run: RunWithHistory): SegmentStart {
  return {
    segment: { runId: run.id, segment: run.segment },
    flow: run.flow,
    flowVersion: run.flowVersion,
    trigger: run.trigger,
    actions: run.actions,
    mayRepeat: run.segment > run.orderlySegment,
  };
}
