/** What workers survive: a database that was away or lost an answer, a change of the flow, a definition that is wrong. */

import { describe, expect, test } from 'vitest';
import { RialtoError } from '../../base/errors.ts';
import type { Store } from '../store/index.ts';
import { create, flowName, givenWorld, triggerName } from './worker-world.case.ts';

describe('workers whose database was away', () => {
  test('do not take each other for dead when it is there again', async () => {
    const world = await givenWorld();
    let isAway = false;
    await using one = await world.worker('one', { store: withOutage(world.store, () => isAway) });
    await using two = await world.worker('two', { store: withOutage(world.store, () => isAway) });
    await world.clock.advance(10_000);
    isAway = true;
    await world.clock.advance(20_000);
    isAway = false;
    await world.clock.advance(10_000);
    expect(await world.store.workers.beat('one')).toBe(true);
    expect(await world.store.workers.beat('two')).toBe(true);
    await Promise.all([one.drain(), two.drain(), world.clock.advance(1)]);
    expect(await Promise.all([one.ended, two.ended])).toEqual(['drained', 'drained']);
  });

  test('go on with a run whose park was written down, and answered only after the next segment was due', async () => {
    const world = await givenWorld(async (_call, times) =>
      times === 1 ? { statusCode: 503, headers: {}, body: {} } : undefined,
    );
    const retryPolicy = { type: 'fixed', count: 1, interval: 'PT20S' };
    await world.deploy({ A: create('A', [], { retryPolicy }) });
    world.service.add({ id: 'lead-1' });
    const silentUntil = world.clock.now() + 40_000;
    const { runs } = world.store;
    const park: Store['runs']['park'] = async (...values) => {
      await runs.park(...values).catch(() => undefined);
      if (world.clock.now() < silentUntil) throw unavailable();
      throw new RialtoError('RUN_FENCED', 'It is parked.');
    };
    await using _worker = await world.worker('one', { store: { ...world.store, runs: { ...runs, park } } });
    await world.clock.advance(60_000);
    expect((await world.runs())[0]).toMatchObject({ status: 'Succeeded', segment: 2 });
  });
});

describe('a check under way', () => {
  test('comes to nothing when its flow is deployed anew; the next one is made as the new version says', async () => {
    const world = await givenWorld();
    await world.deploy({ A: create('A') }, { trigger: { recurrence: { frequency: 'Day', interval: 1 } } });
    world.service.add({ id: 'lead-1' });
    let acceptMs = 3_000;
    const triggers: Store['triggers'] = {
      ...world.store.triggers,
      async accept(acceptance) {
        await world.clock.sleep(acceptMs);
        return await world.store.triggers.accept(acceptance);
      },
    };
    await using _worker = await world.worker('one', { store: { ...world.store, triggers } });
    await world.clock.advance(1_000);
    acceptMs = 0;
    await world.deploy({ B: create('B') });
    // As long as the lease that the check under way has kept for itself.
    await world.clock.advance(20_000);
    const [run, ...others] = await world.runs();
    expect(others).toEqual([]);
    expect(run).toMatchObject({ flowVersion: 2, status: 'Succeeded' });
    expect((await world.store.triggers.list())[0]?.nextCheckTime).toBeLessThanOrEqual(world.clock.now() + 10_000);
  });

  test('keeps its position when splitOn cannot be evaluated: a mended definition gets the events', async () => {
    const world = await givenWorld();
    await world.deploy({ A: create('A') }, { trigger: { splitOn: "@triggerBody()['values']" } });
    world.service.add({ id: 'lead-1' });
    await using _worker = await world.worker('one');
    await world.clock.advance(10_000);
    expect(await world.checks()).toEqual(['Failed InvalidTemplate', 'Failed InvalidTemplate']);
    await world.deploy({ A: create('A') });
    await world.clock.advance(10_000);
    expect((await world.runs()).map((run) => run.status)).toEqual(['Succeeded']);
    const [last] = await world.store.triggers.histories({ flow: flowName, trigger: triggerName, max: 1 });
    expect(last?.status).not.toBe('Failed');
  });
});

function unavailable(): RialtoError {
  return new RialtoError('STORE_UNAVAILABLE', 'The database does not answer.', { retryable: true });
}

function withOutage(store: Store, isAway: () => boolean): Store {
  const beat: Store['workers']['beat'] = async (id) => {
    if (isAway()) throw unavailable();
    return await store.workers.beat(id);
  };
  return { ...store, workers: { ...store.workers, beat } };
}
