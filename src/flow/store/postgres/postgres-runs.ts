/** Runs and their histories in PostgreSQL. */

import { LimitError } from '../../../base/errors.ts';
import type { Run, RunQuery, RunStore, RunWithHistory, SegmentRef } from '../store.ts';
import { runUnknown } from '../store-errors.ts';
import type { Database, Parameter } from './database.ts';
import type { Journal, PostgresSegmentQueue } from './postgres-journal.ts';
import { releaseRuns } from './statements/release-runs.ts';
import {
  type RunRow,
  runColumns,
  runOf,
  runWithHistoryOf,
  type StoredActionRow,
  type WholeRunRow,
} from './stored-rows.ts';

/** The run store in a database. */
export function postgresRuns(database: Database, journal: Journal, queue: PostgresSegmentQueue | undefined): RunStore {
  return {
    claim: (segment, worker) => claim(database, queue, segment, worker),
    get: (id) => getRun(database, id),
    list: (query) => listRuns(database, query),
    append: (segment, rows) => journal.write({ segment, rows, outcome: undefined }),
    end: (segment, rows, end) => journal.write({ segment, rows, outcome: { kind: 'end', end } }),
    park: (segment, rows, wakeTime) => journal.write({ segment, rows, outcome: { kind: 'park', wakeTime } }),
  };
}

/** `alive` locks the worker against being declared dead until the run is its own. */
const claimRun = {
  name: 'rialto_claim_run',
  text: `
    with alive as materialized (select id from rialto.workers where id = $3 for key share)
    update rialto.runs set owner = $3, status = 'Running', wake_time = null
    where id = $1 and segment = $2 and end_time is null and (owner is null or owner = $3)
      and exists (select from alive)
    returning ${runColumns}, trigger, outputs`,
};

const workerExists = {
  name: 'rialto_worker_exists',
  text: 'select from rialto.workers where id = $1',
};

async function claim(
  database: Database,
  queue: PostgresSegmentQueue | undefined,
  segment: SegmentRef,
  worker: string,
): Promise<RunWithHistory | undefined> {
  const [row] = await database.query<WholeRunRow>(claimRun, [segment.runId, segment.segment, worker]);
  if (row !== undefined) return await withHistory(database, row);
  const isAlive = (await database.query(workerExists, [worker])).length > 0;
  if (!isAlive) await releaseUnclaimed(database, queue, segment);
  return undefined;
}

/** A dead worker has taken the segment out of the queue: the next one goes in, or the run would be lost. */
async function releaseUnclaimed(
  database: Database,
  queue: PostgresSegmentQueue | undefined,
  segment: SegmentRef,
): Promise<void> {
  await database.transaction((client) => releaseRuns(client, queue, { kind: 'unclaimed', segment }));
}

const selectRun = {
  name: 'rialto_select_run',
  text: `select ${runColumns}, trigger, outputs from rialto.runs where id = $1`,
};

async function getRun(database: Database, id: string): Promise<RunWithHistory | undefined> {
  const [row] = await database.query<WholeRunRow>(selectRun, [id]);
  return row === undefined ? undefined : await withHistory(database, row);
}

const selectActions = {
  name: 'rialto_select_actions',
  text: `
    select action, repetition, attempt, status, code, start_time, end_time, retry_time, inputs, outputs, error
    from rialto.actions where run_id = $1 order by sequence`,
};

/** Read after the run: a run that shows its end then shows all that led to it. */
async function withHistory(database: Database, row: WholeRunRow): Promise<RunWithHistory> {
  return runWithHistoryOf(row, await database.query<StoredActionRow>(selectActions, [row.id]));
}

const selectStartTime = {
  name: 'rialto_select_start_time',
  text: 'select start_time from rialto.runs where id = $1',
};

const listMax = 10_000;

async function listRuns(database: Database, query: RunQuery): Promise<readonly Run[]> {
  if (query.max > listMax) {
    throw new LimitError('runListMax', listMax, `A page of ${query.max} runs is more than the limit of ${listMax}.`);
  }
  const conditions: string[] = [];
  const values: Parameter[] = [];
  function add(condition: (...places: readonly string[]) => string, ...parameters: readonly Parameter[]): void {
    conditions.push(condition(...parameters.map((_, index) => `$${values.length + index + 1}`)));
    values.push(...parameters);
  }
  if (query.flow !== undefined) add((flow) => `flow = ${flow}`, query.flow);
  if (query.status !== undefined) add((status) => `status = ${status}`, query.status);
  if (query.startedFrom !== undefined) add((from) => `start_time >= ${from}`, query.startedFrom);
  if (query.startedTo !== undefined) add((to) => `start_time < ${to}`, query.startedTo);
  if (query.after !== undefined) {
    const [after] = await database.query<{ start_time: number }>(selectStartTime, [query.after]);
    if (after === undefined) throw runUnknown(query.after);
    add((time, id) => `(start_time, id) < (${time}, ${id})`, after.start_time, query.after);
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  values.push(query.max);
  const text = `select ${runColumns} from rialto.runs ${where} order by start_time desc, id desc limit $${values.length}`;
  // One name per combination of conditions: a prepared statement has one text.
  const name = `rialto_list_runs_${filterNames.filter((filter) => query[filter] !== undefined).join('_')}`;
  return (await database.query<RunRow>({ name, text }, values)).map(runOf);
}

const filterNames = ['flow', 'status', 'startedFrom', 'startedTo', 'after'] as const;
