import { describe, expect, test } from 'vitest';
import { seededIds } from '../../base/ids.ts';
import { silentLog } from '../../base/log.ts';
import { ExecutionSlots } from './execution-slots.ts';
import { Heartbeat } from './heartbeat.ts';
import { flowLoader } from './loaded-flow.ts';
import { RunExecutor } from './run-executor.ts';
import { workerLimits } from './worker-limits.ts';
import { create, givenWorld } from './worker-world.case.ts';

describe('run executor', () => {
  test('a segment that the queue hands over twice at the same time is executed once', async () => {
    const world = await givenWorld(async () => {
      await world.clock.sleep(1_000);
      return undefined;
    });
    await world.deploy({ A: create('A') });
    world.service.add({ id: 'lead-1' });
    const full = await world.worker('full', { limits: { runsMax: 0 } });
    await world.clock.settle();
    await full.drain();
    const { clock, store, service } = world;
    await store.workers.register({ id: 'one', place: 'one' });
    const executor = new RunExecutor({
      workerId: 'one',
      runs: store.runs,
      connectors: service.connectors,
      loadFlow: flowLoader(store.flows, 10),
      slots: new ExecutionSlots(10),
      heartbeat: new Heartbeat(clock, 1_000_000),
      clock,
      ids: seededIds(1),
      log: silentLog,
      limits: workerLimits,
      stop: new AbortController().signal,
      drain: new AbortController().signal,
    });
    const [run] = await store.runs.list({ max: 1 });
    const segment = { runId: run?.id ?? '', segment: run?.segment ?? 0 };
    const handed = Promise.all([executor.execute(segment), executor.execute(segment)]);
    await clock.advance(2_000);
    expect(await handed).toEqual(['done', 'done']);
    expect(service.calls).toHaveLength(1);
    expect(await store.runs.get(segment.runId)).toMatchObject({ status: 'Succeeded' });
  });
});
