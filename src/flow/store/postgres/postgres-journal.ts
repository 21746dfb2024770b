/** The journal: the writes that runs and triggers make all the time, group-committed (design decision D3). */

import type { PoolClient } from 'pg';
import type { AcceptedRun, SegmentQueue, SegmentRef, TriggerAcceptance } from '../store.ts';
import { positionStale, runFenced } from '../store-errors.ts';
import { type Database, runStatement } from './database.ts';
import { GroupCommit, type GroupCommitOptions, type Outcome } from './group-commit.ts';
import { type AcceptedRow, acceptTriggers, acceptTriggersParameters } from './statements/accept-triggers.ts';
import { type HeldRunRow, type RunWrite, writeRuns, writeRunsParameters } from './statements/write-runs.ts';

/** The queue that the store enqueues segments in, inside its own transactions. */
export type PostgresSegmentQueue = SegmentQueue<PoolClient>;

export interface Journal {
  /** Raises TRIGGER_POSITION_STALE and STORE_UNAVAILABLE. */
  accept(acceptance: TriggerAcceptance): Promise<readonly AcceptedRun[]>;
  /** Raises RUN_FENCED and STORE_UNAVAILABLE. */
  write(write: RunWrite): Promise<void>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
}

type Operation =
  | { readonly kind: 'accept'; readonly acceptance: TriggerAcceptance }
  | { readonly kind: 'write'; readonly write: RunWrite };

type Result = Accepted | 'written';
type Accepted = readonly AcceptedRun[] | 'not-accepted';

/** An acceptance is refused for at most these reasons in turn: the worker died, the position moved. */
const acceptAttemptsMax = 3;

/** The journal in a database. */
export function postgresJournal(database: Database, queue: PostgresSegmentQueue | undefined): Journal {
  const options: GroupCommitOptions<Operation, Result> = {
    write: (batch) => commitBatch(database, queue, batch),
    keyOf: (operation) =>
      operation.kind === 'accept'
        ? JSON.stringify([operation.acceptance.flow, operation.acceptance.trigger])
        : operation.write.segment.runId,
    isLastOfKey: (operation) => operation.kind === 'accept' || operation.write.outcome !== undefined,
    bytesOf,
  };
  const commits = new GroupCommit<Operation, Result>(options);
  // A segment is enqueued at a time: what has many to enqueue must not hold up the runs under way.
  const overflows = new GroupCommit<Operation, Result>(options);
  return {
    accept: (acceptance) =>
      accept(database, acceptance.events.length > acceptance.ownedMax ? overflows : commits, acceptance),
    async write(write) {
      await commits.commit({ kind: 'write', write });
    },
    async idle() {
      await Promise.all([commits.idle(), overflows.idle()]);
    },
  };
}

async function accept(
  database: Database,
  commits: GroupCommit<Operation, Result>,
  acceptance: TriggerAcceptance,
): Promise<readonly AcceptedRun[]> {
  let current = acceptance;
  for (let attempt = 1; ; attempt += 1) {
    const result = await commits.commit({ kind: 'accept', acceptance: current });
    if (typeof result === 'object') return result;
    const [found] = await database.query<AcceptanceStanding>(acceptanceStanding, [
      acceptance.flow,
      acceptance.trigger,
      acceptance.history.id,
      acceptance.worker,
    ]);
    if (found?.is_accepted === true) return await acceptedBefore(database, acceptance);
    const version = found?.position_version ?? undefined;
    if (version !== acceptance.positionVersion || attempt >= acceptAttemptsMax) {
      throw positionStale(acceptance, version);
    }
    // The worker was declared dead: what it accepts, others run.
    if (found?.is_worker_alive !== true) current = { ...acceptance, ownedMax: 0 };
  }
}

interface AcceptanceStanding {
  readonly position_version: number | null;
  readonly is_accepted: boolean;
  readonly is_worker_alive: boolean;
}

const acceptanceStanding = {
  name: 'rialto_acceptance_standing',
  text: `
    select (select position_version from rialto.triggers where flow = $1 and trigger = $2) as position_version,
      exists (select from rialto.trigger_histories where id = $3) as is_accepted,
      exists (select from rialto.workers where id = $4) as is_worker_alive`,
};

/** The same acceptance again, because its answer was lost: what it led to then. */
async function acceptedBefore(database: Database, acceptance: TriggerAcceptance): Promise<readonly AcceptedRun[]> {
  const rows = await database.query<{ id: string; key: string; is_owned: boolean }>(acceptedRuns, [
    acceptance.flow,
    acceptance.trigger,
    acceptance.events.map((event) => event.key),
    acceptance.events.map((event) => event.runId),
    acceptance.worker,
  ]);
  return rows.map((row) => ({ runId: row.id, eventKey: row.key, owned: row.is_owned }));
}

const acceptedRuns = {
  name: 'rialto_accepted_runs',
  text: `
    select runs.id, events.key, coalesce(runs.owner = $5 and runs.segment = 1, false) as is_owned
    from unnest($3::text[], $4::text[]) with ordinality as wanted (key, run_id, place)
    join rialto.events on events.flow = $1 and events.trigger = $2 and events.key = wanted.key
      and events.run_id = wanted.run_id
    join rialto.runs on runs.id = events.run_id
    order by place`,
};

async function commitBatch(
  database: Database,
  queue: PostgresSegmentQueue | undefined,
  batch: readonly Operation[],
): Promise<readonly Outcome<Result>[]> {
  const acceptances = batch.flatMap((operation) => (operation.kind === 'accept' ? [operation.acceptance] : []));
  const writes = batch.flatMap((operation) => (operation.kind === 'write' ? [operation.write] : []));
  const enqueues =
    acceptances.some((acceptance) => acceptance.events.length > acceptance.ownedMax) ||
    writes.some((write) => write.outcome?.kind === 'park');

  // One statement is a transaction by itself, and one round trip instead of three.
  let accepted: readonly Accepted[] = [];
  let held: readonly HeldRunRow[] = [];
  if (acceptances.length > 0 && writes.length === 0 && !enqueues) {
    accepted = readAccepted(
      acceptances,
      await database.query<AcceptedRow>(acceptTriggers, acceptTriggersParameters(acceptances)),
    );
  } else if (acceptances.length === 0 && !enqueues) {
    held = await database.query<HeldRunRow>(writeRuns, writeRunsParameters(writes));
  } else {
    await database.transaction(async (client) => {
      accepted = await acceptIn(client, acceptances);
      held = writes.length === 0 ? [] : await runStatement(client, writeRuns, writeRunsParameters(writes));
      if (queue !== undefined) await enqueueAll(client, queue, accepted, writes, held);
    });
  }

  const heldById = new Map(held.map((run) => [run.id, run]));
  let acceptanceIndex = 0;
  return batch.map((operation) => {
    if (operation.kind === 'write') return writeOutcome(operation.write, heldById);
    const result = accepted[acceptanceIndex] ?? 'not-accepted';
    acceptanceIndex += 1;
    return { kind: 'done', result };
  });
}

async function acceptIn(client: PoolClient, acceptances: readonly TriggerAcceptance[]): Promise<readonly Accepted[]> {
  if (acceptances.length === 0) return [];
  return readAccepted(acceptances, await runStatement(client, acceptTriggers, acceptTriggersParameters(acceptances)));
}

function readAccepted(acceptances: readonly TriggerAcceptance[], rows: readonly AcceptedRow[]): readonly Accepted[] {
  const runs = new Map<number, AcceptedRun[]>();
  for (const { place, run_id: runId, event_key: eventKey, is_owned: owned } of rows) {
    const found = runs.get(place) ?? [];
    if (runId !== null && eventKey !== null && owned !== null) found.push({ runId, eventKey, owned });
    runs.set(place, found);
  }
  return acceptances.map((_, index) => runs.get(index + 1) ?? 'not-accepted');
}

async function enqueueAll(
  client: PoolClient,
  queue: PostgresSegmentQueue,
  accepted: readonly Accepted[],
  writes: readonly RunWrite[],
  held: readonly HeldRunRow[],
): Promise<void> {
  for (const runs of accepted) {
    if (runs === 'not-accepted') continue;
    for (const run of runs) if (!run.owned) await queue.enqueue(client, { runId: run.runId, segment: 1 }, undefined);
  }
  const heldById = new Map(held.map((run) => [run.id, run]));
  for (const write of writes) {
    if (write.outcome?.kind !== 'park' || writeOutcome(write, heldById).kind === 'refused') continue;
    const next: SegmentRef = { runId: write.segment.runId, segment: write.segment.segment + 1 };
    await queue.enqueue(client, next, write.outcome.wakeTime);
  }
}

function writeOutcome(write: RunWrite, held: ReadonlyMap<string, HeldRunRow>): Outcome<Result> {
  const { segment } = write;
  const run = held.get(segment.runId);
  if (run === undefined) return { kind: 'refused', error: runFenced(segment, 'unknown') };
  if (run.segment !== segment.segment) {
    return { kind: 'refused', error: runFenced(segment, `at segment ${run.segment}`) };
  }
  // Ended at this very segment: the same call again, because its answer was lost.
  if (run.is_ended && write.outcome?.kind !== 'end') return { kind: 'refused', error: runFenced(segment, 'ended') };
  return { kind: 'done', result: 'written' };
}

/** What an operation adds to its batch, roughly: its documents, and something for the rest. */
function bytesOf(operation: Operation): number {
  const texts =
    operation.kind === 'accept'
      ? operation.acceptance.events.map((event) => event.trigger)
      : operation.write.rows.flatMap((row) => [row.inputs, row.outputs]);
  return texts.reduce((sum, text) => sum + 100 + (text?.length ?? 0), 100);
}
