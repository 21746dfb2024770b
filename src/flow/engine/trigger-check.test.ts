/** Checks of a trigger: the call, the split, the conditions, the trigger object, the times. */

import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { parseDefinition } from '../definition/index.ts';
import { apiCall, compose, sampleDefinition } from '../definition/sample-definition.case.ts';
import { fromJson, toJson } from '../expression/index.ts';
import { nextCheckTime } from './recurrence-time.ts';
import { requiredConnections } from './required-connections.ts';
import { splitTrigger, triggerCall, triggerObject } from './trigger-check.ts';

function split(trigger: JsonObject, body: JsonValue) {
  const definition = parseDefinition(sampleDefinition({ trigger }));
  const outputs = fromJson({ statusCode: 200, headers: { a: 'b' }, body });
  const result = splitTrigger(definition, definition.parameterValues, outputs, 0);
  return { ...result, items: result.items.map((item) => toJson(item.outputs)) };
}

describe('splitTrigger', () => {
  test('gives one item per element, in order, with the headers of the whole', () => {
    expect(split({}, { value: [{ id: 1 }, { id: 2 }] })).toEqual({
      status: 'Succeeded',
      code: 'OK',
      items: [
        { statusCode: 200, headers: { a: 'b' }, body: { id: 1 } },
        { statusCode: 200, headers: { a: 'b' }, body: { id: 2 } },
      ],
    });
  });

  test('without splitOn gives the whole', () => {
    expect(split({ splitOn: null }, { x: 1 }).items).toEqual([
      { statusCode: 200, headers: { a: 'b' }, body: { x: 1 } },
    ]);
  });

  test.each<readonly [string, JsonValue]>([
    ['an empty array', { value: [] }],
    ['no array', {}],
    ['no body', null],
  ])('%s is skipped', (_what, body) => {
    expect(split({}, body)).toEqual({ status: 'Skipped', code: 'NoContent', items: [] });
  });

  test('what is no array fails', () => {
    expect(split({}, { value: 'x' })).toMatchObject({ status: 'Failed', code: 'InvalidTemplate', items: [] });
    expect(split({ splitOn: '@triggerBody()[1]' }, { value: 1 })).toMatchObject({ status: 'Failed', items: [] });
  });

  const conditions = [
    { expression: "@equals(triggerBody()?['state'], 0)" },
    { expression: "@greater(triggerBody()['n'], 1)" },
  ];

  test('keeps the items that meet all conditions', () => {
    const value = [
      { state: 0, n: 2 },
      { state: 1, n: 2 },
      { state: 0, n: 1 },
    ];
    expect(split({ conditions }, { value })).toMatchObject({
      status: 'Succeeded',
      items: [{ body: { state: 0, n: 2 } }],
    });
    expect(split({ conditions }, { value: value.slice(1) })).toEqual({
      status: 'Skipped',
      code: 'TriggerConditionNotMet',
      items: [],
    });
  });

  test('an item that cannot be judged fails the check; the others still start', () => {
    expect(split({ conditions }, { value: [{ state: 0 }, { state: 0, n: 2 }] })).toMatchObject({
      status: 'Failed',
      code: 'InvalidTemplate',
      error: { message: expect.stringContaining("no member 'n'") },
      items: [{ body: { n: 2 } }],
    });
    expect(split({ conditions: [{ expression: '@string(1)' }] }, { value: [1] })).toMatchObject({ status: 'Failed' });
  });
});

describe('triggerCall', () => {
  test('evaluates the inputs at the time of the check', () => {
    const inputs = {
      host: { connection: { name: 'c/d' } },
      method: 'GET',
      path: '/x',
      queries: { since: '@utcNow()' },
    };
    const definition = parseDefinition(sampleDefinition({ trigger: { inputs } }));
    expect(triggerCall(definition, definition.parameterValues, 0).call).toMatchObject({
      connectionId: 'c/d',
      method: 'get',
      queries: new Map([['since', '1970-01-01T00:00:00.0000000Z']]),
    });
  });

  test('fails for inputs that are no call', () => {
    const inputs = { host: { connection: { name: 'c' } }, method: 'get', path: '@concat(1)' };
    const definition = parseDefinition(sampleDefinition({ trigger: { inputs } }));
    expect(() => triggerCall(definition, definition.parameterValues, 0)).toThrow(
      expect.objectContaining({ code: 'EXPRESSION_FAILED', message: expect.stringContaining("begins with '/'") }),
    );
  });
});

test('the trigger object has what trigger() gives', () => {
  const definition = parseDefinition(sampleDefinition());
  const object = triggerObject(definition, {
    inputs: fromJson({ a: 1 }),
    outputs: fromJson({ body: 2 }),
    startTime: 0,
    endTime: 1500,
  });
  expect(toJson(object)).toEqual({
    name: 'New_lead',
    inputs: { a: 1 },
    outputs: { body: 2 },
    startTime: '1970-01-01T00:00:00.0000000Z',
    endTime: '1970-01-01T00:00:01.5000000Z',
    status: 'Succeeded',
    code: 'OK',
  });
});

describe('nextCheckTime', () => {
  const every2Days = { frequency: 'Day', interval: 2, startTime: Date.parse('2017-09-07T14:00Z') } as const;

  test('without start time: at once, then an interval after the last check', () => {
    const every = { frequency: 'Minute', interval: 3 } as const;
    expect(nextCheckTime(every, { now: 50 })).toBe(50);
    expect(nextCheckTime(every, { now: 60, previous: 50 })).toBe(180_050);
    expect(nextCheckTime(every, { now: 999_999, previous: 50 })).toBe(999_999);
  });

  test('with a start time in the past: the next of its occurrences', () => {
    const now = Date.parse('2017-09-08T13:00Z');
    const first = nextCheckTime(every2Days, { now });
    expect(first).toBe(Date.parse('2017-09-09T14:00Z'));
    expect(nextCheckTime(every2Days, { now: first, previous: first })).toBe(Date.parse('2017-09-11T14:00Z'));
    expect(nextCheckTime(every2Days, { now: first })).toBe(first);
  });

  test('with a start time in the future: exactly then', () => {
    expect(nextCheckTime(every2Days, { now: 0 })).toBe(every2Days.startTime);
  });
});

describe('requiredConnections', () => {
  test('lists trigger and actions of all depths with what is known before a run', () => {
    const definition = parseDefinition(
      sampleDefinition({
        actions: {
          C: compose(1),
          S: { type: 'Scope', actions: { A: apiCall({}, { path: "/items/@{triggerBody()?['id']}" }) } },
        },
      }),
    );
    expect(requiredConnections(definition, definition.parameterValues)).toEqual([
      {
        name: 'New_lead',
        as: 'trigger',
        pointer: '/definition/triggers/New_lead',
        connectionId: '/connections/contoso',
        connection: 'contoso',
        method: 'get',
        path: '/datasets/d/tables/leads/onnewitems',
      },
      {
        name: 'A',
        as: 'operation',
        pointer: '/definition/actions/S/actions/A',
        connectionId: '/connections/contoso',
        connection: 'contoso',
        method: 'post',
      },
    ]);
  });
});
