/** Outcomes to rows, and the waits between attempts. */

import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../base/json.ts';
import { fromJson, objectValue } from '../expression/index.ts';
import type { InvokeCommand, InvokeOutcome } from './command.ts';
import { answer } from './sample-run.case.ts';
import { settle } from './settle.ts';

function command(attempt: number, retryPolicy?: JsonValue): InvokeCommand {
  return {
    kind: 'invoke',
    action: 'A',
    repetition: '',
    attempt,
    inputs: objectValue({ method: 'post', retryPolicy: retryPolicy === undefined ? undefined : fromJson(retryPolicy) }),
    isVolatile: false,
    call: { connectionId: 'c', method: 'post', path: '/', queries: new Map(), headers: new Map() },
  };
}

const timing = { startTime: 900, endTime: 1000 };

/** Milliseconds to the next attempt; undefined when there is none. */
function waitMs(attempt: number, outcome: InvokeOutcome, policy?: JsonValue, random = 0): number | undefined {
  const row = settle(command(attempt, policy), outcome, timing, random);
  return row.retryTime === undefined ? undefined : row.retryTime - timing.endTime;
}

describe('an answer', () => {
  test('of 2xx succeeds, with its outputs', () => {
    expect(settle(command(1), answer(201, { id: 1 }, { etag: 'x' }), timing, 0)).toEqual({
      action: 'A',
      repetition: '',
      attempt: 1,
      status: 'Succeeded',
      code: 'Created',
      startTime: 900,
      endTime: 1000,
      inputs: command(1).inputs,
      outputs: fromJson({ statusCode: 201, headers: { etag: 'x' }, body: { id: 1 } }),
    });
  });

  test('of 204 has outputs without body', () => {
    expect(settle(command(1), answer(204), timing, 0).outputs).toEqual(fromJson({ statusCode: 204, headers: {} }));
  });

  test('of 4xx fails at once, with the words of the service', () => {
    const row = settle(command(1), answer(404, { error: { code: '0x80040217', message: 'Gone.' } }), timing, 0);
    expect(row).toMatchObject({ status: 'Failed', code: 'NotFound', error: { code: '0x80040217', message: 'Gone.' } });
    expect(row.outputs).toBeDefined();
  });

  test('without words of the service fails with the status', () => {
    expect(settle(command(1), answer(418, 'x'), timing, 0)).toMatchObject({
      code: '418',
      error: { code: '418', message: 'The operation answered 418 418.' },
    });
  });
});

describe('no answer', () => {
  const refused: InvokeOutcome = { kind: 'no-answer', code: 'HOST_UNREACHABLE', message: 'Refused.', retryable: true };

  test('is tried again when that is safe', () => {
    expect(settle(command(1), refused, timing, 0)).toMatchObject({ status: 'Retrying', code: 'NoResponse' });
    expect(settle(command(1), { ...refused, retryable: false }, timing, 0)).toMatchObject({
      status: 'Failed',
      error: { code: 'HOST_UNREACHABLE', message: 'Refused.' },
    });
  });

  test('waits as long as it was told', () => {
    expect(waitMs(1, { ...refused, retryAfterMs: 60_000 })).toBe(60_000);
  });
});

describe('the default policy', () => {
  test.each([408, 429, 500, 503, 599])('repeats %i', (status) => {
    expect(waitMs(1, answer(status))).toBeDefined();
  });
  test.each([400, 401, 404, 409, 412, 600])('does not repeat %i', (status) => {
    expect(waitMs(1, answer(status))).toBeUndefined();
  });

  test('waits longer each time, within 5 and 45 seconds, four times', () => {
    const range = (attempt: number) => [
      waitMs(attempt, answer(500)),
      waitMs(attempt, answer(500), undefined, 0.999999),
    ];
    expect(range(1)).toEqual([5000, 7500]);
    expect(range(2)).toEqual([7500, 15_000]);
    expect(range(3)).toEqual([15_000, 30_000]);
    expect(range(4)).toEqual([30_000, 45_000]);
    expect(range(5)).toEqual([undefined, undefined]);
  });
});

describe('a policy of the definition', () => {
  test('none', () => {
    expect(waitMs(1, answer(500), { type: 'None' })).toBeUndefined();
  });

  test('fixed', () => {
    const policy = { type: 'fixed', count: 2, interval: 'PT20S' };
    expect([1, 2, 3].map((attempt) => waitMs(attempt, answer(429), policy))).toEqual([20_000, 20_000, undefined]);
  });

  test('exponential with its bounds; a lower bound above the upper wins, up to the maximum', () => {
    const policy = {
      type: 'Exponential',
      count: 9,
      interval: 'PT7S',
      minimumInterval: 'PT10S',
      maximumInterval: 'PT30S',
    };
    expect([1, 2, 4, 9].map((attempt) => waitMs(attempt, answer(500), policy))).toEqual([
      10_000, 10_000, 28_000, 30_000,
    ]);
  });

  test('with statuses of its own', () => {
    const policy = { type: 'fixed', count: 1, interval: 'PT5S', httpStatusCodes: [404] };
    expect(waitMs(1, answer(404), policy)).toBe(5000);
    expect(waitMs(1, answer(500), policy)).toBeUndefined();
  });
});

describe('Retry-After', () => {
  test('in seconds is the least to wait', () => {
    expect(waitMs(1, answer(429, null, { 'Retry-After': '60' }))).toBe(60_000);
    expect(waitMs(1, answer(429, null, { 'retry-after': '1' }))).toBe(5000);
  });

  test('as a date', () => {
    expect(waitMs(1, answer(503, null, { 'retry-after': 'Thu, 01 Jan 1970 00:01:01 GMT' }))).toBe(60_000);
  });

  test('is held to a day', () => {
    expect(waitMs(1, answer(503, null, { 'retry-after': '999999999' }))).toBe(86_400_000);
  });
});
