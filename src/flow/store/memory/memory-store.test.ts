import { describe } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import { describeStore, type EnqueuedSegment, type StoreBench } from '../store.case.ts';
import { openMemoryStore } from './memory-store.ts';

async function openBench(): Promise<StoreBench> {
  const segments: EnqueuedSegment[] = [];
  const refused = new Set<string>();
  let now = 0;
  const store = openMemoryStore({
    clock: { ...systemClock, now: () => now },
    queue: {
      async enqueue(_, segment, wakeTime) {
        if (refused.has(segment.runId)) throw new Error('refused');
        segments.push({ ...segment, wakeTime });
      },
    },
  });
  return {
    store,
    // A queue in memory knows no transaction; what counts is the runs that did come to wait.
    async enqueued() {
      const runs = await Promise.all(segments.map((segment) => store.runs.get(segment.runId)));
      return segments.filter((_, index) => runs[index] !== undefined);
    },
    refuseToEnqueue: (runId) => refused.add(runId),
    async passTime(ms) {
      now += ms;
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

describe('memory store', () => describeStore(openBench));
