import { describe, expect, test } from 'vitest';
import { RialtoError } from '../../base/errors.ts';
import { seededIds } from '../../base/ids.ts';
import { silentLog } from '../../base/log.ts';
import type { ConnectorHost, OperationResult } from '../../connector/contract.ts';
import { type TestClock, testClock } from '../../testing/test-clock.ts';
import type { ActionRecord, Command, InvokeCommand } from '../engine/index.ts';
import type { ActionRow, RunEnd, RunStore, SegmentRef } from '../store/store.ts';
import { Heartbeat } from './heartbeat.ts';
import { idempotencyKey } from './idempotency-key.ts';
import type { RunnableFlow } from './open-flow.ts';
import { runSegment, type SegmentStart } from './segment.ts';
import { workerLimits } from './worker-limits.ts';

/** An action of a scripted flow: `after` names those that must have ended. Pure ones need no call. */
interface Scripted {
  readonly after?: readonly string[];
  readonly isPure?: boolean;
  readonly isVolatile?: boolean;
  /** Wait before the second attempt; without it a failure is final. */
  readonly retryAfterMs?: number;
}

/** A flow that a test writes down: an engine small enough to be obvious. */
function scriptedFlow(actions: Readonly<Record<string, Scripted>>): RunnableFlow {
  return {
    parameters: new Map(),
    decide({ actions: history }, now): readonly Command[] {
      const ended = new Set(history.filter(isOver).map((record) => record.action));
      if (Object.keys(actions).every((name) => ended.has(name))) {
        const status = history.some((record) => record.status === 'Failed') ? 'Failed' : 'Succeeded';
        return [{ kind: 'end', status, code: status }];
      }
      return Object.entries(actions)
        .filter(([name, { after = [] }]) => !ended.has(name) && after.every((before) => ended.has(before)))
        .map(([name, scripted]) => (scripted.isPure ? pure(name, scripted, now) : invoke(name, scripted, history)));
    },
    settle(command, outcome, timing) {
      const { action, repetition, attempt } = command;
      const succeeded = outcome.kind === 'answer' && outcome.statusCode < 400;
      const retryAfterMs = succeeded || attempt > 1 ? undefined : actions[action]?.retryAfterMs;
      const base = { action, repetition, attempt, code: outcome.kind === 'answer' ? 'OK' : outcome.code, ...timing };
      if (retryAfterMs !== undefined) return { ...base, status: 'Retrying', retryTime: timing.endTime + retryAfterMs };
      return { ...base, status: succeeded ? 'Succeeded' : 'Failed' };
    },
  };
}

function isOver(record: ActionRecord): boolean {
  return record.status !== 'Retrying' && record.status !== 'Started';
}

function pure(action: string, { isVolatile = false }: Scripted, now: number): Command {
  const times = { startTime: now, endTime: now };
  return {
    kind: 'record',
    record: { action, repetition: '', attempt: 1, status: 'Succeeded', code: 'OK', ...times },
    isVolatile,
  };
}

function invoke(action: string, { isVolatile = false }: Scripted, history: readonly ActionRecord[]): InvokeCommand {
  const failed = history.find((record) => record.action === action && record.status === 'Retrying');
  return {
    kind: 'invoke',
    action,
    repetition: '',
    attempt: failed === undefined ? 1 : 2,
    ...(failed?.retryTime === undefined ? {} : { notBefore: failed.retryTime }),
    inputs: null,
    isVolatile,
    call: { connectionId: 'c', method: 'get', path: `/${action}`, queries: new Map(), headers: new Map() },
  };
}

/** One line per thing that happened, in order. */
interface World {
  readonly clock: TestClock;
  readonly happened: string[];
  readonly ends: RunEnd[];
  readonly stop: AbortController;
  readonly drain: AbortController;
  readonly start: SegmentStart;
  run(actions: Readonly<Record<string, Scripted>> | RunnableFlow, start?: Partial<SegmentStart>): Promise<string>;
}

interface Given {
  readonly answers?: Readonly<Record<string, () => Promise<OperationResult>>>;
  /** Raised by the n-th write, counted from 1. */
  readonly failures?: Readonly<Record<number, Error>>;
  readonly callsPerRunMax?: number;
}

const ok: OperationResult = { statusCode: 200, headers: {} };

function givenWorld({ answers = {}, failures = {}, callsPerRunMax = 20 }: Given = {}): World {
  const clock = testClock({ start: 0 });
  const happened: string[] = [];
  const ends: RunEnd[] = [];
  const stop = new AbortController();
  const drain = new AbortController();
  const start: SegmentStart = {
    segment: { runId: 'run-1', segment: 1 },
    flow: 'f',
    flowVersion: 1,
    trigger: '{}',
    actions: [],
    mayRepeat: false,
  };
  let writes = 0;
  async function write(kind: string, _segment: SegmentRef, rows: readonly ActionRow[]): Promise<void> {
    writes += 1;
    const failure = failures[writes];
    if (failure !== undefined) {
      happened.push(`${kind} fails`);
      throw failure;
    }
    happened.push([kind, ...rows.map((row) => `${row.action}:${row.status}`)].join(' '));
  }
  const runs: Pick<RunStore, 'append' | 'end' | 'park'> = {
    append: (segment, rows) => write('append', segment, rows),
    end: async (segment, rows, end) => {
      await write('end', segment, rows);
      ends.push(end);
    },
    park: (segment, rows, wakeTime) => write(`park until ${wakeTime}`, segment, rows),
  };
  const connectors: ConnectorHost = {
    invoke: async (call, context) => {
      const action = call.path.slice(1);
      happened.push(`call ${action}${context.mayBeRepeat ? ' again' : ''}`);
      expect(context.idempotencyKey).toBe(idempotencyKey('run-1', { action, repetition: '' }));
      return (await answers[action]?.()) ?? ok;
    },
    poll: () => Promise.reject(new Error('not polled')),
    eventKey: () => '',
    check: async () => {},
  };
  return {
    clock,
    happened,
    ends,
    stop,
    drain,
    start,
    run: (actions, changes = {}) =>
      runSegment(
        { ...start, ...changes },
        async () => ('decide' in actions ? (actions as RunnableFlow) : scriptedFlow(actions)),
        {
          runs,
          connectors,
          heartbeat: new Heartbeat(clock, Number.POSITIVE_INFINITY),
          clock,
          ids: seededIds(1),
          log: silentLog,
          limits: { ...workerLimits, callsPerRunMax, callTimeoutMs: 1e9, parkAfterMs: 5_000 },
          stop: stop.signal,
          drain: drain.signal,
        },
      ),
  };
}

/** An answer that a test gives when it likes. */
function held(): { readonly answer: () => Promise<OperationResult>; give(result?: OperationResult): void } {
  let give: (result: OperationResult) => void = () => {};
  const promise = new Promise<OperationResult>((resolve) => {
    give = resolve;
  });
  return { answer: () => promise, give: (result = ok) => give(result) };
}

describe('segment', () => {
  test('writes each result down before the next call, and the last with the end of the run', async () => {
    const world = givenWorld();
    expect(await world.run({ A: {}, B: { after: ['A'] }, C: { after: ['B'] } })).toBe('ended');
    expect(world.happened).toEqual([
      'call A',
      'append A:Succeeded',
      'call B',
      'append B:Succeeded',
      'call C',
      'end C:Succeeded',
    ]);
    expect(world.ends).toEqual([{ status: 'Succeeded', code: 'Succeeded', endTime: 0 }]);
  });

  test('makes calls that do not depend on each other at the same time', async () => {
    const slow = held();
    const world = givenWorld({ answers: { A: slow.answer } });
    const result = world.run({ A: {}, B: {}, C: { after: ['B'] }, D: { after: ['A', 'C'] } });
    await world.clock.settle();
    expect(world.happened).toEqual(['call A', 'call B', 'append B:Succeeded', 'call C', 'append C:Succeeded']);
    slow.give();
    expect(await result).toBe('ended');
    expect(world.happened.slice(5)).toEqual(['append A:Succeeded', 'call D', 'end D:Succeeded']);
  });

  test('makes no more calls at the same time than callsPerRunMax', async () => {
    const first = held();
    const world = givenWorld({ answers: { A: first.answer, B: first.answer }, callsPerRunMax: 2 });
    const result = world.run({ A: {}, B: {}, C: {} });
    await world.clock.settle();
    expect(world.happened).toEqual(['call A', 'call B']);
    first.give();
    expect(await result).toBe('ended');
    expect(world.happened).toContain('call C');
  });

  test('pure results ride with the next write', async () => {
    const world = givenWorld();
    const flow = { P: { isPure: true }, A: { after: ['P'] }, Q: { after: ['A'], isPure: true } };
    expect(await world.run(flow)).toBe('ended');
    expect(world.happened).toEqual(['call A', 'end P:Succeeded A:Succeeded Q:Succeeded']);
  });

  test('a volatile result is written down before the call that follows', async () => {
    const world = givenWorld();
    expect(await world.run({ P: { isPure: true, isVolatile: true }, A: { after: ['P'] } })).toBe('ended');
    expect(world.happened).toEqual(['append P:Succeeded', 'call A', 'end A:Succeeded']);
  });

  test('volatile inputs are written down before their call', async () => {
    const world = givenWorld();
    expect(await world.run({ A: { isVolatile: true } })).toBe('ended');
    expect(world.happened).toEqual(['append A:Started', 'call A', 'end A:Succeeded']);
  });

  test('waits for a near retry, under the same idempotency key', async () => {
    const failing = { statusCode: 503, headers: {} };
    const answers = [failing, ok];
    const world = givenWorld({ answers: { A: async () => answers.shift() ?? ok } });
    const result = world.run({ A: { retryAfterMs: 5_000 } });
    await world.clock.advance(4_999);
    expect(world.happened).toEqual(['call A', 'append A:Retrying']);
    await world.clock.advance(1);
    expect(await result).toBe('ended');
    expect(world.happened.slice(2)).toEqual(['call A again', 'end A:Succeeded']);
  });

  test('parks for a retry that is further off, with all that is known', async () => {
    const world = givenWorld({ answers: { A: async () => ({ statusCode: 503, headers: {} }) } });
    expect(await world.run({ A: { retryAfterMs: 5_001 } })).toBe('parked');
    expect(world.happened).toEqual(['call A', 'append A:Retrying', 'park until 5001']);
  });

  test('does not park while another call is under way', async () => {
    const slow = held();
    const world = givenWorld({
      answers: { A: async () => ({ statusCode: 503, headers: {} }), B: slow.answer },
    });
    const result = world.run({ A: { retryAfterMs: 60_000 }, B: {} });
    await world.clock.advance(1_000);
    expect(world.happened).toEqual(['call A', 'call B', 'append A:Retrying']);
    slow.give();
    expect(await result).toBe('parked');
    expect(world.happened.slice(3)).toEqual(['append B:Succeeded', 'park until 60000']);
  });

  test('goes on from the history: what ended is not called again', async () => {
    const world = givenWorld();
    const times = { startTime: 0, endTime: 0 };
    const actions: readonly ActionRow[] = [
      { action: 'A', repetition: '', attempt: 1, status: 'Succeeded', code: 'OK', ...times },
      { action: 'B', repetition: '', attempt: 1, status: 'Started', code: '', ...times },
    ];
    const flow = { A: {}, B: { isVolatile: true, after: ['A'] }, C: { after: ['B'] } };
    expect(await world.run(flow, { actions, mayRepeat: true })).toBe('ended');
    expect(world.happened).toContain('call B again');
    expect(world.happened).toContain('call C');
    expect(world.happened).not.toContain('call A');
  });

  test('after a death the calls that were due may be repeats, those that come after them cannot', async () => {
    const world = givenWorld();
    expect(await world.run({ A: {}, B: { after: ['A'] } }, { mayRepeat: true })).toBe('ended');
    expect(world.happened).toEqual(['call A again', 'append A:Succeeded', 'call B', 'end B:Succeeded']);
  });

  test('is left without a word when another worker has the run', async () => {
    const world = givenWorld({ failures: { 1: new RialtoError('RUN_FENCED', 'taken') } });
    expect(await world.run({ A: {}, B: { after: ['A'] } })).toBe('fenced');
    expect(world.happened).toEqual(['call A', 'append fails']);
    expect(world.clock.pendingSleeps).toEqual([]);
  });

  test('waits while the database does not answer, and repeats no call for it', async () => {
    const gone = new RialtoError('STORE_UNAVAILABLE', 'gone', { retryable: true });
    const world = givenWorld({ failures: { 1: gone, 2: gone, 4: gone } });
    const result = world.run({ A: {}, B: { after: ['A'] } });
    await world.clock.advance(60_000);
    expect(await result).toBe('ended');
    expect(world.happened).toEqual([
      'call A',
      'append fails',
      'append fails',
      'append A:Succeeded',
      'call B',
      'end fails',
      'end B:Succeeded',
    ]);
  });

  test('a fault of the engine ends the run Failed and says why', async () => {
    const world = givenWorld();
    const broken: RunnableFlow = {
      ...scriptedFlow({ A: {} }),
      decide: () => {
        throw new TypeError('x is undefined');
      },
    };
    expect(await world.run(broken)).toBe('ended');
    expect(world.ends).toEqual([
      { status: 'Failed', code: 'INTERNAL', error: { code: 'INTERNAL', message: 'x is undefined' }, endTime: 0 },
    ]);
  });

  test('an engine that decides nothing is a fault, not an endless loop', async () => {
    const world = givenWorld();
    expect(await world.run({ ...scriptedFlow({ A: {} }), decide: () => [] })).toBe('ended');
    expect(world.ends[0]?.error?.message).toMatch(/decided nothing/);
  });

  test('a run that can neither go on nor be ended is left, and not tried again', async () => {
    const world = givenWorld({ failures: { 1: new Error('bad row'), 2: new Error('bad row') } });
    expect(await world.run({ A: {} })).toBe('abandoned');
    expect(world.happened).toEqual(['call A', 'end fails', 'end fails']);
  });

  test('stops at once, whatever is under way', async () => {
    const world = givenWorld({ answers: { A: held().answer } });
    const result = world.run({ A: {}, B: {}, C: { after: ['A', 'B'] } });
    await world.clock.settle();
    world.stop.abort();
    expect(await result).toBe('stopped');
    expect(world.happened).toEqual(['call A', 'call B', 'append B:Succeeded']);
    await world.clock.settle();
    expect(world.clock.pendingSleeps).toEqual([]);
  });

  test('when the worker drains, waits for the call under way and parks for another worker', async () => {
    const slow = held();
    const world = givenWorld({ answers: { A: slow.answer } });
    const result = world.run({ A: {}, B: { after: ['A'] } });
    await world.clock.settle();
    world.drain.abort();
    await world.clock.settle();
    expect(world.happened).toEqual(['call A']);
    slow.give();
    expect(await result).toBe('parked');
    expect(world.happened).toEqual(['call A', 'append A:Succeeded', 'park until 0']);
  });

  test('when the worker drains during a wait, parks until the retry', async () => {
    const world = givenWorld({ answers: { A: async () => ({ statusCode: 503, headers: {} }) } });
    const result = world.run({ A: { retryAfterMs: 3_000 } });
    await world.clock.advance(1_000);
    world.drain.abort();
    expect(await result).toBe('parked');
    expect(world.happened).toEqual(['call A', 'append A:Retrying', 'park until 3000']);
  });
});
