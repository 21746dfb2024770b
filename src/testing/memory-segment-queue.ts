/** A segment queue in memory, for tests with a memory store: the same conduct as the one on DBOS, nothing durable. */

import type { Clock } from '../base/clock.ts';
import type { ExecuteSegment, SegmentSource } from '../flow/runtime/index.ts';
import type { SegmentQueue, SegmentRef } from '../flow/store/index.ts';

export interface QueuedSegment extends SegmentRef {
  /** When it may be handed over; undefined: at once. */
  readonly wakeTime: number | undefined;
}

/** A queue that several workers of a test share. */
export interface MemorySegmentQueue extends SegmentQueue<undefined> {
  /** All that waits. */
  readonly waiting: readonly QueuedSegment[];
  /** The end of one worker, which looks into the queue every `pollMs`. */
  source(workerId: string, pollMs?: number): SegmentSource;
}

/** A segment taken out for this long may have lost its worker. */
const unclaimedAfterMs = 3_000;

interface TakenSegment {
  readonly segment: SegmentRef;
  readonly worker: string;
  readonly takenTime: number;
}

/** An empty queue. */
export function memorySegmentQueue(clock: Clock): MemorySegmentQueue {
  const waiting: QueuedSegment[] = [];
  const taken = new Set<TakenSegment>();

  async function recover(worker: string, standing: Parameters<SegmentSource['recover']>[0]): Promise<number> {
    let recovered = 0;
    for (const one of [...taken]) {
      if (one.worker === worker || clock.now() - one.takenTime < unclaimedAfterMs) continue;
      const found = await standing(one.segment, one.worker);
      if (found === 'held') continue;
      taken.delete(one);
      if (found === 'over') continue;
      waiting.push({ ...one.segment, wakeTime: undefined });
      recovered += 1;
    }
    return recovered;
  }

  function source(worker: string, pollMs = 500): SegmentSource {
    const stopping = new AbortController();
    const running = new Set<Promise<void>>();

    async function handOver(segment: SegmentRef, execute: ExecuteSegment): Promise<void> {
      const one = { segment, worker, takenTime: clock.now() };
      taken.add(one);
      const handling = await execute(segment);
      if (taken.delete(one) && handling === 'given-back') waiting.push({ ...segment, wakeTime: undefined });
    }

    async function poll(execute: ExecuteSegment): Promise<void> {
      while (!stopping.signal.aborted) {
        const due = waiting.filter((segment) => (segment.wakeTime ?? 0) <= clock.now());
        for (const segment of due) {
          waiting.splice(waiting.indexOf(segment), 1);
          const { runId, segment: number } = segment;
          const handed = handOver({ runId, segment: number }, execute).finally(() => running.delete(handed));
          running.add(handed);
        }
        await clock.sleep(pollMs, stopping.signal).catch(() => undefined);
      }
    }

    return {
      start: async (execute) => void poll(execute),
      recover: (standing) => recover(worker, standing),
      stop: async (waitMs) => {
        stopping.abort();
        const deadline = new AbortController();
        const late = clock.sleep(waitMs, deadline.signal).catch(() => undefined);
        await Promise.race([Promise.allSettled(running), late]);
        deadline.abort();
      },
    };
  }

  return {
    waiting,
    source,
    enqueue: async (_transaction, segment, wakeTime) => void waiting.push({ ...segment, wakeTime }),
  };
}
