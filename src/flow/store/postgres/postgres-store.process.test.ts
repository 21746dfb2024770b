import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import { systemIds } from '../../../base/ids.ts';
import { silentLog } from '../../../base/log.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/embedded-postgres.ts';
import { describeStore, type StoreBench } from '../store.case.ts';
import type { PostgresSegmentQueue } from './postgres-journal.ts';
import { openPostgresStore } from './postgres-store.ts';

let directory: string;
let server: EmbeddedPostgres;
let admin: Client;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rialto-store-'));
  server = await startEmbeddedPostgres({
    dataDirectory: directory,
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
  });
  admin = new Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('create table queued (place bigserial, run_id text, segment int, wake_time bigint)');
});

afterAll(async () => {
  await admin?.end();
  await server?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

function openStore(queue?: PostgresSegmentQueue) {
  return openPostgresStore({
    url: server.url,
    clock: systemClock,
    log: silentLog,
    poolMax: 6,
    ...(queue === undefined ? {} : { queue }),
  });
}

async function openBench(): Promise<StoreBench> {
  const refused = new Set<string>();
  const store = await openStore({
    async enqueue(client, { runId, segment }, wakeTime) {
      await client.query('insert into queued (run_id, segment, wake_time) values ($1, $2, $3)', [
        runId,
        segment,
        wakeTime ?? null,
      ]);
      if (refused.has(runId)) throw new Error('refused');
    },
  });
  await admin.query(`truncate queued, rialto.flows, rialto.flow_versions, rialto.triggers, rialto.trigger_histories,
    rialto.events, rialto.runs, rialto.actions, rialto.workers, rialto.connections`);
  return {
    store,
    async enqueued() {
      const answer = await admin.query<{ run_id: string; segment: number; wake_time: string | null }>(
        'select run_id, segment, wake_time from queued order by place',
      );
      return answer.rows.map((row) => ({
        runId: row.run_id,
        segment: row.segment,
        wakeTime: row.wake_time === null ? undefined : Number(row.wake_time),
      }));
    },
    refuseToEnqueue: (runId) => refused.add(runId),
    async passTime(ms) {
      await admin.query(`update rialto.workers set last_beat = last_beat - make_interval(secs => $1)`, [ms / 1000]);
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

describe('PostgreSQL store', () => describeStore(openBench));

describe('opening and losing the database', () => {
  async function freshDatabase(name: string): Promise<string> {
    await admin.query(`create database ${name}`);
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    return url.href;
  }

  function open(url: string) {
    return openPostgresStore({ url, clock: { ...systemClock, sleep: async () => {} }, log: silentLog, poolMax: 2 });
  }

  test('concurrent first starts make the tables once', async () => {
    const url = await freshDatabase('first');
    const stores = await Promise.all([open(url), open(url), open(url), open(url)]);
    expect(await stores[0]?.flows.list()).toEqual([]);
    await Promise.all(stores.map((store) => store[Symbol.asyncDispose]()));
    await (await open(url))[Symbol.asyncDispose]();
  });

  test('tables of a newer release are refused', async () => {
    const url = await freshDatabase('newer');
    await (await open(url))[Symbol.asyncDispose]();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('insert into rialto.migrations values (999, now())');
    await client.end();
    await expect(open(url)).rejects.toMatchObject({
      code: 'STORE_INCOMPATIBLE',
      message: expect.stringContaining('migration 999'),
    });
  });

  test('a database that does not answer is named, and a wrong password is not tried again', async () => {
    const nowhere = new URL(server.url);
    nowhere.port = '1';
    await expect(open(nowhere.href)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
    const wrong = new URL(server.url);
    wrong.password = 'wrong-password';
    const error = await open(wrong.href).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: false });
    expect((error as Error).message).not.toContain('wrong-password');
  });

  test('connections that break in the middle of writes give STORE_UNAVAILABLE, and repeats lose and double nothing', async () => {
    const store = await open(await freshDatabase('broken'));
    await store.flows.deploy({
      name: 'f',
      definition: '{}',
      parameters: '{}',
      triggers: [{ name: 't', nextCheckTime: 1 }],
      now: 1,
    });
    await store.workers.register({ id: 'w', place: 'p' });
    const kill = `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'broken'`;
    const codes = new Set<string>();
    /** Makes the call while its connection is killed, and again until it is answered. */
    async function insist<Result>(call: () => Promise<Result>): Promise<Result> {
      for (let attempt = 1; attempt <= 10; attempt += 1) {
        const called = call();
        // The kill arrives before, in or after the commit, as it comes.
        const killed = attempt === 1 ? admin.query(kill) : undefined;
        try {
          await Promise.allSettled([called, killed]);
          return await called;
        } catch (cause) {
          const { code, retryable } = cause as { readonly code: string; readonly retryable: boolean };
          if (!retryable) throw cause;
          codes.add(code);
        }
      }
      throw new Error('It never worked.');
    }
    async function oneRun(index: number): Promise<void> {
      const time = { startTime: index, endTime: index };
      const accepted = await insist(() =>
        store.triggers.accept({
          flow: 'f',
          flowVersion: 1,
          trigger: 't',
          positionVersion: index,
          position: String(index),
          nextCheckTime: 1,
          history: { id: `h${index}`, flow: 'f', trigger: 't', ...time, status: 'Succeeded', code: 'OK', fired: true },
          events: [{ key: String(index), runId: `r${index}`, trigger: '{}' }],
          worker: 'w',
          ownedMax: 1,
        }),
      );
      expect(accepted).toEqual([{ runId: `r${index}`, eventKey: String(index), owned: true }]);
      const segment = { runId: `r${index}`, segment: 1 };
      const action = { repetition: '', attempt: 1, status: 'Succeeded', code: 'OK', ...time } as const;
      await insist(() => store.runs.append(segment, [{ action: 'a', ...action }]));
      await insist(() =>
        store.runs.end(segment, [{ action: 'b', ...action }], { status: 'Succeeded', code: 'OK', endTime: index }),
      );
    }
    for (let index = 0; index < 60; index += 1) await oneRun(index);
    expect([...codes]).toEqual(['STORE_UNAVAILABLE']);
    const runs = await insist(() => store.runs.list({ max: 100, status: 'Succeeded' }));
    expect(runs).toHaveLength(60);
    const last = await insist(() => store.runs.get('r59'));
    expect(last?.actions.map(({ action }) => action)).toEqual(['a', 'b']);
    await store[Symbol.asyncDispose]();
  });
});
