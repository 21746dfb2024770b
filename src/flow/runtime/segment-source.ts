/**
 * Where a worker gets the segments from that wait or move: parked runs, runs of dead workers, runs that a busy worker
 * enqueued (design decision D3). The one implementation for production is `dbos/segment-queue.ts`.
 */

import type { SegmentRef } from '../store/store.ts';

/** What became of a segment that was handed to a worker. `given-back`: it was not taken, another worker has to. */
export type SegmentHandling = 'done' | 'given-back';

/** Where a segment stands by our own history, which alone decides. */
export type SegmentStanding = 'waiting' | 'held' | 'over';

/** Claims and runs a segment. Never rejects; a segment whose run ended or moved on is `done` at once. */
export type ExecuteSegment = (segment: SegmentRef) => Promise<SegmentHandling>;

/** A queue of segments as its worker sees it. */
export interface SegmentSource {
  /** Starts to hand segments over. */
  start(execute: ExecuteSegment): Promise<void>;
  /**
   * Looks for segments that a worker took out of the queue and then died before it claimed them, and puts those that
   * `standing` finds waiting back. Returns how many.
   */
  recover(standing: (segment: SegmentRef, worker: string) => Promise<SegmentStanding>): Promise<number>;
  /** Hands nothing over any more and waits up to `waitMs` for `execute` calls under way. */
  stop(waitMs: number): Promise<void>;
}
