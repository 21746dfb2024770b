/** Takes runs from a worker that is gone and gives them to any other: the next segment of each, enqueued. */

import type { PoolClient } from 'pg';
import type { SegmentQueue, SegmentRef } from '../../store.ts';
import { runStatement } from '../database.ts';

/** Which runs: all that a worker holds, or one segment that nobody has claimed. */
export type ReleasedRuns =
  | { readonly kind: 'held-by'; readonly worker: string }
  | { readonly kind: 'unclaimed'; readonly segment: SegmentRef };

const change = `update rialto.runs set owner = null, status = 'Waiting', wake_time = null, segment = segment + 1`;

const releaseHeld = {
  name: 'rialto_release_held_runs',
  text: `${change} where owner = $1 and end_time is null returning id, segment`,
};

const releaseUnclaimed = {
  name: 'rialto_release_unclaimed_run',
  // Nobody has held the segment: the next one begins as orderly as it did.
  text: `${change}, orderly_segment = orderly_segment + (orderly_segment = segment)::int
    where id = $1 and segment = $2 and owner is null and end_time is null returning id, segment`,
};

/** Raises the segment of the runs by one and enqueues it, in the transaction of the caller. Returns how many there were. */
export async function releaseRuns(
  client: PoolClient,
  queue: SegmentQueue<PoolClient> | undefined,
  which: ReleasedRuns,
): Promise<number> {
  const runs =
    which.kind === 'held-by'
      ? await runStatement<{ id: string; segment: number }>(client, releaseHeld, [which.worker])
      : await runStatement<{ id: string; segment: number }>(client, releaseUnclaimed, [
          which.segment.runId,
          which.segment.segment,
        ]);
  for (const run of runs) await queue?.enqueue(client, { runId: run.id, segment: run.segment }, undefined);
  return runs.length;
}
