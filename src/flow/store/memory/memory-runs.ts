/** Runs and their histories, in memory. */

import type { ActionRow, Run, RunEnd, RunQuery, RunStore, RunWithHistory, SegmentRef } from '../store.ts';
import { runFenced, runUnknown } from '../store-errors.ts';
import { enqueueAll, type MemoryState, type StoredRun } from './memory-state.ts';
import { releaseRuns } from './memory-workers.ts';

/** The run store on a memory state. */
export function memoryRuns(state: MemoryState): RunStore {
  return {
    claim: (segment, worker) => state.turns.take(() => claim(state, segment, worker)),
    get: async (id) => {
      const stored = state.runs.get(id);
      return stored === undefined ? undefined : withHistory(stored);
    },
    list: async (query) => listRuns(state, query),
    append: (segment, rows) =>
      state.turns.take(async () => {
        const stored = writable(state, segment);
        state.runs.set(segment.runId, { ...stored, actions: appended(stored.actions, rows) });
      }),
    end: (segment, rows, end) => state.turns.take(async () => endRun(state, segment, rows, end)),
    park: (segment, rows, wakeTime) => state.turns.take(() => park(state, segment, rows, wakeTime)),
  };
}

async function claim(state: MemoryState, segment: SegmentRef, worker: string): Promise<RunWithHistory | undefined> {
  const stored = state.runs.get(segment.runId);
  if (stored === undefined || stored.run.endTime !== undefined || stored.run.segment !== segment.segment) {
    return undefined;
  }
  const { owner, wakeTime: _, ...run } = stored.run;
  // Another worker has it. The same one asks again when the answer to its first claim was lost.
  if (owner !== undefined && owner !== worker) return undefined;
  if (!state.workers.has(worker)) {
    await releaseRuns(state, [stored], 'unclaimed');
    return undefined;
  }
  const claimed: StoredRun = { ...stored, run: { ...run, status: 'Running', owner: worker } };
  state.runs.set(segment.runId, claimed);
  return withHistory(claimed);
}

function endRun(state: MemoryState, segment: SegmentRef, rows: readonly ActionRow[], end: RunEnd): void {
  const before = state.runs.get(segment.runId);
  // Ended at this very segment: the same call again, because its answer was lost.
  if (before?.run.segment === segment.segment && before.run.endTime !== undefined) return;
  const stored = writable(state, segment);
  const { owner: _, wakeTime: __, ...run } = stored.run;
  const { outputs, ...outcome } = end;
  state.runs.set(segment.runId, {
    ...stored,
    run: { ...run, ...outcome },
    outputs,
    actions: appended(stored.actions, rows),
  });
}

async function park(
  state: MemoryState,
  segment: SegmentRef,
  rows: readonly ActionRow[],
  wakeTime: number,
): Promise<void> {
  const stored = writable(state, segment);
  const next = { runId: segment.runId, segment: segment.segment + 1 };
  await enqueueAll(state, [next], wakeTime);
  const { owner: _, ...run } = stored.run;
  state.runs.set(segment.runId, {
    ...stored,
    run: { ...run, status: 'Waiting', segment: next.segment, orderlySegment: next.segment, wakeTime },
    actions: appended(stored.actions, rows),
  });
}

function writable(state: MemoryState, segment: SegmentRef): StoredRun {
  const stored = state.runs.get(segment.runId);
  if (stored === undefined) throw runFenced(segment, 'unknown');
  if (stored.run.segment !== segment.segment) throw runFenced(segment, `at segment ${stored.run.segment}`);
  if (stored.run.endTime !== undefined) throw runFenced(segment, 'ended');
  return stored;
}

function appended(actions: readonly ActionRow[], rows: readonly ActionRow[]): readonly ActionRow[] {
  const result = [...actions];
  for (const row of rows) {
    const index = result.findIndex(
      (known) => known.action === row.action && known.repetition === row.repetition && known.attempt === row.attempt,
    );
    if (index < 0) result.push(row);
    else if (result[index]?.status === 'Started') result[index] = row;
  }
  return result;
}

function withHistory(stored: StoredRun): RunWithHistory {
  const { run, trigger, outputs, actions } = stored;
  return { ...run, trigger, ...(outputs === undefined ? {} : { outputs }), actions };
}

function listRuns(state: MemoryState, query: RunQuery): readonly Run[] {
  const after = query.after === undefined ? undefined : state.runs.get(query.after)?.run;
  if (query.after !== undefined && after === undefined) throw runUnknown(query.after);
  return [...state.runs.values()]
    .map((stored) => stored.run)
    .filter((run) => query.flow === undefined || run.flow === query.flow)
    .filter((run) => query.status === undefined || run.status === query.status)
    .filter((run) => query.startedFrom === undefined || run.startTime >= query.startedFrom)
    .filter((run) => query.startedTo === undefined || run.startTime < query.startedTo)
    .filter((run) => after === undefined || newestFirst(after, run) < 0)
    .sort(newestFirst)
    .slice(0, query.max);
}

function newestFirst(left: Run, right: Run): number {
  if (left.startTime !== right.startTime) return right.startTime - left.startTime;
  return left.id === right.id ? 0 : left.id < right.id ? 1 : -1;
}
