import { describe, expect, test } from 'vitest';
import { RialtoError } from '../../base/errors.ts';
import { create, givenWorld, history } from './worker-world.case.ts';

const unavailable = {
  statusCode: 503,
  headers: { 'retry-after': '5' },
  body: { error: { code: 'Busy', message: 'Later.' } },
};

describe('worker', () => {
  test('runs the actions of each event that its trigger sees, once', async () => {
    const world = await givenWorld();
    await world.deploy({ Create_task: create('Create_task'), Note: create('Note', ['Create_task']) });
    await using _worker = await world.worker('w1');
    world.service.add({ id: 'lead-1' });
    world.service.add({ id: 'lead-2' });
    await world.clock.advance(10_000);
    const runs = await world.runs();
    expect(runs.map((run) => run.status)).toEqual(['Succeeded', 'Succeeded']);
    expect(runs.map(history)).toEqual([
      ['Create_task Succeeded', 'Note Succeeded'],
      ['Create_task Succeeded', 'Note Succeeded'],
    ]);
    expect(world.service.written.map((record) => record.lead)).toEqual(['lead-1', 'lead-2', 'lead-1', 'lead-2']);
    await world.clock.advance(60_000);
    expect(world.service.calls).toHaveLength(4);
  });

  test('the run of a later event is listed first', async () => {
    const world = await givenWorld();
    await world.deploy({ Create_task: create('Create_task') });
    for (let lead = 0; lead < 30; lead += 1) world.service.add({ id: `lead-${lead}` });
    await using _worker = await world.worker('w1');
    await world.clock.settle();
    const runs = await world.runs();
    const bodies = runs.map((run) => JSON.parse(run.trigger).outputs.body.id);
    expect(bodies).toEqual(Array.from({ length: 30 }, (_, lead) => `lead-${lead}`));
  });

  test('checks at the recurrence and writes every check down', async () => {
    const world = await givenWorld();
    await world.deploy({ Create_task: create('Create_task') });
    await using _worker = await world.worker('w1');
    await world.clock.settle();
    expect(await world.checks()).toEqual(['Skipped Accepted']);
    world.service.add({ id: 'lead-1' });
    await world.clock.advance(9_999);
    expect(world.service.polls).toBe(1);
    await world.clock.advance(1);
    expect(await world.checks()).toEqual(['Skipped Accepted', 'Succeeded OK']);
  });

  test('a check asked for by hand is made at once', async () => {
    const world = await givenWorld();
    await world.deploy({ Create_task: create('Create_task') });
    await using worker = await world.worker('w1');
    await world.clock.settle();
    world.service.add({ id: 'lead-1' });
    await world.store.triggers.checkNow('lead-to-task', 'When_a_record_is_created', world.clock.now());
    worker.nudge();
    await world.clock.settle();
    expect(await world.runs()).toHaveLength(1);
  });

  test('a flow that is deployed while the worker sleeps is seen', async () => {
    const world = await givenWorld();
    await using _worker = await world.worker('w1');
    world.service.add({ id: 'lead-1' });
    await world.clock.advance(5_000);
    await world.deploy({ Create_task: create('Create_task') });
    await world.clock.advance(1_000);
    expect(await world.runs()).toHaveLength(1);
  });

  test('a poll that fails keeps the position and says why; the next one brings everything', async () => {
    const world = await givenWorld();
    await world.deploy({ Create_task: create('Create_task') });
    world.service.add({ id: 'lead-1' });
    world.service.failNextPoll(new RialtoError('SERVICE_UNAVAILABLE', 'The service is down.', { retryable: true }));
    await using _worker = await world.worker('w1');
    await world.clock.settle();
    const [failed] = await world.store.triggers.histories({
      flow: 'lead-to-task',
      trigger: 'When_a_record_is_created',
      max: 1,
    });
    expect(failed).toMatchObject({
      status: 'Failed',
      code: 'SERVICE_UNAVAILABLE',
      error: { code: 'SERVICE_UNAVAILABLE', message: 'The service is down.' },
      fired: false,
    });
    const [trigger] = await world.store.triggers.list();
    expect(trigger?.position).toBeUndefined();
    await world.clock.advance(10_000);
    expect(await world.checks()).toEqual(['Failed SERVICE_UNAVAILABLE', 'Succeeded OK']);
    expect(world.service.written).toHaveLength(1);
  });

  test('waits as long as the service demands before it polls again', async () => {
    const world = await givenWorld();
    await world.deploy({ Create_task: create('Create_task') });
    const throttled = new RialtoError('SERVICE_UNAVAILABLE', 'Slow down.', { retryable: true, retryAfterMs: 25_000 });
    world.service.failNextPoll(throttled);
    await using _worker = await world.worker('w1');
    await world.clock.advance(24_999);
    expect(world.service.polls).toBe(1);
    await world.clock.advance(1);
    expect(world.service.polls).toBe(2);
  });

  test('a trigger whose condition is not met starts no run', async () => {
    const world = await givenWorld();
    const conditions = [{ expression: "@equals(triggerBody()?['state'], 'open')" }];
    await world.deploy({ Create_task: create('Create_task') }, { trigger: { conditions } });
    world.service.add({ id: 'lead-1', state: 'closed' });
    world.service.add({ id: 'lead-2', state: 'open' });
    await using _worker = await world.worker('w1');
    await world.clock.settle();
    expect(world.service.written.map((record) => record.lead)).toEqual(['lead-2']);
  });

  test('without splitOn one run has all records of the check', async () => {
    const world = await givenWorld();
    const body = { leads: "@length(triggerBody()?['value'])" };
    const actions = { Create_task: create('Create_task', [], { body }) };
    await world.deploy(actions, { trigger: { splitOn: null } });
    world.service.add({ id: 'lead-1' });
    world.service.add({ id: 'lead-2' });
    await using _worker = await world.worker('w1');
    await world.clock.settle();
    expect(world.service.written.map((record) => record.leads)).toEqual([2]);
  });

  test('makes calls that do not wait for each other at the same time', async () => {
    let most = 0;
    let underWay = 0;
    const world = await givenWorld(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await world.clock.sleep(100);
      underWay -= 1;
      return undefined;
    });
    await world.deploy({ A: create('A'), B: create('B'), C: create('C', ['A', 'B']) });
    world.service.add({ id: 'lead-1' });
    await using _worker = await world.worker('w1');
    await world.clock.advance(200);
    expect(most).toBe(2);
    expect((await world.runs())[0]?.status).toBe('Succeeded');
  });

  test('parks a run whose retry is far off, and goes on where it was', async () => {
    const world = await givenWorld(async (call, times) =>
      call.path === '/B' && times === 1 ? unavailable : undefined,
    );
    const retryPolicy = { type: 'fixed', count: 1, interval: 'PT1M' };
    await world.deploy({ A: create('A'), B: create('B', ['A'], { retryPolicy }) });
    world.service.add({ id: 'lead-1' });
    await using _worker = await world.worker('w1');
    await world.clock.settle();
    const wakeTime = world.clock.now() + 60_000;
    expect((await world.runs())[0]).toMatchObject({ status: 'Waiting', segment: 2, wakeTime });
    expect((await world.runs())[0]?.owner).toBeUndefined();
    expect(world.queue.waiting).toMatchObject([{ segment: 2, wakeTime }]);
    await world.clock.advance(61_000);
    const [run] = await world.runs();
    expect(run?.status).toBe('Succeeded');
    expect(history(run)).toEqual(['A Succeeded', 'B Retrying', 'B Succeeded']);
    expect(world.service.calls.map((call) => `${call.path} ${call.mayBeRepeat}`)).toEqual([
      '/A false',
      '/B false',
      '/B false',
    ]);
  });

  test('an attempt after one whose outcome is not known is said to be a possible repeat', async () => {
    const world = await givenWorld(async (_call, times) =>
      times === 1 ? { ...unavailable, statusCode: 504 } : undefined,
    );
    await world.deploy({ A: create('A', [], { retryPolicy: { type: 'fixed', count: 1, interval: 'PT5S' } }) });
    world.service.add({ id: 'lead-1' });
    await using _worker = await world.worker('w1');
    await world.clock.advance(10_000);
    expect((await world.runs())[0]?.status).toBe('Succeeded');
    expect(world.service.calls.map((call) => call.mayBeRepeat)).toEqual([false, true]);
  });

  test('a busy worker enqueues what it has no slot for; another executes it', async () => {
    const world = await givenWorld(async () => {
      await world.clock.sleep(60_000);
      return undefined;
    });
    await world.deploy({ Create_task: create('Create_task') });
    for (let lead = 0; lead < 5; lead += 1) world.service.add({ id: `lead-${lead}` });
    await using _busy = await world.worker('busy', { limits: { runsMax: 2 } });
    await world.clock.settle();
    await using _other = await world.worker('other', { limits: { runsMax: 10 } });
    await world.clock.settle();
    const owners = (await world.runs()).map((run) => run.owner ?? run.status);
    expect(owners.slice(0, 2)).toEqual(['busy', 'busy']);
    await world.clock.advance(70_000);
    expect((await world.runs()).map((run) => run.status)).toEqual(Array(5).fill('Succeeded'));
    await world.clock.advance(70_000);
    expect(world.service.calls).toHaveLength(5);
  });

  test('takes over the runs of a worker that died, and repeats only what was under way', async () => {
    let isHanging = true;
    const world = await givenWorld((call) =>
      call.path === '/B' && isHanging ? new Promise(() => {}) : Promise.resolve(undefined),
    );
    await world.deploy({ A: create('A'), B: create('B', ['A']) });
    world.service.add({ id: 'lead-1' });
    await world.worker('dead');
    await world.clock.settle();
    world.kill('dead');
    isHanging = false;
    await using _heir = await world.worker('heir');
    await world.clock.advance(5_000);
    const [run] = await world.runs();
    expect(run).toMatchObject({ status: 'Succeeded', segment: 2 });
    expect(world.service.calls.map((call) => `${call.path} ${call.mayBeRepeat}`)).toEqual([
      '/A false',
      '/B false',
      '/B true',
    ]);
    expect(new Set(world.service.calls.map((call) => call.idempotencyKey)).size).toBe(2);
  });

  test('a worker that was declared dead stops at once', async () => {
    const world = await givenWorld();
    const worker = await world.worker('w1');
    await world.clock.settle();
    await world.store.workers.unregister('w1');
    await world.clock.advance(1_000);
    expect(await worker.ended).toBe('lost');
    world.service.add({ id: 'lead-1' });
    await world.deploy({ A: create('A') });
    await world.clock.advance(60_000);
    expect(await world.runs()).toEqual([]);
    expect(world.clock.pendingSleeps).toEqual([]);
  });

  test('an orderly stop waits for calls under way and leaves the rest to others', async () => {
    const world = await givenWorld(async () => {
      await world.clock.sleep(2_000);
      return undefined;
    });
    await world.deploy({ A: create('A'), B: create('B', ['A']) });
    world.service.add({ id: 'lead-1' });
    const first = await world.worker('first');
    await world.clock.advance(1_000);
    const drained = first.drain();
    await world.clock.advance(1_000);
    await drained;
    expect(await first.ended).toBe('drained');
    expect(world.clock.pendingSleeps).toEqual([]);
    expect(history((await world.runs())[0])).toEqual(['A Succeeded']);
    expect((await world.runs())[0]).toMatchObject({ status: 'Waiting', segment: 2 });
    await using _second = await world.worker('second');
    await world.clock.advance(3_000);
    expect(history((await world.runs())[0])).toEqual(['A Succeeded', 'B Succeeded']);
    expect(world.service.calls).toHaveLength(2);
  });

  test('an orderly stop does not wait longer than drainMs', async () => {
    const world = await givenWorld(() => new Promise(() => {}));
    await world.deploy({ A: create('A') });
    world.service.add({ id: 'lead-1' });
    const worker = await world.worker('w1', { limits: { drainMs: 5_000 } });
    await world.clock.settle();
    const drained = worker.drain();
    await world.clock.advance(5_000);
    await drained;
    expect((await world.runs())[0]).toMatchObject({ status: 'Waiting', segment: 2 });
    expect(world.clock.pendingSleeps).toEqual([]);
  });

  test('an action that fails for good fails the run, with the words of the service', async () => {
    const world = await givenWorld(async () => ({
      statusCode: 400,
      headers: {},
      body: { error: { code: '0x80040203', message: 'The subject is missing.' } },
    }));
    await world.deploy({ A: create('A'), B: create('B', ['A']) });
    world.service.add({ id: 'lead-1' });
    await using _worker = await world.worker('w1');
    await world.clock.settle();
    const [run] = await world.runs();
    expect(run).toMatchObject({ status: 'Failed', code: 'ActionFailed' });
    expect(run?.actions[0]).toMatchObject({
      status: 'Failed',
      code: 'BadRequest',
      error: { code: '0x80040203', message: 'The subject is missing.' },
    });
    expect(history(run)).toEqual(['A Failed', 'B Skipped']);
  });

  test('a stored definition that cannot be run any more ends the run Failed and says so', async () => {
    const world = await givenWorld();
    await world.deploy({ A: create('A') });
    world.service.add({ id: 'lead-1' });
    const broken = {
      ...world.store,
      flows: { ...world.store.flows, getVersion: async () => undefined },
    };
    const first = await world.worker('first', { limits: { runsMax: 0 } });
    await world.clock.settle();
    await first.drain();
    await using _second = await world.worker('second', { store: broken });
    await world.clock.advance(1_000);
    expect((await world.runs())[0]).toMatchObject({ status: 'Failed', code: 'FLOW_UNKNOWN' });
  });
});
