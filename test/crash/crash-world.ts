/** What the tests that kill workers share: a slow Dataverse, the sample flow, workers to kill, and what must hold afterwards. */

import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { type Ids, seededIds, systemIds } from '../../src/base/ids.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { silentLog } from '../../src/base/log.ts';
import { deployFlow } from '../../src/flow/runtime/index.ts';
import type { RunWithHistory, Store } from '../../src/flow/store/index.ts';
import { readConfig } from '../../src/server/config/config.ts';
import { type Context, openContext } from '../../src/server/context.ts';
import { type SlowDataverse, startSlowDataverse } from './slow-dataverse.ts';

export const leadsMax = 50;
export const killsMax = 5;
export const leadsPerKill = Math.ceil(leadsMax / killsMax);
/** What a worker process is told. */
export interface WorkerProcessOptions {
  readonly dataDirectory: string;
  /** Left out, the embedded database of the data directory is used. */
  readonly databaseUrl?: string;
}

const wait = { timeout: 60_000, interval: 200 };
const flow = 'lead-to-task';

/** A Dataverse that is slow, and workers on it. Disposing kills and removes everything. */
export interface CrashWorld extends AsyncDisposable {
  /** Where databases may be; gone afterwards. */
  readonly directory: string;
  /** Random choices; the seed is printed, and `RIALTO_CRASH_SEED` repeats them. */
  readonly ids: Ids;
  readonly dataverse: SlowDataverse;
  readonly workers: Set<ChildProcess>;
}

/** Opens a world without leads. */
export async function openCrashWorld(): Promise<CrashWorld> {
  const seed = Number(process.env.RIALTO_CRASH_SEED ?? Math.floor(systemIds.random() * 1e9));
  console.log(`RIALTO_CRASH_SEED=${seed}`);
  const ids = seededIds(seed);
  const workers = new Set<ChildProcess>();
  const directory = await mkdtemp(join(tmpdir(), 'rialto-crash-'));
  // Where root runs the tests, the database server's own account has to reach it.
  await chmod(directory, 0o755);
  const dataverse = await startSlowDataverse(ids);
  return {
    directory,
    ids,
    dataverse,
    workers,
    async [Symbol.asyncDispose]() {
      for (const worker of workers) await killWorker({ workers }, worker);
      await dataverse[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Creates leads, one after the other, while the worker may already be dead. */
export async function createLeads({ dataverse, ids }: CrashWorld, leads: string[], count: number): Promise<void> {
  for (let created = 0; created < count; created += 1) {
    leads.push(await dataverse.createLead({ lastname: `Lead ${leads.length}`, subject: 'Crash' }));
    await systemClock.sleep(ids.random() * 200);
  }
}

/** Some time, or a moment after a write has arrived: then a run is under way for sure. */
export async function randomMoment({ dataverse, ids }: CrashWorld): Promise<void> {
  const seen = dataverse.writes.length;
  const isAny = ids.random() < 0.4;
  for (let waitedMs = 0; !isAny && waitedMs < 4_000 && dataverse.writes.length === seen; waitedMs += 5) {
    await systemClock.sleep(5);
  }
  await systemClock.sleep(ids.random() * (isAny ? 2_000 : 300));
}

/** Deploys the flow and waits until its trigger has taken its position. */
export async function deploy({ dataverse }: CrashWorld, place: WorkerProcessOptions): Promise<void> {
  await using context = await open(place);
  const { clock, connection } = { clock: systemClock, connection: 'contoso-dataverse' };
  await context.connections.create({
    name: connection,
    connector: 'dynamicscrmonline',
    settings: dataverse.settings,
  });
  const { definition, parameters } = await flowDocument();
  await deployFlow(
    { name: flow, definition: JSON.stringify(definition), parameters: JSON.stringify(parameters) },
    { store: context.store, connectors: context.connectors, clock },
  );
  // The first check finds the place to start from; leads that are there before it are not new.
  await context.worker.start();
  await expect.poll(async () => (await context.store.triggers.list(flow))[0]?.position, wait).toBeDefined();
}

/** The sample flow, checked every second, and with a second write: the lead is marked with its task. */
async function flowDocument(): Promise<{ readonly definition: unknown; readonly parameters: unknown }> {
  const path = new URL('../../examples/lead-to-task/definition.json', import.meta.url);
  const { definition, parameters } = JSON.parse(await readFile(path, 'utf8'));
  const trigger = definition.triggers.When_a_record_is_created;
  trigger.recurrence = { frequency: 'Second', interval: 1 };
  const { inputs } = definition.actions.Create_a_new_record;
  const lead = "@{encodeURIComponent(encodeURIComponent(triggerBody()?['leadid']))}";
  definition.actions.Mark_lead = {
    type: 'ApiConnection',
    runAfter: { Create_a_new_record: ['Succeeded'] },
    inputs: {
      host: inputs.host,
      method: 'patch',
      path: `${trigger.inputs.path.replace('/onnewitems', '/items/')}${lead}`,
      body: { description: "@body('Create_a_new_record')?['activityid']" },
    },
  };
  return { definition, parameters };
}

function open({ dataDirectory, databaseUrl }: WorkerProcessOptions): Promise<Context> {
  const environment = databaseUrl === undefined ? {} : { RIALTO_DATABASE_URL: databaseUrl };
  const config = readConfig({ dataDirectory, emulator: false }, environment, process.cwd());
  return openContext({ config, environment, log: silentLog, signal: new AbortController().signal });
}

/** Waits until each of the leads has been marked with its task. */
export async function everyLeadIsMarked({ dataverse }: CrashWorld, count: number): Promise<void> {
  const isMarked = (lead: JsonObject): boolean => typeof lead.description === 'string';
  await expect.poll(async () => (await dataverse.read('leads')).filter(isMarked).length, wait).toBe(count);
}

/** Every lead has exactly one task, every run succeeded, and no completed action ran twice. */
export async function checkOutcome(
  { dataverse }: CrashWorld,
  place: WorkerProcessOptions,
  created: readonly string[],
): Promise<void> {
  const tasks = await dataverse.read('tasks');
  expect(tasks.map((task) => task._regardingobjectid_value).sort()).toEqual([...created].sort());
  const leads = await dataverse.read('leads');
  const taskOf = new Map(tasks.map((task) => [task._regardingobjectid_value, task.activityid]));
  for (const lead of leads) expect(lead.description).toBe(taskOf.get(lead.leadid));

  await using context = await open(place);
  await context.worker.start();
  await expect
    .poll(async () => (await runsOf(context.store)).map((run) => run.status), wait)
    .toEqual(created.map(() => 'Succeeded'));
  const runs = await runsOf(context.store);
  for (const run of runs) checkRun(dataverse, run);
  // Otherwise no kill has hit a run, and nothing was tested.
  const taken = runs.filter((run) => run.segment > 1).length;
  console.log(
    `${taken} of ${runs.length} runs were taken over; ${dataverse.writes.length} writes for ${2 * created.length} actions`,
  );
  expect(taken).toBeGreaterThan(0);
}

/** No write of a run arrived after the action that it belongs to was written down as done. */
function checkRun(dataverse: SlowDataverse, run: RunWithHistory): void {
  const lead = JSON.parse(run.trigger).outputs.body.leadid;
  for (const [action, method] of [
    ['Create_a_new_record', 'POST'],
    ['Mark_lead', 'PATCH'],
  ]) {
    const [row, ...others] = run.actions.filter((candidate) => candidate.action === action);
    expect(row?.status).toBe('Succeeded');
    expect(others).toEqual([]);
    const writes = dataverse.writes.filter((write) => write.lead === lead && write.method === method);
    expect(writes.length).toBeGreaterThan(0);
    for (const write of writes) expect(write.time).toBeLessThanOrEqual(row?.endTime ?? 0);
  }
}

/** All runs with their histories. */
export async function runsOf(store: Store): Promise<readonly RunWithHistory[]> {
  const runs = await store.runs.list({ flow, max: 10 * leadsMax });
  return (await Promise.all(runs.map((run) => store.runs.get(run.id)))).flatMap((run) => run ?? []);
}

/** Starts a worker and waits until it works. */
export async function startWorker({ workers }: CrashWorld, options: WorkerProcessOptions): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('worker-process.mjs', import.meta.url));
  const worker = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.add(worker);
  await new Promise<void>((resolve, reject) => {
    worker.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('ready')) resolve();
    });
    worker.once('exit', (code) => reject(new Error(`The worker ended with ${code} before it worked.`)));
  });
  return worker;
}

/** SIGKILL, and the end of the process. */
export async function killWorker({ workers }: Pick<CrashWorld, 'workers'>, worker: ChildProcess): Promise<void> {
  workers.delete(worker);
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.kill('SIGKILL');
  await ended;
}
