/** Workers: beats, deaths, and the release of what the dead held, in memory. */

import type { WorkerStore } from '../store.ts';
import { enqueueAll, type MemoryState, type StoredRun, type StoredWorker } from './memory-state.ts';

/** The worker store on a memory state; its clock is the state's. */
export function memoryWorkers(state: MemoryState): WorkerStore {
  return {
    register: ({ id, place }) =>
      state.turns.take(async () => {
        for (const worker of [...state.workers.values()]) {
          if (worker.place === place && worker.id !== id) await bury(state, worker);
        }
        state.workers.set(id, { id, place, lastBeatTime: state.clock.now() });
      }),
    beat: (id) =>
      state.turns.take(async () => {
        const worker = state.workers.get(id);
        if (worker === undefined) return false;
        state.workers.set(id, { ...worker, lastBeatTime: state.clock.now() });
        return true;
      }),
    releaseDead: (deadAfterMs, askedBy) =>
      state.turns.take(async () => {
        let released = 0;
        for (const worker of [...state.workers.values()]) {
          const isSilent = state.clock.now() - worker.lastBeatTime > deadAfterMs;
          if (isSilent && worker.id !== askedBy) released += await bury(state, worker);
        }
        return released;
      }),
    unregister: (id) =>
      state.turns.take(async () => {
        const worker = state.workers.get(id);
        if (worker !== undefined) await bury(state, worker);
      }),
  };
}

/** Raises the segment of each run by one and enqueues it for any worker. */
export async function releaseRuns(
  state: MemoryState,
  runs: readonly StoredRun[],
  were: 'held' | 'unclaimed',
): Promise<void> {
  await enqueueAll(
    state,
    runs.map(({ run }) => ({ runId: run.id, segment: run.segment + 1 })),
  );
  for (const stored of runs) {
    const { owner: _, wakeTime: __, ...run } = stored.run;
    const segment = run.segment + 1;
    // Nobody has held an unclaimed segment: the next one begins as orderly as it did.
    const isOrderly = were === 'unclaimed' && run.orderlySegment === run.segment;
    const orderlySegment = isOrderly ? segment : run.orderlySegment;
    state.runs.set(run.id, { ...stored, run: { ...run, status: 'Waiting', segment, orderlySegment } });
  }
}

/** Forgets the worker, and gives its runs and trigger leases to others. Returns how many runs that were. */
async function bury(state: MemoryState, worker: StoredWorker): Promise<number> {
  const held = [...state.runs.values()].filter(({ run }) => run.owner === worker.id);
  await releaseRuns(state, held, 'held');
  for (const [key, trigger] of state.triggers) {
    if (trigger.lease?.worker === worker.id) state.triggers.set(key, { ...trigger, lease: undefined });
  }
  state.workers.delete(worker.id);
  return held.length;
}
