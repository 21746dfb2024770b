import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import { systemIds } from '../../../base/ids.ts';
import { silentLog } from '../../../base/log.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../store/index.ts';
import type { SegmentRef } from '../../store/store.ts';
import type { SegmentHandling } from '../segment-source.ts';
import { type DbosSegmentQueue, openDbosSegmentQueue } from './segment-queue.ts';

let directory: string;
let postgres: EmbeddedPostgres;
let pool: pg.Pool;
let queue: DbosSegmentQueue;
let handed: SegmentRef[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rialto-queue-'));
  // Where root runs the tests, the server's own account has to reach it.
  await chmod(directory, 0o755);
  postgres = await startEmbeddedPostgres({
    dataDirectory: join(directory, 'data'),
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
  });
  pool = new pg.Pool({ connectionString: postgres.url });
});

afterAll(async () => {
  await pool?.end();
  await postgres?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

function open(): Promise<DbosSegmentQueue> {
  return openDbosSegmentQueue({
    databaseUrl: postgres.url,
    workerId: 'worker-1',
    concurrency: 10,
    clock: systemClock,
    log: silentLog,
    pollMs: 20,
  });
}

beforeEach(async () => {
  handed = [];
  queue = await open();
});

afterEach(async () => {
  await queue[Symbol.asyncDispose]();
  await pool.query('delete from rialto_dbos.workflow_status');
});

async function enqueue(segment: SegmentRef, options: { wakeTime?: number; end?: 'commit' | 'rollback' } = {}) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await queue.enqueue(client, segment, options.wakeTime);
    await client.query(options.end ?? 'commit');
  } finally {
    client.release();
  }
}

async function handOver(segment: SegmentRef): Promise<SegmentHandling> {
  handed.push(segment);
  return 'done';
}

async function statuses(): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ id: string; status: string }>(
    'select workflow_uuid as id, status from rialto_dbos.workflow_status',
  );
  return Object.fromEntries(rows.map(({ id, status }) => [id, status]));
}

describe('segment queue on DBOS', () => {
  test('hands a segment over once, when its transaction is committed', async () => {
    await queue.start(handOver);
    await enqueue({ runId: 'rolled-back', segment: 1 }, { end: 'rollback' });
    await enqueue({ runId: 'run:1', segment: 2 });
    await expect.poll(() => handed, { timeout: 10_000 }).toEqual([{ runId: 'run:1', segment: 2 }]);
    await expect.poll(statuses).toEqual({ 'rialto:run:1:2': 'SUCCESS' });
  });

  test('hands a parked segment over at its wake time, not before', async () => {
    await queue.start(handOver);
    await enqueue({ runId: 'later', segment: 2 }, { wakeTime: systemClock.now() + 3_600_000 });
    await enqueue({ runId: 'soon', segment: 2 }, { wakeTime: systemClock.now() + 300 });
    await enqueue({ runId: 'past', segment: 2 }, { wakeTime: systemClock.now() - 300 });
    await expect.poll(() => handed.length, { timeout: 10_000 }).toBe(2);
    expect(handed.map((segment) => segment.runId)).toEqual(['past', 'soon']);
    expect((await statuses())['rialto:later:2']).toBe('DELAYED');
  });

  test('hands nothing over before the worker starts', async () => {
    await enqueue({ runId: 'run-1', segment: 1 });
    expect(await statuses()).toEqual({ 'rialto:run-1:1': 'ENQUEUED' });
    await queue.start(handOver);
    await expect.poll(() => handed).toEqual([{ runId: 'run-1', segment: 1 }]);
  });

  test('hands a segment over again that was given back', async () => {
    let count = 0;
    await queue.start(async (segment) => {
      handed.push(segment);
      count += 1;
      return count === 1 ? 'given-back' : 'done';
    });
    await enqueue({ runId: 'run-1', segment: 1 });
    await expect.poll(() => handed.length, { timeout: 10_000 }).toBe(2);
    await expect.poll(statuses).toEqual({ 'rialto:run-1:1': 'SUCCESS' });
  });

  test('keeps what was not finished when it stops', async () => {
    let give: (handling: SegmentHandling) => void = () => {};
    await queue.start((segment) => {
      handed.push(segment);
      return new Promise((resolve) => {
        give = resolve;
      });
    });
    await enqueue({ runId: 'run-1', segment: 1 });
    await expect.poll(() => handed.length, { timeout: 10_000 }).toBe(1);
    const stopped = queue.stop(10_000);
    give('given-back');
    await stopped;
    expect(await statuses()).toEqual({ 'rialto:run-1:1': 'ENQUEUED' });
  });

  test('recovers what a dead worker took out and did not claim, and cancels what is over', async () => {
    const wakeTime = systemClock.now() + 3_600_000;
    for (const runId of ['waiting', 'over', 'held', 'held-too', 'fresh']) {
      await enqueue({ runId, segment: 1 }, { wakeTime });
    }
    const taken = `update rialto_dbos.workflow_status
      set status = 'PENDING', executor_id = $2, started_at_epoch_ms = $3 where workflow_uuid = any($1)`;
    const longAgo = systemClock.now() - 60_000;
    await pool.query(taken, [['rialto:waiting:1', 'rialto:over:1'], 'dead', longAgo]);
    await pool.query(taken, [['rialto:held:1', 'rialto:held-too:1'], 'alive', longAgo]);
    await pool.query(taken, [['rialto:fresh:1'], 'dead', systemClock.now()]);
    const asked: string[] = [];
    const recovered = await queue.recover(async ({ runId }, worker) => {
      asked.push(`${runId} of ${worker}`);
      return runId === 'waiting' ? 'waiting' : runId === 'over' ? 'over' : 'held';
    });
    expect(recovered).toBe(1);
    expect(asked).toEqual(['waiting of dead', 'over of dead', 'held of alive']);
    await queue.start(handOver);
    await expect.poll(() => handed, { timeout: 10_000 }).toEqual([{ runId: 'waiting', segment: 1 }]);
    expect(await statuses()).toMatchObject({
      'rialto:over:1': 'CANCELLED',
      'rialto:held:1': 'PENDING',
      'rialto:fresh:1': 'PENDING',
    });
  });

  test('forgets what was finished long ago', async () => {
    await queue.start(handOver);
    await enqueue({ runId: 'run-1', segment: 1 });
    await expect.poll(statuses, { timeout: 10_000 }).toEqual({ 'rialto:run-1:1': 'SUCCESS' });
    await pool.query('update rialto_dbos.workflow_status set completed_at = completed_at - 3600000');
    await queue.recover(async () => 'held');
    expect(await statuses()).toEqual({});
  });

  test('is one per process', async () => {
    await queue.start(handOver);
    await expect(open()).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
