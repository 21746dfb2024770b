/**
 * How many runs per second the journal takes: acceptance, one append, end, each durable before the next. Prints ratios
 * against two bare loops over the same rows on the same server: one transaction per write, which is what a store without
 * group commit costs, and batches of as many runs as are concurrent, which is about what the disk and the server allow.
 *
 * `node --import tsx bench/journal.ts [runs] [concurrent]`
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { systemClock } from '../src/base/clock.ts';
import { systemIds } from '../src/base/ids.ts';
import { silentLog } from '../src/base/log.ts';
import { type ActionRow, openPostgresStore, type Store, startEmbeddedPostgres } from '../src/flow/store/index.ts';

const runs = Number(process.argv[2] ?? 10_000);
const concurrent = Number(process.argv[3] ?? 50);

const trigger = JSON.stringify({
  name: 'when',
  outputs: { body: { leadid: 'x'.repeat(36), subject: 'y'.repeat(400) } },
});
const document = JSON.stringify({ body: { text: 'z'.repeat(400) } });

function action(name: string, now: number): ActionRow {
  return {
    action: name,
    repetition: '',
    attempt: 1,
    status: 'Succeeded',
    code: 'OK',
    startTime: now,
    endTime: now,
    inputs: document,
    outputs: document,
  };
}

/** Runs `work` for 0 … count - 1, `width` at a time; gives how many per second. */
async function rate(
  count: number,
  width: number,
  work: (index: number, lane: number) => Promise<void>,
): Promise<number> {
  const from = systemClock.monotonicMs();
  let next = 0;
  async function lane(number: number): Promise<void> {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index, number);
    }
  }
  await Promise.all(Array.from({ length: width }, (_, number) => lane(number)));
  return (count / (systemClock.monotonicMs() - from)) * 1000;
}

async function prepareStore(store: Store): Promise<void> {
  await store.workers.register({ id: 'worker', place: 'bench' });
  for (let lane = 0; lane < concurrent; lane += 1) {
    await store.flows.deploy({
      name: `flow-${lane}`,
      definition: '{}',
      parameters: '{}',
      triggers: [{ name: 'when', nextCheckTime: 0 }],
      now: systemClock.now(),
    });
  }
}

/** One run through the store: a trigger of its own lane, three actions. Gives the wait for the acceptance. */
async function oneRun(store: Store, positions: number[], lane: number): Promise<number> {
  const now = systemClock.now();
  const started = systemClock.monotonicMs();
  const runId = systemIds.uuid();
  const position = positions[lane] ?? 0;
  positions[lane] = position + 1;
  await store.triggers.accept({
    flow: `flow-${lane}`,
    flowVersion: 1,
    trigger: 'when',
    positionVersion: position,
    position: String(position),
    nextCheckTime: now,
    history: {
      id: systemIds.uuid(),
      flow: `flow-${lane}`,
      trigger: 'when',
      startTime: now,
      endTime: now,
      status: 'Succeeded',
      code: 'OK',
      fired: true,
    },
    events: [{ key: runId, runId, trigger }],
    worker: 'worker',
    ownedMax: 1,
  });
  const acceptedMs = systemClock.monotonicMs() - started;
  const segment = { runId, segment: 1 };
  await store.runs.append(segment, [action('Compose', now), action('Create', now)]);
  await store.runs.end(segment, [action('Condition', now)], { status: 'Succeeded', code: 'OK', endTime: now });
  return acceptedMs;
}

const bareTables = `
  create table bare_run (id text primary key, flow text, status text, time bigint, trigger text);
  create table bare_action (run_id text, action text, status text, time bigint, inputs text, outputs text,
    primary key (run_id, action))`;
const insertRuns = {
  name: 'bare_run',
  text: `insert into bare_run select id, 'flow', 'Running', 0, $2 from unnest($1::text[]) as id`,
};
const insertActions = {
  name: 'bare_action',
  text: `insert into bare_action select id, action, 'Succeeded', 0, $3, $3 from unnest($1::text[]) as id, unnest($2::text[]) as action`,
};
const endRuns = { name: 'bare_end', text: `update bare_run set status = 'Succeeded' where id = any ($1::text[])` };

/** The rows of `width` runs, in the three writes of a run, with as little as PostgreSQL needs. */
async function bareRuns(client: Client, width: number): Promise<void> {
  const ids = Array.from({ length: width }, () => systemIds.uuid());
  await client.query({ ...insertRuns, values: [ids, trigger] });
  await client.query({ ...insertActions, values: [ids, ['Compose', 'Create'], document] });
  await client.query('begin');
  await client.query({ ...insertActions, values: [ids, ['Condition'], document] });
  await client.query({ ...endRuns, values: [ids] });
  await client.query('commit');
}

function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((left, right) => left - right);
  return (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1);
}

const directory = await mkdtemp(join(tmpdir(), 'rialto-bench-'));
try {
  await using server = await startEmbeddedPostgres({
    dataDirectory: directory,
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
  });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(bareTables);
  await using store = await openPostgresStore({ url: server.url, clock: systemClock, log: silentLog });
  await prepareStore(store);
  const positions: number[] = [];
  const waits: number[] = [];
  // Warm: plans, pages, the compiler.
  await rate(Math.min(runs, 2000), concurrent, async (_, lane) => void (await oneRun(store, positions, lane)));
  await rate(20, 1, () => bareRuns(client, concurrent));

  const single = await rate(Math.min(runs, 1000), 1, () => bareRuns(client, 1));
  const journal = await rate(
    runs,
    concurrent,
    async (_, lane) => void waits.push(await oneRun(store, positions, lane)),
  );
  const batched = (await rate(Math.ceil(runs / concurrent), 1, () => bareRuns(client, concurrent))) * concurrent;
  const alone: number[] = [];
  await rate(300, 1, async () => void alone.push(await oneRun(store, positions, 0)));
  await client.end();

  console.log(`journal, ${concurrent} runs at once        ${journal.toFixed(0)} runs/s`);
  console.log(`  acceptance p50 / p99            ${percentile(waits, 0.5)} / ${percentile(waits, 0.99)} ms`);
  console.log(`  acceptance alone p50 / p99      ${percentile(alone, 0.5)} / ${percentile(alone, 0.99)} ms`);
  console.log(
    `one transaction per write         ${single.toFixed(0)} runs/s; journal / this = ${(journal / single).toFixed(2)}`,
  );
  console.log(
    `bare batches of ${concurrent}                ${batched.toFixed(0)} runs/s; journal / this = ${(journal / batched).toFixed(2)}`,
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
