/** The store suite: what every store must do, run by the test file of each. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActionRow, RunEnd, RunWithHistory, SegmentRef, Store, TriggerAcceptance, TriggerLease } from './store.ts';

/** A store under test, empty, with the parts of its surroundings that tests need. */
export interface StoreBench extends AsyncDisposable {
  readonly store: Store;
  /** Segments whose enqueueing was committed, in order. */
  enqueued(): Promise<readonly EnqueuedSegment[]>;
  /** From now on enqueueing this run's segments fails. */
  refuseToEnqueue(runId: string): void;
  /** Lets time pass on the clock by which workers live and die. */
  passTime(ms: number): Promise<void>;
}

export interface EnqueuedSegment extends SegmentRef {
  readonly wakeTime: number | undefined;
}

/** Runs the suite against the stores that `open` gives. */
export function describeStore(open: () => Promise<StoreBench>): void {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
  });
  describe('flows', () => flowCases(() => bench));
  describe('triggers', () => triggerCases(() => bench));
  describe('runs', () => runCases(() => bench));
  describe('run lists', () => listCases(() => bench));
  describe('concurrent writes', () => concurrencyCases(() => bench));
  describe('workers', () => workerCases(() => bench));
  describe('connections', () => connectionCases(() => bench));
}

type GetBench = () => StoreBench;

const t0 = 1_700_000_000_000;

function flowCases(bench: GetBench): void {
  test('a flow that is deployed has version 1 and is enabled', async () => {
    const flow = await deploy(bench());
    expect(flow).toEqual({
      name: 'lead-to-task',
      state: 'Enabled',
      version: { flow: 'lead-to-task', version: 1, definition: '{"a": 1.0}', parameters: '{}', createdTime: t0 },
      createdTime: t0,
      changedTime: t0,
    });
    expect(await bench().store.flows.get('lead-to-task')).toEqual(flow);
    expect(await bench().store.flows.get('other')).toBeUndefined();
  });

  test('deploying the same again makes no version and keeps the schedule', async () => {
    await deploy(bench());
    const again = await deploy(bench(), { now: t0 + 5, nextCheckTime: t0 + 99 });
    expect(again.version.version).toBe(1);
    expect(again.changedTime).toBe(t0);
    expect((await bench().store.triggers.list('lead-to-task'))[0]?.nextCheckTime).toBe(t0);
  });

  test('another definition or other parameters make a new version and leave the old one', async () => {
    await deploy(bench());
    expect((await deploy(bench(), { definition: '{"a": 2}', now: t0 + 1 })).version.version).toBe(2);
    const third = await deploy(bench(), { definition: '{"a": 2}', parameters: '{"p":{"value":1}}', now: t0 + 2 });
    expect(third.version.version).toBe(3);
    expect(third.createdTime).toBe(t0);
    expect(third.changedTime).toBe(t0 + 2);
    expect((await bench().store.flows.getVersion('lead-to-task', 1))?.definition).toBe('{"a": 1.0}');
    expect(await bench().store.flows.getVersion('lead-to-task', 4)).toBeUndefined();
  });

  test('a trigger that stays keeps its position, one that is gone is removed', async () => {
    await deploy(bench());
    await accept(bench(), { position: '"p1"', nextCheckTime: t0 + 10 });
    await deploy(bench(), { definition: '{"a": 2}', triggers: ['when', 'new'], nextCheckTime: t0 + 3 });
    expect(await bench().store.triggers.list('lead-to-task')).toEqual([
      { flow: 'lead-to-task', trigger: 'new', position: undefined, nextCheckTime: t0 + 3 },
      { flow: 'lead-to-task', trigger: 'when', position: '"p1"', nextCheckTime: t0 + 3 },
    ]);
    await deploy(bench(), { definition: '{"a": 3}', triggers: ['new'] });
    expect((await bench().store.triggers.list('lead-to-task')).map(({ trigger }) => trigger)).toEqual(['new']);
  });

  test('a new version makes the acceptance of a check under way stale, and its trigger can be leased at once', async () => {
    await deploy(bench());
    const lease = () => bench().store.triggers.leaseDue({ worker: 'w2', now: t0 + 100, leaseMs: 1_000_000, max: 1 });
    expect(await lease()).toHaveLength(1);
    await deploy(bench());
    expect(await lease()).toHaveLength(0);
    await deploy(bench(), { definition: '{"a": 2}' });
    await expect(accept(bench(), { keys: ['e1'] })).rejects.toMatchObject({ code: 'TRIGGER_POSITION_STALE' });
    expect(await lease()).toMatchObject([{ flowVersion: 2, positionVersion: 1 }]);
  });

  test('a deleted flow leaves its versions and runs, and counts on when it comes again', async () => {
    await deploy(bench());
    await acceptRun(bench(), 'run-1');
    expect(await bench().store.flows.delete('lead-to-task')).toBe(true);
    expect(await bench().store.flows.delete('lead-to-task')).toBe(false);
    expect(await bench().store.flows.list()).toEqual([]);
    expect(await bench().store.triggers.list()).toEqual([]);
    expect((await bench().store.runs.get('run-1'))?.flow).toBe('lead-to-task');
    expect((await deploy(bench())).version.version).toBe(2);
    expect((await bench().store.flows.getVersion('lead-to-task', 1))?.version).toBe(1);
  });

  test('a flow can be disabled, and lists are in the order of names', async () => {
    await deploy(bench(), { name: 'b' });
    await deploy(bench(), { name: 'a' });
    await deploy(bench(), { name: 'B' });
    expect((await bench().store.flows.setState('b', 'Disabled', t0 + 7))?.state).toBe('Disabled');
    expect(await bench().store.flows.setState('none', 'Disabled', t0)).toBeUndefined();
    const flows = await bench().store.flows.list();
    expect(flows.map(({ name, state }) => `${name} ${state}`)).toEqual(['B Enabled', 'a Enabled', 'b Disabled']);
  });

  test('concurrent deployments give distinct versions', async () => {
    const deployed = await Promise.all(
      [1, 2, 3, 4, 5].map((number) => deploy(bench(), { definition: `{"n": ${number}}` })),
    );
    expect(deployed.map((flow) => flow.version.version).sort()).toEqual([1, 2, 3, 4, 5]);
  });
}

function triggerCases(bench: GetBench): void {
  test('a due trigger is leased once until the lease runs out', async () => {
    await deploy(bench());
    const { triggers } = bench().store;
    expect(await triggers.leaseDue({ worker: 'w1', now: t0 - 1, leaseMs: 100, max: 10 })).toEqual([]);
    expect(await triggers.leaseDue({ worker: 'w1', now: t0, leaseMs: 100, max: 10 })).toEqual([
      { flow: 'lead-to-task', flowVersion: 1, trigger: 'when', position: undefined, positionVersion: 0 },
    ]);
    expect(await triggers.leaseDue({ worker: 'w2', now: t0 + 99, leaseMs: 100, max: 10 })).toEqual([]);
    expect(await triggers.leaseDue({ worker: 'w2', now: t0 + 100, leaseMs: 100, max: 10 })).toHaveLength(1);
  });

  test('leases are bounded, and concurrent leasing hands each trigger out once', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await deploy(bench(), { name });
    const lease = (worker: string) => bench().store.triggers.leaseDue({ worker, now: t0, leaseMs: 1000, max: 3 });
    const first = await lease('w0');
    expect(first).toHaveLength(3);
    const rest = (await Promise.all([lease('w1'), lease('w2'), lease('w3')])).flat();
    expect([...first, ...rest].map(({ flow }) => flow).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('triggers of a disabled flow are not leased and not awaited', async () => {
    await deploy(bench());
    expect(await bench().store.triggers.nextCheckTime()).toBe(t0);
    await bench().store.flows.setState('lead-to-task', 'Disabled', t0);
    expect(await bench().store.triggers.nextCheckTime()).toBeUndefined();
    expect(await bench().store.triggers.leaseDue({ worker: 'w1', now: t0, leaseMs: 1, max: 10 })).toEqual([]);
  });

  test('the next check is the earliest, and a leased trigger is awaited when its lease ends', async () => {
    await deploy(bench(), { nextCheckTime: t0 + 50 });
    await deploy(bench(), { name: 'early' });
    expect(await bench().store.triggers.nextCheckTime()).toBe(t0);
    await bench().store.triggers.leaseDue({ worker: 'w1', now: t0, leaseMs: 20, max: 1 });
    expect(await bench().store.triggers.nextCheckTime()).toBe(t0 + 20);
  });

  test('a trigger can be made due now', async () => {
    await deploy(bench(), { nextCheckTime: t0 + 50 });
    expect(await bench().store.triggers.checkNow('lead-to-task', 'when', t0)).toBe(true);
    expect(await bench().store.triggers.checkNow('lead-to-task', 'none', t0)).toBe(false);
    expect(await bench().store.triggers.nextCheckTime()).toBe(t0);
  });

  test('an acceptance stores position, schedule, history and runs, and gives up the lease', async () => {
    await deploy(bench());
    await register(bench(), 'w1');
    await bench().store.triggers.leaseDue({ worker: 'w1', now: t0, leaseMs: 1000, max: 1 });
    const runs = await accept(bench(), { position: '"p1"', nextCheckTime: t0 + 10, keys: ['e1', 'e2'] });
    expect(runs).toEqual([
      { runId: 'run-e1', eventKey: 'e1', owned: true },
      { runId: 'run-e2', eventKey: 'e2', owned: true },
    ]);
    const [lease] = await bench().store.triggers.leaseDue({ worker: 'w2', now: t0 + 10, leaseMs: 1, max: 1 });
    expect(lease).toMatchObject({ position: '"p1"', positionVersion: 1 });
    expect(await bench().store.runs.get('run-e1')).toEqual({
      id: 'run-e1',
      flow: 'lead-to-task',
      flowVersion: 1,
      status: 'Running',
      startTime: t0 + 1,
      triggerName: 'when',
      segment: 1,
      orderlySegment: 1,
      owner: 'w1',
      trigger: '{"key": "e1"}',
      actions: [],
    });
    expect(await bench().enqueued()).toEqual([]);
  });

  test('runs beyond those that the worker owns are enqueued', async () => {
    await deploy(bench());
    await register(bench(), 'w1');
    const runs = await accept(bench(), { keys: ['e1', 'e2', 'e3'], ownedMax: 1 });
    expect(runs.map(({ owned }) => owned)).toEqual([true, false, false]);
    expect(await bench().enqueued()).toEqual([
      { runId: 'run-e2', segment: 1, wakeTime: undefined },
      { runId: 'run-e3', segment: 1, wakeTime: undefined },
    ]);
    const waiting = await bench().store.runs.get('run-e2');
    expect(waiting).toMatchObject({ status: 'Waiting', segment: 1 });
    expect(waiting?.owner).toBeUndefined();
  });

  test('a worker that is not registered owns nothing', async () => {
    await deploy(bench());
    const runs = await accept(bench(), { keys: ['e1'] });
    expect(runs).toEqual([{ runId: 'run-e1', eventKey: 'e1', owned: false }]);
    expect(await bench().enqueued()).toEqual([{ runId: 'run-e1', segment: 1, wakeTime: undefined }]);
  });

  test('an event makes one run for ever, also twice in one acceptance and after the flow was deleted', async () => {
    await deploy(bench());
    await register(bench(), 'w1');
    const events = ['e1', 'e1'].map((key, index) => ({ key, runId: `run-${index}`, trigger: '{}' }));
    expect((await accept(bench(), { events })).map(({ runId }) => runId)).toEqual(['run-0']);
    const later = { events: [{ key: 'e1', runId: 'run-3', trigger: '{}' }] };
    expect(await accept(bench(), { ...later, positionVersion: 1, historyId: 'h2' })).toEqual([]);
    await bench().store.flows.delete('lead-to-task');
    await deploy(bench());
    expect(await accept(bench(), { ...later, historyId: 'h3', flowVersion: 2 })).toEqual([]);
    expect(await bench().store.runs.get('run-3')).toBeUndefined();
    expect(await accept(bench(), { keys: ['e9'], positionVersion: 1, historyId: 'h4' })).toHaveLength(1);
  });

  test('known events do not use up what the worker may own', async () => {
    await deploy(bench());
    await register(bench(), 'w1');
    await accept(bench(), { keys: ['e1'] });
    const runs = await accept(bench(), { keys: ['e1', 'e2', 'e3'], ownedMax: 1, positionVersion: 1, historyId: 'h2' });
    expect(runs.map(({ eventKey, owned }) => `${eventKey} ${owned}`)).toEqual(['e2 true', 'e3 false']);
  });

  test('an acceptance from another position version writes nothing', async () => {
    await deploy(bench());
    await accept(bench(), { position: '"p1"', historyId: 'h1' });
    await expect(accept(bench(), { position: '"p2"', keys: ['e1'], historyId: 'h2' })).rejects.toMatchObject({
      code: 'TRIGGER_POSITION_STALE',
      message: expect.stringContaining("'when'"),
    });
    expect((await bench().store.triggers.list())[0]?.position).toBe('"p1"');
    expect(await bench().store.runs.get('run-e1')).toBeUndefined();
    expect(await histories(bench())).toEqual(['h1']);
    await expect(accept(bench(), { trigger: 'gone', historyId: 'h3' })).rejects.toMatchObject({
      code: 'TRIGGER_POSITION_STALE',
    });
  });

  test('of two acceptances from one position at the same time one wins', async () => {
    await deploy(bench());
    const outcomes = await Promise.allSettled([
      accept(bench(), { keys: ['e1'], historyId: 'h1' }),
      accept(bench(), { keys: ['e2'], historyId: 'h2' }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await bench().store.runs.list({ max: 10 })).toHaveLength(1);
  });

  test('an acceptance that is repeated because its answer was lost answers as before', async () => {
    await deploy(bench());
    await register(bench(), 'w1');
    const once = { keys: ['e1', 'e2'], ownedMax: 1, position: '"p1"' };
    const first = await accept(bench(), once);
    expect(await accept(bench(), once)).toEqual(first);
    expect(await bench().enqueued()).toHaveLength(1);
    expect(await histories(bench())).toEqual(['h1']);
  });

  test('a failed check keeps the position', async () => {
    await deploy(bench());
    await accept(bench(), { position: '"p1"' });
    await accept(bench(), {
      position: undefined,
      positionVersion: 1,
      nextCheckTime: t0 + 30,
      historyId: 'h2',
      error: { code: 'HOST_UNREACHABLE', message: 'No answer.' },
    });
    expect(await bench().store.triggers.list()).toEqual([
      { flow: 'lead-to-task', trigger: 'when', position: '"p1"', nextCheckTime: t0 + 30 },
    ]);
    const [last] = await bench().store.triggers.histories({ flow: 'lead-to-task', trigger: 'when', max: 1 });
    expect(last).toEqual({
      id: 'h2',
      flow: 'lead-to-task',
      trigger: 'when',
      startTime: t0,
      endTime: t0 + 1,
      status: 'Failed',
      code: 'HOST_UNREACHABLE',
      error: { code: 'HOST_UNREACHABLE', message: 'No answer.' },
      fired: false,
    });
  });

  test('when a run cannot be enqueued nothing of its acceptance is written', async () => {
    await deploy(bench());
    bench().refuseToEnqueue('run-e2');
    await expect(accept(bench(), { keys: ['e1', 'e2'], ownedMax: 0 })).rejects.toThrow('refused');
    expect(await bench().store.runs.list({ max: 10 })).toEqual([]);
    expect(await bench().enqueued()).toEqual([]);
    expect(await accept(bench(), { keys: ['e1'], ownedMax: 0 })).toHaveLength(1);
  });
}

function runCases(bench: GetBench): void {
  const segment = { runId: 'run-1', segment: 1 };
  beforeEach(async () => {
    await deploy(bench());
    await register(bench(), 'w1');
    await acceptRun(bench(), 'run-1');
  });

  test('rows are kept as they are, in the order in which they were written', async () => {
    const full: ActionRow = {
      action: 'Create',
      repetition: '000003-000001',
      attempt: 2,
      status: 'Failed',
      code: 'BadRequest',
      startTime: t0,
      endTime: t0 + 5,
      retryTime: t0 + 9,
      inputs: '{"n": 1.50, "text": "\\u0000 ä \\"quoted\\" {x,y} NULL"}',
      outputs: 'null',
      error: { code: 'BadRequest', message: 'Wrong "x", \u0000 and \\ too.' },
    };
    await bench().store.runs.append(segment, [row('z'), full]);
    await bench().store.runs.append(segment, [row('a')]);
    expect((await run(bench())).actions).toEqual([row('z'), full, row('a')]);
  });

  test('a row replaces one that is Started and no other, in its place', async () => {
    await bench().store.runs.append(segment, [row('a', { status: 'Started', inputs: '1' }), row('b')]);
    await bench().store.runs.append(segment, [row('a', { inputs: '1', outputs: '2' })]);
    await bench().store.runs.append(segment, [row('a', { outputs: '3' }), row('b', { status: 'Failed' })]);
    expect((await run(bench())).actions).toEqual([row('a', { inputs: '1', outputs: '2' }), row('b')]);
  });

  test('repetitions and attempts are rows of their own', async () => {
    const rows = [row('a', { status: 'Retrying' }), row('a', { attempt: 2 }), row('a', { repetition: '000001' })];
    await bench().store.runs.append(segment, rows);
    expect((await run(bench())).actions).toEqual(rows);
  });

  test('an end closes the run with its rows', async () => {
    await bench().store.runs.end(segment, [row('a')], { ...succeeded, outputs: '{"x":1}' });
    expect(await run(bench())).toMatchObject({
      status: 'Succeeded',
      code: 'OK',
      endTime: t0 + 20,
      outputs: '{"x":1}',
      segment: 1,
      actions: [row('a')],
    });
    expect((await run(bench())).owner).toBeUndefined();
  });

  test('an end that is repeated because its answer was lost changes nothing', async () => {
    await bench().store.runs.end(segment, [row('a')], succeeded);
    await bench().store.runs.end(segment, [row('b')], { ...succeeded, status: 'Failed' });
    expect(await run(bench())).toMatchObject({ status: 'Succeeded', actions: [row('a')] });
  });

  test('an error of the run is kept', async () => {
    const error = { code: 'ActionFailed', message: 'An action failed.' };
    await bench().store.runs.end(segment, [], { status: 'Failed', code: 'ActionFailed', error, endTime: t0 + 2 });
    expect(await run(bench())).toMatchObject({ status: 'Failed', code: 'ActionFailed', error });
  });

  test('a run that has ended takes no more rows', async () => {
    await bench().store.runs.end(segment, [], succeeded);
    await expect(bench().store.runs.append(segment, [row('a')])).rejects.toMatchObject({
      code: 'RUN_FENCED',
      message: "Run 'run-1' may not be written at segment 1: it is ended.",
    });
    await expect(bench().store.runs.park(segment, [row('a')], t0)).rejects.toMatchObject({ code: 'RUN_FENCED' });
    expect((await run(bench())).actions).toEqual([]);
  });

  test('a parked run waits in the queue at the next segment', async () => {
    await bench().store.runs.park(segment, [row('a')], t0 + 500);
    expect(await run(bench())).toMatchObject({
      status: 'Waiting',
      wakeTime: t0 + 500,
      segment: 2,
      actions: [row('a')],
    });
    expect((await run(bench())).owner).toBeUndefined();
    expect(await bench().enqueued()).toEqual([{ runId: 'run-1', segment: 2, wakeTime: t0 + 500 }]);
  });

  test('a writer at another segment is fenced: nothing of it is written', async () => {
    await bench().store.runs.park(segment, [], t0);
    const { runs } = bench().store;
    for (const write of [
      () => runs.append(segment, [row('late')]),
      () => runs.end(segment, [row('late')], succeeded),
      () => runs.park(segment, [row('late')], t0),
      () => runs.append({ runId: 'run-1', segment: 3 }, [row('early')]),
      () => runs.append({ runId: 'none', segment: 1 }, [row('none')]),
    ]) {
      await expect(write()).rejects.toMatchObject({ code: 'RUN_FENCED', retryable: false });
    }
    expect(await run(bench())).toMatchObject({ status: 'Waiting', segment: 2, actions: [] });
    expect(await bench().enqueued()).toHaveLength(1);
  });

  test('a queued segment is claimed by one worker, with all that happened', async () => {
    await register(bench(), 'w2');
    await bench().store.runs.park(segment, [row('a')], t0 + 1);
    const next = { runId: 'run-1', segment: 2 };
    const claims = await Promise.all([bench().store.runs.claim(next, 'w1'), bench().store.runs.claim(next, 'w2')]);
    const claimed = claims.filter((claim) => claim !== undefined);
    expect(claimed).toHaveLength(1);
    expect(claimed[0]).toMatchObject({ status: 'Running', segment: 2, trigger: '{"key": "1"}', actions: [row('a')] });
    expect(claimed[0]?.wakeTime).toBeUndefined();
    expect(claimed[0]).toEqual(await run(bench()));
  });

  test('a claim that is repeated because its answer was lost gives the run again', async () => {
    await bench().store.runs.park(segment, [], t0);
    const next = { runId: 'run-1', segment: 2 };
    expect(await bench().store.runs.claim(next, 'w1')).toBeDefined();
    expect(await bench().store.runs.claim(next, 'w1')).toBeDefined();
  });

  test('nothing is claimed of a run that ended, moved on, or does not exist', async () => {
    const { runs } = bench().store;
    expect(await runs.claim({ runId: 'none', segment: 1 }, 'w1')).toBeUndefined();
    expect(await runs.claim({ runId: 'run-1', segment: 2 }, 'w1')).toBeUndefined();
    await runs.end(segment, [], succeeded);
    expect(await runs.claim(segment, 'w1')).toBeUndefined();
  });

  test('a dead worker claims nothing, and the run goes back into the queue', async () => {
    await bench().store.runs.park(segment, [], t0);
    expect(await bench().store.runs.claim({ runId: 'run-1', segment: 2 }, 'dead')).toBeUndefined();
    expect(await run(bench())).toMatchObject({ status: 'Waiting', segment: 3, orderlySegment: 3 });
    expect((await bench().enqueued()).at(-1)).toEqual({ runId: 'run-1', segment: 3, wakeTime: undefined });
  });

  test('a segment that begins by parking is orderly, one taken from a dead worker is not', async () => {
    const { runs, workers } = bench().store;
    await runs.park(segment, [], t0);
    expect(await runs.claim({ runId: 'run-1', segment: 2 }, 'w1')).toMatchObject({ segment: 2, orderlySegment: 2 });
    await workers.unregister('w1');
    expect(await run(bench())).toMatchObject({ segment: 3, orderlySegment: 2 });
  });

  test('when the next segment cannot be enqueued the run is not parked', async () => {
    bench().refuseToEnqueue('run-1');
    await expect(bench().store.runs.park(segment, [row('a')], t0)).rejects.toThrow('refused');
    expect(await run(bench())).toMatchObject({ status: 'Running', segment: 1, actions: [] });
  });

  test('large documents are kept whole', async () => {
    const outputs = JSON.stringify({ text: 'ä"\\'.repeat(1_000_000) });
    await bench().store.runs.append(segment, [row('a', { outputs })]);
    expect((await run(bench())).actions[0]?.outputs === outputs).toBe(true);
  });
}

function listCases(bench: GetBench): void {
  test('runs are listed newest first, in pages', async () => {
    await deploy(bench());
    const runIds = Array.from({ length: 7 }, (_, index) => `run-${index}`);
    for (const [index, runId] of runIds.entries()) {
      // Pairs of one time: their order is that of their ids.
      await acceptRun(bench(), runId, { positionVersion: index, endTime: t0 + Math.floor(index / 2) });
    }
    const seen: string[] = [];
    for (let page = 0; page < 5; page += 1) {
      const after = seen.at(-1);
      const runs = await bench().store.runs.list({ max: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...runs.map(({ id }) => id));
    }
    expect(seen).toEqual(runIds.toReversed());
  });

  test('a list item is the run without its documents', async () => {
    await deploy(bench());
    await acceptRun(bench(), 'run-1');
    const { actions: _, trigger: __, ...expected } = await run(bench());
    expect(await bench().store.runs.list({ max: 1 })).toEqual([expected]);
  });

  test('lists can be narrowed by flow, status and start', async () => {
    await deploy(bench());
    await deploy(bench(), { name: 'other' });
    await register(bench(), 'w1');
    await acceptRun(bench(), 'run-1', { endTime: t0 + 1 });
    await acceptRun(bench(), 'run-2', { endTime: t0 + 2, positionVersion: 1 });
    await acceptRun(bench(), 'run-3', { endTime: t0 + 3, flow: 'other' });
    await bench().store.runs.end({ runId: 'run-2', segment: 1 }, [], succeeded);
    const ids = async (query: Partial<Parameters<Store['runs']['list']>[0]>) =>
      (await bench().store.runs.list({ max: 10, ...query })).map(({ id }) => id);
    expect(await ids({ flow: 'lead-to-task' })).toEqual(['run-2', 'run-1']);
    expect(await ids({ status: 'Succeeded' })).toEqual(['run-2']);
    expect(await ids({ startedFrom: t0 + 2 })).toEqual(['run-3', 'run-2']);
    expect(await ids({ startedTo: t0 + 2 })).toEqual(['run-1']);
    expect(await ids({ startedFrom: t0, startedTo: t0 + 9, flow: 'lead-to-task', after: 'run-2' })).toEqual(['run-1']);
    expect(await ids({ flow: 'none' })).toEqual([]);
  });

  test('a page behind a run that does not exist is an error', async () => {
    await expect(bench().store.runs.list({ max: 1, after: 'none' })).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
  });
}

function concurrencyCases(bench: GetBench): void {
  test('fenced writes and others at the same time: each gets its own answer', async () => {
    await deploy(bench());
    await register(bench(), 'w1');
    const numbers = Array.from({ length: 60 }, (_, index) => index);
    await accept(bench(), { keys: numbers.map(String) });
    // Every third run moves on; its writer does not know.
    for (const number of numbers.filter((index) => index % 3 === 0)) {
      await bench().store.runs.park({ runId: `run-${number}`, segment: 1 }, [], t0);
    }
    const outcomes = await Promise.allSettled(
      numbers.map((number) => bench().store.runs.end({ runId: `run-${number}`, segment: 1 }, [row('a')], succeeded)),
    );
    for (const [number, outcome] of outcomes.entries()) {
      const stored = await bench().store.runs.get(`run-${number}`);
      if (number % 3 === 0) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'RUN_FENCED' } });
        expect(stored).toMatchObject({ status: 'Waiting', actions: [] });
      } else {
        expect(outcome.status).toBe('fulfilled');
        expect(stored).toMatchObject({ status: 'Succeeded', actions: [row('a')] });
      }
    }
  });

  test('writes of one run at the same time are done in the order of the calls', async () => {
    await deploy(bench());
    await register(bench(), 'w1');
    await acceptRun(bench(), 'run-1');
    const segment = { runId: 'run-1', segment: 1 };
    const { runs } = bench().store;
    const outcomes = await Promise.allSettled([
      runs.append(segment, [row('a', { status: 'Started' })]),
      runs.append(segment, [row('b')]),
      runs.append(segment, [row('a', { outputs: '1' })]),
      runs.append(segment, [row('a', { outputs: '2' })]),
      runs.park(segment, [row('c')], t0),
      runs.append(segment, [row('d')]),
      runs.append({ ...segment, segment: 2 }, [row('e')]),
      runs.end({ ...segment, segment: 2 }, [], succeeded),
      runs.append({ ...segment, segment: 2 }, [row('f')]),
    ]);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([
      ...[true, true, true, true, true],
      false,
      ...[true, true],
      false,
    ]);
    expect((await run(bench())).actions).toEqual([row('a', { outputs: '1' }), row('b'), row('c'), row('e')]);
  });

  test('a refused acceptance, a write that cannot be stored and good ones at the same time', async () => {
    await deploy(bench());
    await deploy(bench(), { name: 'other' });
    await register(bench(), 'w1');
    await acceptRun(bench(), 'run-1');
    await acceptRun(bench(), 'run-2', { positionVersion: 1 });
    bench().refuseToEnqueue('run-2');
    const { runs } = bench().store;
    const outcomes = await Promise.allSettled([
      accept(bench(), { keys: ['x'], historyId: 'h-stale', positionVersion: 0 }),
      accept(bench(), { keys: ['y'], historyId: 'h-good', flow: 'other' }),
      runs.end({ runId: 'run-1', segment: 1 }, [row('a')], succeeded),
      runs.park({ runId: 'run-2', segment: 1 }, [row('a')], t0),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'rejected']);
    expect(await bench().store.runs.get('run-y')).toMatchObject({ status: 'Running' });
    expect(await bench().store.runs.get('run-1')).toMatchObject({ status: 'Succeeded' });
    expect(await bench().store.runs.get('run-2')).toMatchObject({ status: 'Running', actions: [] });
  });

  test('many runs from acceptance to end at the same time all arrive', async () => {
    await register(bench(), 'w1');
    const names = Array.from({ length: 20 }, (_, index) => `flow-${index}`);
    await Promise.all(names.map((name) => deploy(bench(), { name })));
    await Promise.all(
      names.map(async (flow) => {
        const accepted = await accept(bench(), { flow, keys: [`${flow}-1`, `${flow}-2`], historyId: `h-${flow}` });
        await Promise.all(
          accepted.map(async ({ runId }) => {
            const segment = { runId, segment: 1 };
            await bench().store.runs.append(segment, [row('a', { status: 'Started' })]);
            await bench().store.runs.append(segment, [row('a'), row('b')]);
            await bench().store.runs.end(segment, [row('c')], succeeded);
          }),
        );
      }),
    );
    const runs = await bench().store.runs.list({ max: 100, status: 'Succeeded' });
    expect(runs).toHaveLength(40);
    expect((await bench().store.runs.get('run-flow-7-2'))?.actions).toEqual([row('a'), row('b'), row('c')]);
  });
}

function workerCases(bench: GetBench): void {
  beforeEach(async () => {
    await deploy(bench());
    await register(bench(), 'w1');
    await acceptRun(bench(), 'run-1');
  });
  const segment = { runId: 'run-1', segment: 1 };

  test('a worker that beats keeps its runs', async () => {
    await bench().passTime(10_000);
    expect(await bench().store.workers.beat('w1')).toBe(true);
    expect(await bench().store.workers.releaseDead(5_000, 'w2')).toBe(0);
    expect(await run(bench())).toMatchObject({ segment: 1, owner: 'w1' });
  });

  test('the runs of a worker that is silent go to the queue at their next segment, and it is fenced', async () => {
    await register(bench(), 'w2');
    await bench().passTime(10_000);
    await bench().store.workers.beat('w2');
    expect(await bench().store.workers.releaseDead(5_000, 'w2')).toBe(1);
    expect(await run(bench())).toMatchObject({ status: 'Waiting', segment: 2 });
    expect((await run(bench())).owner).toBeUndefined();
    expect(await bench().enqueued()).toEqual([{ runId: 'run-1', segment: 2, wakeTime: undefined }]);
    expect(await bench().store.workers.beat('w1')).toBe(false);
    expect(await bench().store.workers.beat('w2')).toBe(true);
    await expect(bench().store.runs.append(segment, [row('late')])).rejects.toMatchObject({ code: 'RUN_FENCED' });
    expect(await bench().store.runs.claim({ runId: 'run-1', segment: 2 }, 'w2')).toBeDefined();
  });

  test('a worker that looks for the dead is not among them, however long it was kept from beating', async () => {
    await bench().passTime(10_000);
    expect(await bench().store.workers.releaseDead(5_000, 'w1')).toBe(0);
    expect(await bench().store.workers.beat('w1')).toBe(true);
    expect(await run(bench())).toMatchObject({ segment: 1, owner: 'w1' });
  });

  test('the dead are released once, however many look', async () => {
    await bench().passTime(10_000);
    const counts = await Promise.all([1, 2, 3, 4].map(() => bench().store.workers.releaseDead(5_000, 'w0')));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await bench().enqueued()).toHaveLength(1);
  });

  test('runs that ended or are parked are not released', async () => {
    await acceptRun(bench(), 'run-2', { positionVersion: 1 });
    await bench().store.runs.end(segment, [], succeeded);
    await bench().store.runs.park({ runId: 'run-2', segment: 1 }, [], t0 + 9);
    await bench().passTime(10_000);
    expect(await bench().store.workers.releaseDead(5_000, 'w0')).toBe(0);
    expect(await bench().store.runs.get('run-2')).toMatchObject({ segment: 2, wakeTime: t0 + 9 });
  });

  test('a trigger that a dead worker was checking is due again at once', async () => {
    const { triggers, workers } = bench().store;
    const lease = (worker: string) => triggers.leaseDue({ worker, now: t0 + 100, leaseMs: 1_000_000, max: 1 });
    expect(await lease('w1')).toHaveLength(1);
    expect(await lease('w2')).toHaveLength(0);
    await workers.unregister('w1');
    expect(await lease('w2')).toHaveLength(1);
  });

  test('a worker that registers takes the place of older ones there, and releases their runs at once', async () => {
    await bench().store.workers.register({ id: 'w3', place: 'elsewhere' });
    expect(await run(bench())).toMatchObject({ segment: 1, owner: 'w1' });
    await bench().store.workers.register({ id: 'w2', place: 'place of w1' });
    expect(await run(bench())).toMatchObject({ status: 'Waiting', segment: 2 });
    expect(await bench().enqueued()).toEqual([{ runId: 'run-1', segment: 2, wakeTime: undefined }]);
    expect(await bench().store.workers.beat('w1')).toBe(false);
    expect(await bench().store.workers.beat('w3')).toBe(true);
  });

  test('a worker that registers again keeps its runs', async () => {
    await register(bench(), 'w1');
    expect(await run(bench())).toMatchObject({ segment: 1, owner: 'w1' });
  });

  test('an orderly stop releases what the worker still holds', async () => {
    await bench().store.workers.unregister('w1');
    expect(await run(bench())).toMatchObject({ status: 'Waiting', segment: 2 });
    expect(await bench().store.workers.beat('w1')).toBe(false);
    await bench().store.workers.unregister('w1');
  });

  test('what a dead worker accepts is stored and enqueued', async () => {
    await bench().store.workers.unregister('w1');
    expect(await accept(bench(), { keys: ['e2'], positionVersion: 1, historyId: 'h2' })).toEqual([
      { runId: 'run-e2', eventKey: 'e2', owned: false },
    ]);
    expect((await bench().enqueued()).at(-1)).toEqual({ runId: 'run-e2', segment: 1, wakeTime: undefined });
  });

  test('takeover and writes at the same time: no row is written after the takeover', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
    await accept(bench(), { keys, positionVersion: 1, historyId: 'h2' });
    const writes = keys.map((key) =>
      bench().store.runs.end({ runId: `run-${key}`, segment: 1 }, [row('a')], succeeded),
    );
    const [, ...outcomes] = await Promise.allSettled([bench().store.workers.unregister('w1'), ...writes]);
    for (const [index, key] of keys.entries()) {
      const stored = await bench().store.runs.get(`run-${key}`);
      if (outcomes[index]?.status === 'fulfilled') expect(stored).toMatchObject({ status: 'Succeeded', segment: 1 });
      else expect(stored).toMatchObject({ status: 'Waiting', segment: 2, actions: [] });
    }
  });
}

function connectionCases(bench: GetBench): void {
  const record = { name: 'crm', connector: 'dataverse', settings: '{"a":1}', createdTime: t0, changedTime: t0 };

  test('a connection is created once', async () => {
    const { connections } = bench().store;
    expect(await connections.create(record)).toBe(true);
    expect(await connections.create({ ...record, settings: '{}' })).toBe(false);
    expect(await connections.get('crm')).toEqual(record);
    expect(await connections.get('none')).toBeUndefined();
  });

  test('an update replaces all but the time of creation', async () => {
    const { connections } = bench().store;
    expect(await connections.update(record)).toBe(false);
    await connections.create(record);
    const changed = { ...record, connector: 'fno', settings: '{"b":2}', changedTime: t0 + 1 };
    expect(await connections.update({ ...changed, createdTime: t0 + 1 })).toBe(true);
    expect(await connections.list()).toEqual([changed]);
  });

  test('a connection is deleted once', async () => {
    const { connections } = bench().store;
    await connections.create(record);
    await connections.create({ ...record, name: 'a' });
    expect((await connections.list()).map(({ name }) => name)).toEqual(['a', 'crm']);
    expect(await connections.delete('crm')).toBe(true);
    expect(await connections.delete('crm')).toBe(false);
  });
}

// --- the words of the cases ----------------------------------------------------------------------------------------

const succeeded: RunEnd = { status: 'Succeeded', code: 'OK', endTime: t0 + 20 };

function row(action: string, change: Partial<ActionRow> = {}): ActionRow {
  return {
    action,
    repetition: '',
    attempt: 1,
    status: 'Succeeded',
    code: 'OK',
    startTime: t0,
    endTime: t0 + 1,
    ...change,
  };
}

function deploy(
  { store }: StoreBench,
  flow: {
    readonly name?: string;
    readonly definition?: string;
    readonly parameters?: string;
    readonly triggers?: readonly string[];
    readonly nextCheckTime?: number;
    readonly now?: number;
  } = {},
): ReturnType<Store['flows']['deploy']> {
  return store.flows.deploy({
    name: flow.name ?? 'lead-to-task',
    definition: flow.definition ?? '{"a": 1.0}',
    parameters: flow.parameters ?? '{}',
    triggers: (flow.triggers ?? ['when']).map((name) => ({ name, nextCheckTime: flow.nextCheckTime ?? t0 })),
    now: flow.now ?? t0,
  });
}

function register({ store }: StoreBench, id: string): Promise<void> {
  return store.workers.register({ id, place: `place of ${id}` });
}

interface Check {
  readonly flow?: string;
  readonly flowVersion?: number;
  readonly trigger?: string;
  readonly positionVersion?: TriggerLease['positionVersion'];
  readonly position?: string | undefined;
  readonly nextCheckTime?: number;
  readonly historyId?: string;
  readonly endTime?: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly keys?: readonly string[];
  readonly events?: TriggerAcceptance['events'];
  readonly ownedMax?: number;
}

function accept({ store }: StoreBench, check: Check): ReturnType<Store['triggers']['accept']> {
  const events =
    check.events ?? (check.keys ?? []).map((key) => ({ key, runId: `run-${key}`, trigger: `{"key": "${key}"}` }));
  const flow = check.flow ?? 'lead-to-task';
  const trigger = check.trigger ?? 'when';
  return store.triggers.accept({
    flow,
    flowVersion: check.flowVersion ?? 1,
    trigger,
    positionVersion: check.positionVersion ?? 0,
    position: 'position' in check ? check.position : '"p"',
    nextCheckTime: check.nextCheckTime ?? t0 + 10,
    history: {
      id: check.historyId ?? 'h1',
      flow,
      trigger,
      startTime: t0,
      endTime: check.endTime ?? t0 + 1,
      status: check.error === undefined ? 'Succeeded' : 'Failed',
      code: check.error?.code ?? 'OK',
      ...(check.error === undefined ? {} : { error: check.error }),
      fired: events.length > 0,
    },
    events,
    worker: 'w1',
    ownedMax: check.ownedMax ?? 1000,
  });
}

/** Accepts one event whose run has the id `run-…`. */
async function acceptRun(bench: StoreBench, runId: string, check: Check = {}): Promise<void> {
  await accept(bench, { keys: [runId.replace(/^run-/, '')], historyId: `h-${runId}`, ...check });
}

async function run({ store }: StoreBench, id = 'run-1'): Promise<RunWithHistory> {
  const found = await store.runs.get(id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found;
}

async function histories({ store }: StoreBench): Promise<readonly string[]> {
  return (await store.triggers.histories({ flow: 'lead-to-task', trigger: 'when', max: 100 })).map(({ id }) => id);
}
