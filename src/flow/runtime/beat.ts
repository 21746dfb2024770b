/** The beat of a worker: says every second that it lives, and takes over what workers left that live no more. */

import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { RunStore, SegmentRef, WorkerStore } from '../store/store.ts';
import { type BeatMoment, beatMoment, type Heartbeat, spanMs } from './heartbeat.ts';
import type { SegmentSource, SegmentStanding } from './segment-source.ts';
import type { WorkerLimits } from './worker-limits.ts';

export interface BeatOptions {
  readonly workerId: string;
  readonly workers: WorkerStore;
  readonly runs: Pick<RunStore, 'get'>;
  readonly source: SegmentSource;
  readonly heartbeat: Heartbeat;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Pick<WorkerLimits, 'beatMs' | 'deadAfterMs' | 'recoverMs'>;
  /** Ends the beat. */
  readonly stop: AbortSignal;
  /** Another worker declared this one dead: it must stop at once. */
  readonly onLost: () => void;
}

/** Beats until `stop` aborts or the worker is declared dead. Never rejects. */
export async function keepBeating(options: BeatOptions): Promise<void> {
  const { clock, heartbeat, limits, log, stop, workers, workerId } = options;
  const recovery = new Recovery(options);
  let last: BeatMoment | undefined;
  /** Since when no beat has been missing. */
  let steadyFrom: BeatMoment | undefined;
  while (!stop.aborted) {
    const sent = beatMoment(clock);
    try {
      if (!(await workers.beat(workerId))) {
        options.onLost();
        return;
      }
      heartbeat.beaten(sent);
      if (last === undefined || steadyFrom === undefined || spanMs(last, sent) >= limits.deadAfterMs) steadyFrom = sent;
      last = sent;
      // When the database was away, or the machine slept, the others were as silent: they get their time to beat.
      if (spanMs(steadyFrom, sent) >= limits.deadAfterMs) recovery.begin();
    } catch (error) {
      log.warn('The worker could not say that it lives.', { message: messageOf(error) });
    }
    await clock.sleep(limits.beatMs, stop).catch(() => undefined);
  }
  await recovery.ended();
}

/** Looks after the runs of dead workers, never twice at the same time and never in the way of a beat. */
class Recovery {
  readonly #options: BeatOptions;
  #underWay: Promise<void> | undefined;
  #lastRecoverMs = Number.NEGATIVE_INFINITY;

  constructor(options: BeatOptions) {
    this.#options = options;
  }

  begin(): void {
    this.#underWay ??= this.#recover().finally(() => {
      this.#underWay = undefined;
    });
  }

  async ended(): Promise<void> {
    await this.#underWay;
  }

  async #recover(): Promise<void> {
    const { clock, limits, log, runs, source, workerId, workers } = this.#options;
    try {
      const released = await workers.releaseDead(limits.deadAfterMs, workerId);
      if (released > 0) log.warn('Took over the runs of dead workers.', { runs: released });
      if (clock.monotonicMs() - this.#lastRecoverMs < limits.recoverMs) return;
      this.#lastRecoverMs = clock.monotonicMs();
      const requeued = await source.recover((segment, worker) => segmentStanding(runs, segment, worker));
      if (requeued > 0)
        log.warn('Put segments back that a dead worker had taken out of the queue.', { segments: requeued });
    } catch (error) {
      log.warn('Runs of dead workers could not be looked for.', { message: messageOf(error) });
    }
  }
}

/** Where a segment stands that `worker` took out of the queue. */
async function segmentStanding(
  runs: Pick<RunStore, 'get'>,
  segment: SegmentRef,
  worker: string,
): Promise<SegmentStanding> {
  const run = await runs.get(segment.runId);
  if (run === undefined || run.endTime !== undefined || run.segment !== segment.segment) return 'over';
  if (run.owner === undefined) return 'waiting';
  return run.owner === worker ? 'held' : 'over';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
