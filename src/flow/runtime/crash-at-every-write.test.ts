/**
 * After SQLite's custom: the n-th write fails, for n = 1, 2, 3 … until a whole job goes through without reaching the
 * n-th. Whatever the way of failing, the outcome is that of the undisturbed job, and no action that is written down is
 * called again.
 */

import { describe, expect, test } from 'vitest';
import { RialtoError } from '../../base/errors.ts';
import type { ActionRow, SegmentRef, Store } from '../store/index.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { create, givenWorld, type World } from './worker-world.case.ts';

/** `refused`: not written, and said so. `unanswered`: written, and nobody says so. `killed`: the process is gone. */
type Failure = 'refused' | 'unanswered' | 'killed before' | 'killed after';

/** Two branches that meet, a value that is not the same twice, and a retry for which the run parks. */
const actions = {
  Token: { type: 'Compose', runAfter: {}, inputs: '@guid()' },
  Left: create('Left', ['Token'], { body: { lead: "@triggerBody()?['id']", token: "@outputs('Token')" } }),
  Right: create('Right'),
  Is_large: {
    type: 'If',
    runAfter: { Left: ['Succeeded'], Right: ['Succeeded'] },
    expression: { and: [{ equals: ["@triggerBody()?['id']", 'lead-2'] }] },
    actions: { Large: create('Large') },
    else: { actions: {} },
  },
  Busy: create('Busy', ['Is_large'], { retryPolicy: { type: 'fixed', count: 1, interval: 'PT20S' } }),
  Last: create('Last', ['Busy']),
};

interface Outcome {
  readonly runs: readonly unknown[];
  readonly written: readonly string[];
}

interface Job {
  readonly outcome: Outcome;
  readonly writes: number;
  /** Calls of actions whose end was written down before. */
  readonly repeated: readonly string[];
}

describe('crash at every write', () => {
  test('the undisturbed job does what it should', async () => {
    const { outcome, writes } = await doJob();
    expect(writes).toBeGreaterThan(12);
    expect(outcome.written).toEqual([
      '/Busy lead-1',
      '/Busy lead-2',
      '/Large lead-2',
      '/Last lead-1',
      '/Last lead-2',
      '/Left lead-1',
      '/Left lead-2',
      '/Right lead-1',
      '/Right lead-2',
    ]);
  });

  test.each<Failure>(['refused', 'unanswered', 'killed before', 'killed after'])('%s', async (failure) => {
    const undisturbed = await doJob();
    for (let failing = 1; ; failing += 1) {
      const job = await doJob({ failing, failure });
      expect(job.outcome, `write ${failing}`).toEqual(undisturbed.outcome);
      expect(job.repeated, `write ${failing}`).toEqual([]);
      if (job.writes < failing) break;
    }
  });
});

async function doJob(disturbance?: { readonly failing: number; readonly failure: Failure }): Promise<Job> {
  const recorded = new Map<string, ActionRow['status']>();
  const repeated: string[] = [];
  const world = await givenWorld(async (call) => {
    const status = recorded.get(call.idempotencyKey);
    if (status !== undefined && status !== 'Started' && status !== 'Retrying') repeated.push(call.path);
    // The service is busy until that is written down, so that a call that nobody remembers has the same answer again.
    return call.path === '/Busy' && status === undefined ? { statusCode: 503, headers: {} } : undefined;
  });
  await world.deploy(actions);
  let writes = 0;

  async function write<T>(perform: () => Promise<T>): Promise<T> {
    writes += 1;
    if (writes !== disturbance?.failing) return await perform();
    const { failure } = disturbance;
    const result = failure === 'unanswered' || failure === 'killed after' ? await perform() : undefined;
    if (failure === 'refused' || failure === 'unanswered') {
      throw new RialtoError('STORE_UNAVAILABLE', `Write ${writes} ${failure}.`, { retryable: true });
    }
    world.kill('first');
    void world.worker('second', { place: 'here', store: observed(world.store, (again) => again(), recorded) });
    return result === undefined ? await new Promise<T>(() => {}) : result;
  }

  await world.worker('first', { place: 'here', store: observed(world.store, write, recorded) });
  world.service.add({ id: 'lead-1' });
  world.service.add({ id: 'lead-2' });
  await world.clock.advance(60_000);
  return { outcome: await outcomeOf(world), writes, repeated };
}

/** The store with `write` around each write, noting the calls that are done for good. */
function observed(
  store: Store,
  write: <T>(perform: () => Promise<T>) => Promise<T>,
  recorded: Map<string, ActionRow['status']>,
): Store {
  function note(segment: SegmentRef, rows: readonly ActionRow[]): void {
    for (const row of rows) recorded.set(idempotencyKey(segment.runId, row), row.status);
  }
  return {
    ...store,
    triggers: { ...store.triggers, accept: (acceptance) => write(() => store.triggers.accept(acceptance)) },
    runs: {
      ...store.runs,
      claim: (segment, worker) => write(() => store.runs.claim(segment, worker)),
      append: (segment, rows) =>
        write(async () => {
          await store.runs.append(segment, rows);
          note(segment, rows);
        }),
      end: (segment, rows, end) =>
        write(async () => {
          await store.runs.end(segment, rows, end);
          note(segment, rows);
        }),
      park: (segment, rows, wakeTime) =>
        write(async () => {
          await store.runs.park(segment, rows, wakeTime);
          note(segment, rows);
        }),
    },
  };
}

/** What the outside sees of a job; times and random values left out, but checked to be the same wherever they occur. */
async function outcomeOf(world: World): Promise<Outcome> {
  const runs = await world.runs();
  const written = world.service.written;
  return {
    runs: runs.map((run) => {
      const left = world.service.written.find(
        (record) => record.id === idempotencyKey(run.id, { action: 'Left', repetition: '' }),
      );
      const token = run.actions.find((row) => row.action === 'Token')?.outputs;
      return {
        status: run.status,
        code: run.code,
        isTokenSame: token === JSON.stringify(left?.token),
        actions: run.actions.map((row) => `${row.action} ${row.attempt} ${row.status} ${row.code}`).sort(),
      };
    }),
    written: written.map((record) => `${pathOf(world, record.id)} ${record.lead}`).sort(),
  };
}

function pathOf(world: World, id: unknown): string | undefined {
  return world.service.calls.find((call) => call.idempotencyKey === id)?.path;
}
