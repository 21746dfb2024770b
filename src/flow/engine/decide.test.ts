/** Decisions: statuses, order, skips, branches, the end of the run. */

import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { apiCall, compose } from '../definition/sample-definition.case.ts';
import { printValue } from '../expression/index.ts';
import type { ActionRecord } from './command.ts';
import { decide } from './decide.ts';
import { answer, definitionOf, historyOf, play, statusesOf } from './sample-run.case.ts';

const failing = compose("@int('x')");

describe('pure actions', () => {
  test('run to a fixpoint in one decision, and ride with the calls that follow', () => {
    const definition = definitionOf({
      Call: apiCall({ B: ['Succeeded'] }, { body: { text: "@outputs('B')" } }),
      B: compose("@add(outputs('A'), 1)", { A: ['Succeeded'] }),
      A: compose('@length(triggerBody())'),
    });
    const commands = decide(definition, historyOf(definition, [], 'abc'), 7);
    expect(commands).toMatchObject([
      {
        kind: 'record',
        record: { action: 'A', status: 'Succeeded', code: 'OK', inputs: 3n, outputs: 3n, startTime: 7 },
      },
      { kind: 'record', record: { action: 'B', outputs: 4n }, isVolatile: false },
      { kind: 'invoke', action: 'Call', attempt: 1, isVolatile: false, call: { method: 'post' } },
    ]);
  });

  test('are not repeated once they are in the history', () => {
    const definition = definitionOf({ A: compose(1), Call: apiCall({ A: ['Succeeded'] }) });
    const [record] = decide(definition, historyOf(definition), 7);
    if (record?.kind !== 'record') throw new Error('No record.');
    const next = decide(definition, historyOf(definition, [record.record]), 8);
    expect(next.map((command) => command.kind)).toEqual(['invoke']);
  });

  test('that use the time or randomness say so', () => {
    const volatile = (inputs: string) => {
      const definition = definitionOf({ A: compose(inputs) });
      return decide(definition, historyOf(definition), 0)[0];
    };
    expect(volatile('@utcNow()')).toMatchObject({
      isVolatile: true,
      record: { outputs: '1970-01-01T00:00:00.0000000Z' },
    });
    expect(volatile('@guid()')).toMatchObject({ isVolatile: true });
    expect(volatile('@if(true, 1, rand(1, 5))')).toMatchObject({ isVolatile: false });
  });

  test('are a function of their input: the same decision gives the same random values', () => {
    const definition = definitionOf({ A: compose('@{guid()} @{rand(0, 1000000)}') });
    expect(decide(definition, historyOf(definition), 5)).toEqual(decide(definition, historyOf(definition), 5));
    expect(decide(definition, historyOf(definition), 5)).not.toEqual(decide(definition, historyOf(definition), 6));
  });

  test('keep a value as the history will give it back', () => {
    const definition = definitionOf({ A: compose("@createArray(decimal('1.50'), float('nan'), 2)") });
    expect(play(definition).last.get('A')?.outputs).toEqual([1.5, 'NaN', 2n]);
  });

  test('fail when their inputs cannot be evaluated, without a call', () => {
    const { end, last, calls } = play(definitionOf({ Call: apiCall({}, { body: "@triggerBody()['x']" }) }));
    expect(last.get('Call')).toMatchObject({
      status: 'Failed',
      code: 'InvalidTemplate',
      error: { code: 'InvalidTemplate', message: expect.stringContaining("The member 'x' is asked of null") },
    });
    expect(calls).toEqual([]);
    expect(end).toMatchObject({
      status: 'Failed',
      code: 'ActionFailed',
      error: { message: expect.stringContaining("'Call'") },
    });
  });

  test.each<readonly [string, JsonObject]>([
    ['a path that is no path', { path: "@concat('x')" }],
    ['a retry policy that is none', { retryPolicy: { type: "@concat('often')" } }],
    ['queries that are no object', { queries: '@createArray(1)' }],
  ])('fail when their inputs are evaluated to %s', (_what, inputs) => {
    const { last, calls } = play(definitionOf({ Call: apiCall({}, inputs) }));
    expect(last.get('Call')).toMatchObject({ status: 'Failed', code: 'InvalidTemplate' });
    expect(calls).toEqual([]);
  });

  test('cannot grow without bound', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `A${index}`,
        index === 0
          ? compose('x')
          : compose([`@outputs('A${index - 1}')`, `@outputs('A${index - 1}')`], { [`A${index - 1}`]: ['Succeeded'] }),
      ]),
    );
    const { end, last } = play(definitionOf(doubling));
    expect(end.status).toBe('Failed');
    expect([...last.values()].filter((row) => row.status === 'Failed')).toMatchObject([{ code: 'InvalidTemplate' }]);
  });
});

describe('calls', () => {
  test('are asked for again until the history has the result', () => {
    const definition = definitionOf({ A: apiCall(), B: apiCall() });
    const both = decide(definition, historyOf(definition), 1);
    expect(both).toEqual(decide(definition, historyOf(definition), 1));
    expect(both.map((command) => command.kind === 'invoke' && command.action)).toEqual(['A', 'B']);
  });

  test('carry the evaluated inputs, without members that are null', () => {
    const inputs = {
      queries: { $top: 5, $filter: '@null' },
      headers: { 'x-a': '@{1}' },
      body: { 'a@odata.bind': '/b(1)' },
    };
    const definition = definitionOf({ A: apiCall({}, { method: 'PATCH', ...inputs }) });
    expect(decide(definition, historyOf(definition), 1)).toMatchObject([
      {
        call: {
          connectionId: '/connections/contoso',
          method: 'patch',
          path: '/datasets/d/tables/tasks/items',
          queries: new Map([['$top', 5n]]),
          headers: new Map([['x-a', '1']]),
          body: new Map([['a@odata.bind', '/b(1)']]),
        },
      },
    ]);
  });

  test('whose inputs are fixed in the history are made with those', () => {
    const definition = definitionOf({ A: apiCall({}, { body: '@utcNow()' }) });
    const [first] = decide(definition, historyOf(definition), 0);
    if (first?.kind !== 'invoke') throw new Error('No call.');
    expect(first.isVolatile).toBe(true);
    const started: ActionRecord = {
      action: 'A',
      repetition: '',
      attempt: 1,
      status: 'Started',
      code: 'NotSpecified',
      startTime: 0,
      endTime: 0,
      inputs: first.inputs,
    };
    const [again] = decide(definition, historyOf(definition, [started]), 60_000);
    expect(again).toEqual({ ...first, isVolatile: false });
  });

  test('are repeated at the time that the history names, with the same inputs', () => {
    const definition = definitionOf({ A: apiCall({}, { body: '@utcNow()' }) });
    let attempts = 0;
    const outcome = () => {
      attempts += 1;
      return answer(attempts < 3 ? 503 : 200, { error: { code: 'Busy', message: 'Later.' } });
    };
    const { rows, calls, end } = play(definition, { outcome });
    expect(rows.map((row) => [row.attempt, row.status, row.code])).toEqual([
      [1, 'Retrying', 'ServiceUnavailable'],
      [2, 'Retrying', 'ServiceUnavailable'],
      [3, 'Succeeded', 'OK'],
    ]);
    expect(rows[0]).toMatchObject({ error: { code: 'Busy', message: 'Later.' } });
    expect(calls.map((call) => call.notBefore)).toEqual([undefined, rows[0]?.retryTime, rows[1]?.retryTime]);
    expect(new Set(calls.map((call) => printValue(call.inputs))).size).toBe(1);
    expect(end.status).toBe('Succeeded');
  });
});

describe('runAfter', () => {
  test('waits for all, and runs only when each ended as listed', () => {
    const definition = definitionOf({
      Good: compose(1),
      Bad: failing,
      Both: compose(1, { Good: ['Succeeded'], Bad: ['Failed', 'TimedOut'] }),
      One: compose(1, { Good: ['Succeeded'], Bad: ['Succeeded'] }),
      After: compose(1, { One: ['Succeeded'] }),
      Anyway: compose(1, { One: ['Skipped'] }),
    });
    const played = play(definition);
    expect(statusesOf(played)).toEqual({
      Good: 'Succeeded',
      Bad: 'Failed',
      Both: 'Succeeded',
      One: 'Skipped',
      After: 'Skipped',
      Anyway: 'Succeeded',
    });
    const skipped = played.last.get('One');
    expect(skipped).toMatchObject({
      code: 'ActionSkipped',
      error: {
        code: 'ActionConditionFailed',
        message: "The action runs after 'Bad' with status Succeeded; it ended Failed.",
      },
    });
    expect(skipped?.inputs).toBeUndefined();
    expect(skipped?.outputs).toBeUndefined();
    expect(skipped?.startTime).toBe(skipped?.endTime);
  });

  test('a skipped container skips all that is inside', () => {
    const inner = {
      If: { type: 'If', expression: '@true', actions: { Deep: compose(1) }, else: { actions: { Else: compose(1) } } },
    };
    const played = play(
      definitionOf({ Bad: failing, S: { type: 'Scope', actions: inner, runAfter: { Bad: ['Succeeded'] } } }),
    );
    expect(statusesOf(played)).toEqual({
      Bad: 'Failed',
      S: 'Skipped',
      If: 'Skipped',
      Deep: 'Skipped',
      Else: 'Skipped',
    });
    expect(played.last.get('Deep')?.error?.code).toBe('ActionDependencyFailed');
  });

  test('outputs of a skipped action are null', () => {
    const definition = definitionOf({
      A: compose(1),
      B: compose(1, { A: ['Failed'] }),
      C: compose(["@outputs('B')", "@body('B')?['x']", "@actions('B')['status']"], { B: ['Skipped'] }),
    });
    expect(play(definition).last.get('C')?.outputs).toEqual([null, null, 'Skipped']);
  });
});

describe('status of the run: the leaf rule', () => {
  const onAll = ['Succeeded', 'Failed', 'Skipped', 'TimedOut'];
  test.each<readonly [string, JsonObject, string]>([
    ['nothing to do', {}, 'Succeeded'],
    [
      'a failure that was handled',
      { X: failing, C: compose(1, { X: onAll }), D: compose(1, { X: ['Failed', 'TimedOut'] }) },
      'Succeeded',
    ],
    ['a failure with nothing after it', { X: failing }, 'Failed'],
    ['a failure before something skipped', { X: failing, Y: compose(1, { X: ['Succeeded'] }) }, 'Failed'],
    [
      'a failure both handled and not',
      { X: failing, H: compose(1, { X: ['Failed'] }), N: compose(1, { X: ['Succeeded'] }) },
      'Failed',
    ],
    [
      'the same with an action that joins both',
      {
        X: failing,
        H: compose(1, { X: ['Failed'] }),
        N: compose(1, { X: ['Succeeded'] }),
        J: compose(1, { H: onAll, N: onAll }),
      },
      'Succeeded',
    ],
    [
      'a skipped leaf after a handled and an unhandled way',
      {
        X: failing,
        L: compose(1, { X: ['Failed', 'TimedOut'] }),
        C7: compose(1, { X: ['Succeeded'] }),
        S: compose(1, { L: ['Skipped'], C7: ['Skipped'] }),
      },
      'Failed',
    ],
    [
      'a failing action in the branch not taken',
      {
        A: compose(1),
        B: { type: 'If', expression: '@false', actions: { F: failing }, runAfter: { A: ['Succeeded'] } },
      },
      'Succeeded',
    ],
    [
      'a failure caught inside a scope',
      { S: { type: 'Scope', actions: { X: failing, H: compose(1, { X: ['Failed'] }) } } },
      'Succeeded',
    ],
    [
      'try and catch by scopes',
      {
        Try: { type: 'Scope', actions: { X: failing } },
        Catch: { type: 'Scope', actions: { H: compose("@result('Try')[0]['code']") }, runAfter: { Try: ['Failed'] } },
      },
      'Succeeded',
    ],
  ])('%s', (_what, actions, status) => {
    expect(play(definitionOf(actions)).end.status).toBe(status);
  });

  test('a failed scope names what failed inside', () => {
    const { last } = play(definitionOf({ S: { type: 'Scope', actions: { X: failing } } }));
    expect(last.get('S')).toMatchObject({
      status: 'Failed',
      code: 'ActionFailed',
      error: { code: 'ActionFailed', message: "The action 'X' inside failed, and no action handled it." },
    });
  });
});

describe('If', () => {
  const branches = (expression: JsonObject | string): JsonObject => ({
    If: {
      type: 'If',
      expression,
      actions: { Yes: compose(1) },
      else: { actions: { No: { type: 'Scope', actions: { Deep: compose(1) } } } },
    },
  });

  test('records its result, and the branch not taken as skipped at all depths', () => {
    const played = play(definitionOf(branches("@equals(triggerBody(), 'x')")), { body: 'x' });
    expect(statusesOf(played)).toEqual({ If: 'Succeeded', Yes: 'Succeeded', No: 'Skipped', Deep: 'Skipped' });
    expect(played.last.get('If')?.inputs).toEqual(new Map([['expressionResult', true]]));
    expect(played.last.get('Deep')).toMatchObject({
      code: 'ActionSkipped',
      error: { code: 'ActionBranchingConditionNotSatisfied' },
    });
  });

  test.each<readonly [JsonObject | string, boolean]>([
    [{ and: [{ EQUALS: ['@triggerBody()', 'x'] }, { not: { contains: ['abc', '@triggerBody()'] } }] }, true],
    [{ or: [{ greater: [{ length: ['@triggerBody()'] }, 3] }, { equals: ['@{triggerBody()}', 'x'] }] }, true],
    [{ not: '@true' }, false],
    [{ and: [] }, true],
    [{ or: [] }, false],
    [{ equals: [{ a: 1 }, { a: 1 }] }, true],
    [{ or: ['@true', { equals: ["@int('x')", 1] }] }, true],
  ])('takes the structured condition %j', (expression, taken) => {
    expect(statusesOf(play(definitionOf(branches(expression)), { body: 'x' })).Yes).toBe(
      taken ? 'Succeeded' : 'Skipped',
    );
  });

  test.each(["@int('x')", '@string(1)'])('fails with both branches skipped when the condition is %s', (expression) => {
    const played = play(definitionOf(branches(expression)));
    expect(statusesOf(played)).toEqual({ If: 'Failed', Yes: 'Skipped', No: 'Skipped', Deep: 'Skipped' });
    expect(played.last.get('If')?.code).toBe('InvalidTemplate');
    expect(played.end.status).toBe('Failed');
  });

  test('keeps to the branch that it took, whatever the condition gives later', () => {
    const definition = definitionOf({
      If: {
        type: 'If',
        expression: "@less(ticks(utcNow()), ticks('2000-01-01'))",
        actions: { Old: apiCall() },
        else: { actions: { New: apiCall() } },
      },
    });
    const first = decide(definition, historyOf(definition), 0);
    const records = first.flatMap((command) => (command.kind === 'record' ? [command] : []));
    expect(records).toMatchObject([
      { isVolatile: true, record: { action: 'If', status: 'Started', inputs: new Map([['expressionResult', true]]) } },
      { record: { action: 'New', status: 'Skipped' } },
    ]);
    const later = decide(
      definition,
      historyOf(
        definition,
        records.map((command) => command.record),
      ),
      Date.parse('2026-01-01'),
    );
    expect(later).toMatchObject([{ kind: 'invoke', action: 'Old' }]);
  });

  test('starts when its branch was chosen and ends with the branch', () => {
    const definition = definitionOf({ If: { type: 'If', expression: '@true', actions: { A: apiCall() } } });
    const row = play(definition).last.get('If');
    expect(row).toMatchObject({ startTime: 1_000_000, endTime: 1_000_010, attempt: 1 });
  });
});

describe('Terminate', () => {
  test('ends the run at once: what runs is cancelled, what has not begun is skipped', () => {
    const definition = definitionOf({
      Slow: apiCall(),
      After: compose(1, { Slow: ['Succeeded'] }),
      First: apiCall(),
      Scope: {
        type: 'Scope',
        runAfter: { First: ['Succeeded'] },
        actions: {
          End: { type: 'Terminate', inputs: { runStatus: 'Failed', runError: { code: 'E1', message: '@{1} wrong' } } },
        },
      },
    });
    const played = play(definition, { pick: (count) => count - 1 });
    expect(statusesOf(played)).toEqual({
      First: 'Succeeded',
      End: 'Succeeded',
      Slow: 'Cancelled',
      After: 'Skipped',
      Scope: 'Cancelled',
    });
    expect(played.last.get('After')).toMatchObject({ code: 'Terminated' });
    expect(played.end).toEqual({
      kind: 'end',
      status: 'Failed',
      code: 'Terminated',
      error: { code: 'E1', message: '1 wrong' },
    });
  });

  test('cancels an action that waits for its next attempt under the number of that attempt', () => {
    const definition = definitionOf({ Slow: apiCall(), End: { type: 'Terminate', inputs: { runStatus: 'Failed' } } });
    const times = { startTime: 0, endTime: 5 };
    const waiting = { action: 'Slow', repetition: '', attempt: 1, code: 'BadGateway', retryTime: 9_000, ...times };
    const commands = decide(definition, historyOf(definition, [{ ...waiting, status: 'Retrying' }]), 9);
    const records = commands.flatMap((command) => (command.kind === 'record' ? [command.record] : []));
    expect(records.find(({ action }) => action === 'Slow')).toMatchObject({ status: 'Cancelled', attempt: 2 });
  });

  test('ends the run also when its record was kept and the end was not', () => {
    const definition = definitionOf({
      End: { type: 'Terminate', inputs: { runStatus: 'cancelled' } },
      Late: apiCall({ End: ['Succeeded'] }),
    });
    const { rows } = play(definition);
    const kept = rows.filter((row) => row.action === 'End');
    expect(decide(definition, historyOf(definition, kept), 9)).toMatchObject([
      { kind: 'record', record: { action: 'Late', status: 'Skipped' } },
      { kind: 'end', status: 'Cancelled' },
    ]);
  });

  test('fails when the status that it computes is none', () => {
    const definition = definitionOf({ End: { type: 'Terminate', inputs: { runStatus: "@concat('Done')" } } });
    expect(play(definition).last.get('End')).toMatchObject({ status: 'Failed', code: 'InvalidTemplate' });
  });
});

describe('outputs of the run', () => {
  test('are evaluated at the end', () => {
    const outputs = { sum: { type: 'Int', value: "@add(outputs('A'), 1)" }, text: { type: 'String', value: '@{1}' } };
    const { end } = play(definitionOf({ A: compose(41) }, { outputs }));
    expect(printValue(end.outputs ?? null)).toBe(
      '{"sum":{"type":"Int","value":42},"text":{"type":"String","value":"1"}}',
    );
  });

  test('that cannot be evaluated fail the run', () => {
    const { end } = play(definitionOf({}, { outputs: { bad: { type: 'Int', value: "@int('x')" } } }));
    expect(end).toMatchObject({
      status: 'Failed',
      code: 'InvalidTemplate',
      error: { message: expect.stringContaining("'bad'") },
    });
  });

  test('of a failed run do not hide why it failed', () => {
    const { end } = play(
      definitionOf({ A: failing }, { outputs: { bad: { type: 'Int', value: "@int(outputs('A'))" } } }),
    );
    expect(end).toMatchObject({ status: 'Failed', code: 'ActionFailed' });
  });
});

test('workflow() gives the flow and the run', () => {
  const definition = definitionOf({ A: compose(["@workflow()['name']", '@workflow().run.name']) });
  expect(play(definition).last.get('A')?.outputs).toEqual(['leads', 'run-1']);
});
