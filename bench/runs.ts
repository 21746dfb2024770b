/**
 * Runs per second of a three-action flow, 50 at once, on the embedded PostgreSQL with `fsync` on, with a canned connector:
 * trigger, journal, engine and worker are the real ones. Beside it, in a process of its own on the same database, the
 * same three calls as DBOS steps. `node --import tsx bench/runs.ts`
 */

import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { systemClock } from '../src/base/clock.ts';
import { systemIds } from '../src/base/ids.ts';
import type { JsonObject } from '../src/base/json.ts';
import { silentLog } from '../src/base/log.ts';
import type { ConnectorHost } from '../src/connector/contract.ts';
import { openDbosSegmentQueue } from '../src/flow/runtime/dbos/segment-queue.ts';
import { createWorker, deployFlow } from '../src/flow/runtime/index.ts';
import { openPostgresStore, type Store, startEmbeddedPostgres } from '../src/flow/store/index.ts';

const atOnce = 50;
const warmUpMs = 3_000;
const measuredMs = 10_000;
const common = { clock: systemClock, ids: systemIds, log: silentLog };
const lead: JsonObject = { leadid: '', lastname: 'Contoso', subject: 'Interested in 20 units', revenue: 125000.5 };

const [mode, url] = process.argv.slice(2);
if (mode === 'rialto' && url !== undefined) print(await rialto(url));
else if (mode === 'dbos' && url !== undefined) print(await dbosSteps(url));
else await compare();

async function compare(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'rialto-bench-'));
  await chmod(directory, 0o755);
  const postgres = await startEmbeddedPostgres({ ...common, dataDirectory: join(directory, 'data') });
  try {
    const ours = await measureIn('rialto', postgres.url);
    const theirs = await measureIn('dbos', postgres.url);
    console.log(`Rialto, journal first:  ${ours.toFixed(0)} runs/s`);
    console.log(`The same as DBOS steps: ${theirs.toFixed(0)} runs/s`);
    console.log(`Ratio:                  ${(ours / theirs).toFixed(1)}`);
  } finally {
    await postgres[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Each in its own process: DBOS is one per process, and neither shall pay for the other's garbage. */
async function measureIn(name: string, databaseUrl: string): Promise<number> {
  const args = ['--import', 'tsx', fileURLToPath(import.meta.url), name, databaseUrl];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const { runsPerSecond } = code === 0 ? (JSON.parse(output) as { runsPerSecond: number }) : {};
  if (runsPerSecond === undefined) throw new Error(`The measurement '${name}' ended with ${code}.`);
  return runsPerSecond;
}

function print(runsPerSecond: number): void {
  process.stdout.write(`${JSON.stringify({ runsPerSecond })}\n`);
}

/** Runs that end while measured, over the time. `done` counts all that have ended. */
async function measure(done: () => number): Promise<number> {
  await systemClock.sleep(warmUpMs);
  const startMs = systemClock.monotonicMs();
  const before = done();
  await systemClock.sleep(measuredMs);
  return ((done() - before) * 1_000) / (systemClock.monotonicMs() - startMs);
}

async function rialto(databaseUrl: string): Promise<number> {
  const workerId = systemIds.uuid();
  const queue = await openDbosSegmentQueue({ ...common, databaseUrl, workerId, concurrency: atOnce });
  const postgres = await openPostgresStore({ ...common, url: databaseUrl, queue });
  const gate = openGate(atOnce);
  let done = 0;
  const store: Store = {
    ...postgres,
    runs: {
      ...postgres.runs,
      async end(...values) {
        await postgres.runs.end(...values);
        done += 1;
        gate.release();
      },
    },
  };
  const connectors = cannedConnectors(gate);
  const limits = { runsMax: 2 * atOnce };
  const worker = createWorker({ ...common, store, connectors, source: queue, workerId, place: workerId, limits });
  const times = { createdTime: 0, changedTime: 0 };
  await store.connections.create({ name: 'bench', connector: 'dynamicscrmonline', settings: '{}', ...times });
  await deployFlow({ name: 'bench', ...threeActions() }, { store, connectors, clock: systemClock });
  await worker.start();
  const runsPerSecond = await measure(() => done);
  gate.close();
  await worker.drain();
  await postgres[Symbol.asyncDispose]();
  await queue[Symbol.asyncDispose]();
  return runsPerSecond;
}

async function dbosSteps(databaseUrl: string): Promise<number> {
  const call = async (name: string, body: JsonObject): Promise<JsonObject> => ({ id: name, ...body });
  const workflow = DBOS.registerWorkflow(
    async (record: JsonObject) => {
      const first = await DBOS.runStep(() => call('First', record), { name: 'First' });
      const second = await DBOS.runStep(() => call('Second', { first: first.id ?? '' }), { name: 'Second' });
      return await DBOS.runStep(() => call('Third', { second: second.id ?? '' }), { name: 'Third' });
    },
    { name: 'bench' },
  );
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: databaseUrl,
    systemDatabaseIdleTransactionTimeoutMs: 0,
    applicationVersion: '1',
    logger: quiet,
  });
  await DBOS.launch();
  let done = 0;
  let isOver = false;
  async function oneAfterTheOther(): Promise<void> {
    while (!isOver) {
      const handle = await DBOS.startWorkflow(workflow)({ ...lead, leadid: systemIds.uuid() });
      await handle.getResult();
      done += 1;
    }
  }
  const all = Array.from({ length: atOnce }, () => oneAfterTheOther());
  const runsPerSecond = await measure(() => done);
  isOver = true;
  await Promise.all(all);
  await DBOS.shutdown();
  return runsPerSecond;
}

interface Gate {
  release(): void;
  close(): void;
  /** Waits for room and takes all of it; none when the gate is closed. */
  takeAll(): Promise<number>;
}

/** Lets so many runs be under way; a poll waits for room and brings as many leads. */
function openGate(size: number): Gate {
  let free = size;
  let isClosed = false;
  let wake: () => void = () => {};
  return {
    release() {
      free += 1;
      wake();
    },
    close() {
      isClosed = true;
      wake();
    },
    async takeAll() {
      while (free === 0 && !isClosed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const taken = isClosed ? 0 : free;
      free -= taken;
      return taken;
    },
  };
}

function cannedConnectors(gate: Gate): ConnectorHost {
  return {
    invoke: async (call) => ({
      statusCode: 200,
      headers: {},
      body: { id: call.path, ...(call.body as JsonObject) },
    }),
    async poll(_call, state) {
      const count = await gate.takeAll();
      const records = Array.from({ length: count }, () => ({ ...lead, leadid: systemIds.uuid() }));
      return { records, state: Number(state ?? 0) + count, pollAgainAfterMs: 0 };
    },
    eventKey: (_call, record) => String(record.leadid),
    check: async () => {},
  };
}

function threeActions(): { readonly definition: string; readonly parameters: string } {
  const host = { connection: { name: "@parameters('$connections')['crm']['connectionId']" } };
  const action = (path: string, body: unknown, after: readonly string[]) => ({
    type: 'ApiConnection',
    runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
    inputs: { host, method: 'post', path, body },
  });
  const definition = {
    parameters: { $connections: { type: 'Object', defaultValue: {} } },
    triggers: {
      New_lead: {
        type: 'ApiConnection',
        recurrence: { frequency: 'Second', interval: 1 },
        splitOn: "@triggerBody()?['value']",
        inputs: { host, method: 'get', path: '/onnewitems' },
      },
    },
    actions: {
      First: action('/First', '@triggerBody()', []),
      Second: action('/Second', { first: "@body('First')?['id']" }, ['First']),
      Third: action('/Third', { second: "@body('Second')?['id']" }, ['Second']),
    },
  };
  const parameters = { $connections: { value: { crm: { connectionId: '/connections/bench' } } } };
  return { definition: JSON.stringify(definition), parameters: JSON.stringify(parameters) };
}
