import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { systemIds } from '../../base/ids.ts';
import { silentLog } from '../../base/log.ts';
import { type CannedAnswer, cannedService } from '../../testing/canned-service.ts';
import {
  type EmbeddedPostgres,
  openPostgresStore,
  type RunWithHistory,
  startEmbeddedPostgres,
} from '../store/index.ts';
import { openDbosSegmentQueue } from './dbos/segment-queue.ts';
import { deployFlow } from './deploy.ts';
import { createWorker } from './worker.ts';
import type { WorkerLimits } from './worker-limits.ts';
import { create, flowDocument, history } from './worker-world.case.ts';

const wait = { timeout: 30_000, interval: 50 };
const common = { clock: systemClock, ids: systemIds, log: silentLog };

let directory: string;
let postgres: EmbeddedPostgres;
let flow: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rialto-worker-'));
  // Where root runs the tests, the server's own account has to reach it.
  await chmod(directory, 0o755);
  postgres = await startEmbeddedPostgres({ ...common, dataDirectory: join(directory, 'data') });
});

afterAll(async () => {
  await postgres?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

beforeEach(() => {
  flow = `flow-${systemIds.uuid()}`;
});

/** A worker on PostgreSQL and DBOS, with a service that holds some leads. */
async function givenWorker(
  options: { readonly answer?: CannedAnswer; readonly leads?: number; readonly limits?: Partial<WorkerLimits> } = {},
) {
  const workerId = systemIds.uuid();
  const service = cannedService(options.answer);
  for (let lead = 0; lead < (options.leads ?? 0); lead += 1) service.add({ id: `lead-${lead}` });
  const queue = await openDbosSegmentQueue({ ...common, databaseUrl: postgres.url, workerId, concurrency: 10 });
  const store = await openPostgresStore({ ...common, url: postgres.url, queue });
  const worker = createWorker({
    ...common,
    store,
    connectors: service.connectors,
    source: queue,
    workerId,
    place: directory,
    limits: options.limits ?? {},
  });
  const now = systemClock.now();
  const connection = { name: 'dataverse-1', connector: 'dynamicscrmonline', settings: '{}' };
  await store.connections.create({ ...connection, createdTime: now, changedTime: now });
  return {
    service,
    store,
    worker,
    async runs(): Promise<readonly RunWithHistory[]> {
      const runs = await store.runs.list({ flow, max: 100 });
      return (await Promise.all(runs.map((run) => store.runs.get(run.id)))).flatMap((run) => run ?? []);
    },
    async [Symbol.asyncDispose]() {
      await worker.drain();
      await store[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
    },
  };
}

describe('worker on PostgreSQL and DBOS', () => {
  test('a parked run goes on through DBOS', async () => {
    const retryPolicy = { type: 'fixed', count: 1, interval: 'PT5S' };
    await using world = await givenWorker({
      leads: 1,
      limits: { parkAfterMs: 1_000 },
      answer: async (call, times) => (call.path === '/B' && times === 1 ? { statusCode: 503, headers: {} } : undefined),
    });
    await world.worker.start();
    const document = flowDocument({ A: create('A'), B: create('B', ['A'], { retryPolicy }) });
    await deployFlow({ ...document, name: flow }, { ...world, ...common, connectors: world.service.connectors });
    world.worker.nudge();
    await expect.poll(async () => (await world.runs()).map((run) => run.status), wait).toEqual(['Waiting']);
    await expect.poll(async () => (await world.runs()).map((run) => run.status), wait).toEqual(['Succeeded']);
    const [run] = await world.runs();
    expect(run?.segment).toBe(2);
    expect(history(run)).toEqual(['A Succeeded', 'B Retrying', 'B Succeeded']);
    expect(world.service.calls.map((call) => call.path)).toEqual(['/A', '/B', '/B']);
  });

  test('what a busy worker enqueues is executed as soon as it has room', async () => {
    await using world = await givenWorker({ leads: 7, limits: { runsMax: 2 } });
    await world.worker.start();
    const document = flowDocument({ A: create('A') });
    await deployFlow({ ...document, name: flow }, { ...world, ...common, connectors: world.service.connectors });
    world.worker.nudge();
    await expect
      .poll(async () => (await world.runs()).map((run) => run.status), wait)
      .toEqual(Array.from({ length: 7 }, () => 'Succeeded'));
    expect(world.service.calls).toHaveLength(7);
  });

  test('what a stopped worker left is done by the next one', async () => {
    const answers: (() => void)[] = [];
    const first = await givenWorker({
      leads: 1,
      answer: (call) =>
        call.path === '/A'
          ? new Promise((resolve) => answers.push(() => resolve(undefined)))
          : Promise.resolve(undefined),
    });
    await first.worker.start();
    const document = flowDocument({ A: create('A'), B: create('B', ['A']) });
    await deployFlow({ ...document, name: flow }, { ...first, ...common, connectors: first.service.connectors });
    first.worker.nudge();
    await expect.poll(() => answers.length, wait).toBe(1);
    const disposed = first[Symbol.asyncDispose]();
    answers[0]?.();
    await disposed;
    expect(first.service.calls.map((call) => call.path)).toEqual(['/A']);
    await using second = await givenWorker();
    expect((await second.runs())[0]).toMatchObject({ status: 'Waiting', segment: 2 });
    await second.worker.start();
    await expect.poll(async () => (await second.runs()).map((run) => run.status), wait).toEqual(['Succeeded']);
    expect(second.service.calls.map((call) => call.path)).toEqual(['/B']);
  });
});
