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

/** The runs that a worker claims and executes now. */
export class RunExecutor {
  readonly #options: RunExecutorOptions;
  /** By segment: of a run that parked here the next one may come before the park was answered. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: RunExecutorOptions) {
    this.#options = options;
  }

  /** Executes a run that this worker owns; a slot for it was taken before. Returns at once. */
  begin(start: SegmentStart): void {
    void this.#track(start.segment, this.#execute(start)).finally(() => this.#options.slots.release());
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
      // A queue may hand a segment over twice; the store would give this worker its run twice.
      if (!this.#underWay.has(segmentKey(segment))) await this.#track(segment, this.#claimAndExecute(segment));
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

  async #claimAndExecute(segment: SegmentRef): Promise<void> {
    const { runs, stop, workerId } = this.#options;
    // Asked again when the answer was lost: the store gives the same worker the same run.
    const run = await retryStore(() => runs.claim(segment, workerId), { ...this.#options, signal: stop });
    if (run !== undefined) await this.#execute(startOfRun(run));
  }

  #track(segment: SegmentRef, work: Promise<void>): Promise<void> {
    const key = segmentKey(segment);
    const tracked = work.finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, tracked);
    return tracked;
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
