/** Appends history rows, and ends or parks runs: any number of them in one statement, each behind its fence. */

import type { ActionRow, RunEnd, SegmentRef } from '../../store.ts';
import type { Parameter, Statement } from '../database.ts';

/** One write of a run. */
export interface RunWrite {
  readonly segment: SegmentRef;
  readonly rows: readonly ActionRow[];
  /** Undefined: rows only. */
  readonly outcome:
    | { readonly kind: 'end'; readonly end: RunEnd }
    | { readonly kind: 'park'; readonly wakeTime: number }
    | undefined;
}

/** Where a run that was to be written stood, as locked by the statement. */
export interface HeldRunRow {
  readonly id: string;
  readonly segment: number;
  readonly is_ended: boolean;
}

/**
 * `held` locks the runs, in the order of their ids so that two writers cannot deadlock, and reads them as they are after
 * the lock: what follows joins it on the segment, so nothing of a run that moved is written.
 */
export const writeRuns: Statement = {
  name: 'rialto_write_runs',
  text: `
    with change as materialized (
      select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
        $8::bigint[], $9::int[])
        as change (run_id, segment, status, code, error, outputs, end_time, wake_time, segment_raise)
    ),
    held as materialized (
      select id, segment, end_time from rialto.runs
      where id = any ($10::text[]) order by id for no key update
    ),
    appended as (
      insert into rialto.actions (run_id, action, repetition, attempt, status, code, start_time, end_time, retry_time,
        inputs, outputs, error)
      select run_id, action, repetition, attempt, status, code, start_time, row_end_time, retry_time, inputs, outputs,
        error
      from unnest($11::text[], $12::int[], $13::text[], $14::text[], $15::int[], $16::text[], $17::text[], $18::bigint[],
        $19::bigint[], $20::bigint[], $21::text[], $22::text[], $23::text[]) with ordinality
        as row (run_id, segment, action, repetition, attempt, status, code, start_time, row_end_time, retry_time, inputs,
          outputs, error, place)
      join held on held.id = row.run_id and held.segment = row.segment and held.end_time is null
      order by place
      on conflict (run_id, action, repetition, attempt) do update set
        status = excluded.status, code = excluded.code, start_time = excluded.start_time,
        end_time = excluded.end_time, retry_time = excluded.retry_time, inputs = excluded.inputs,
        outputs = excluded.outputs, error = excluded.error
      where actions.status = 'Started'
    ),
    changed as (
      update rialto.runs set
        status = change.status, code = change.code, error = change.error, outputs = change.outputs,
        end_time = change.end_time, wake_time = change.wake_time, owner = null,
        segment = runs.segment + change.segment_raise,
        orderly_segment = case when change.segment_raise = 1 then runs.segment + 1 else runs.orderly_segment end
      from change
      join held on held.id = change.run_id and held.segment = change.segment and held.end_time is null
      where runs.id = change.run_id
    )
    select id, segment, end_time is not null as is_ended from held`,
};

/** The parameters of `writeRuns`. No key of an action may occur twice for one segment: see `foldRows`. */
export function writeRunsParameters(writes: readonly RunWrite[]): readonly Parameter[] {
  const changes = writes.filter((write) => write.outcome !== undefined);
  const ends = changes.map((write) => (write.outcome?.kind === 'end' ? write.outcome.end : undefined));
  const rows = foldRows(writes);
  return [
    changes.map((write) => write.segment.runId),
    changes.map((write) => write.segment.segment),
    ends.map((end) => end?.status ?? 'Waiting'),
    ends.map((end) => end?.code ?? null),
    ends.map((end) => (end?.error === undefined ? null : JSON.stringify(end.error))),
    ends.map((end) => end?.outputs ?? null),
    ends.map((end) => end?.endTime ?? null),
    changes.map((write) => (write.outcome?.kind === 'park' ? write.outcome.wakeTime : null)),
    changes.map((write) => (write.outcome?.kind === 'park' ? 1 : 0)),
    [...new Set(writes.map((write) => write.segment.runId))],
    rows.map(({ segment }) => segment.runId),
    rows.map(({ segment }) => segment.segment),
    rows.map(({ row }) => row.action),
    rows.map(({ row }) => row.repetition),
    rows.map(({ row }) => row.attempt),
    rows.map(({ row }) => row.status),
    rows.map(({ row }) => row.code),
    rows.map(({ row }) => row.startTime),
    rows.map(({ row }) => row.endTime),
    rows.map(({ row }) => row.retryTime ?? null),
    rows.map(({ row }) => row.inputs ?? null),
    rows.map(({ row }) => row.outputs ?? null),
    rows.map(({ row }) => (row.error === undefined ? null : JSON.stringify(row.error))),
  ];
}

interface PlacedRow {
  readonly segment: SegmentRef;
  readonly row: ActionRow;
}

/** Does among the rows of a batch what the statement does with those in the table: one statement may write a row once. */
function foldRows(writes: readonly RunWrite[]): readonly PlacedRow[] {
  const folded = new Map<string, PlacedRow>();
  for (const { segment, rows } of writes) {
    for (const row of rows) {
      const key = JSON.stringify([segment.runId, segment.segment, row.action, row.repetition, row.attempt]);
      const known = folded.get(key);
      if (known === undefined || known.row.status === 'Started') folded.set(key, { segment, row });
    }
  }
  return [...folded.values()];
}
