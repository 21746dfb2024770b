/** A segment queue in memory, for tests with a memory store: the same conduct as the one on DBOS, nothing durable. */

import type { Clock } from '../base/clock.ts';
import type { ExecuteSegment, SegmentSource, SegmentStanding } from '../flow/runtime/segment-source.ts';
import type { SegmentQueue, SegmentRef } from '../flow/store/store.ts';

export interface QueuedSegment extends SegmentRef {
  /** When it may be handed over; undefined: at once. */
  readonly wakeTime: number | undefined;
}

/** The shared queue; each worker of the test takes its own end of it. */
export interface MemorySegmentQueue extends SegmentQueue<undefined> {
  /** All that waits. */
  readonly waiting: readonly QueuedSegment[];
  /** The end of one worker, which looks into the queue every `pollMs`. */
  source(pollMs?: number): SegmentSource;
}

/** An empty queue. */
export function memorySegmentQueue(clock: Clock): MemorySegmentQueue {
  const waiting: QueuedSegment[] = [];

  function takeDue(): readonly SegmentRef[] {
    const due = waiting.filter((segment) => (segment.wakeTime ?? 0) <= clock.now());
    for (const segment of due) waiting.splice(waiting.indexOf(segment), 1);
    return due;
  }

  function source(pollMs = 200): SegmentSource {
    const stopping = new AbortController();
    const running = new Set<Promise<void>>();

    async function handOver(segment: SegmentRef, execute: ExecuteSegment): Promise<void> {
      if ((await execute(segment)) === 'given-back') waiting.push({ ...segment, wakeTime: undefined });
    }

    async function poll(execute: ExecuteSegment): Promise<void> {
      while (!stopping.signal.aborted) {
        for (const segment of takeDue()) {
          const handed = handOver(segment, execute).finally(() => running.delete(handed));
          running.add(handed);
        }
        await clock.sleep(pollMs, stopping.signal).catch(() => undefined);
      }
    }

    return {
      start: async (execute) => void poll(execute),
      // Nothing is lost here: what a worker takes out stays with it.
      recover: async (_standing: (segment: SegmentRef, worker: string) => Promise<SegmentStanding>) => 0,
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
