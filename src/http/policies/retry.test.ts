import { describe, expect, test } from 'vitest';
import { seededIds } from '../../base/ids.ts';
import { silentLog } from '../../base/log.ts';
import { discardBody, readText } from '../read-body.ts';
import { scriptedClock } from '../scripted-clock.case.ts';
import { type ScriptedAnswer, scriptedSend } from '../scripted-send.case.ts';
import type { HttpRequest } from '../send.ts';
import { TransportError } from '../transport-error.ts';
import { type RetryOptions, retryPolicy } from './retry.ts';

const url = 'https://contoso.example/data/X';
const read: HttpRequest = { method: 'GET', url, headers: {} };
const write: HttpRequest = { method: 'POST', url, headers: {}, body: '{}' };

function given(options: Partial<RetryOptions>, ...script: readonly ScriptedAnswer[]) {
  const clock = scriptedClock();
  const scripted = scriptedSend(...script);
  const send = retryPolicy({ clock, ids: seededIds(7), log: silentLog, ...options })(scripted.send);
  return { ...scripted, send, clock };
}

function unreachable(mayHaveArrived: boolean, origin = 'https://contoso.example'): TransportError {
  return new TransportError('HOST_UNREACHABLE', 'gone', { origin, mayHaveArrived, retryable: true });
}

describe('reads', () => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    test(`are repeated on ${status}`, async () => {
      const { send, openBodies, clock } = given(
        {},
        { expect: `GET ${url}`, status, text: 'no' },
        { expect: `GET ${url}`, status: 200 },
      );
      const response = await send(read);
      expect(response.status).toBe(200);
      expect(clock.sleeps).toHaveLength(1);
      await discardBody(response);
      expect(openBodies()).toBe(0);
    });
  }

  for (const status of [400, 401, 403, 404, 412, 501]) {
    test(`are not repeated on ${status}`, async () => {
      const { send } = given({}, { expect: `GET ${url}`, status });
      expect((await send(read)).status).toBe(status);
    });
  }

  test('are repeated on failures of the connection', async () => {
    const { send, pending } = given(
      {},
      { expect: `GET ${url}`, error: unreachable(true) },
      { expect: `GET ${url}`, error: unreachable(false) },
      { expect: `GET ${url}` },
    );
    await send(read);
    expect(pending()).toEqual([]);
  });

  test('are not repeated when another host failed, the token service for instance', async () => {
    const { send } = given({}, { expect: `GET ${url}`, error: unreachable(false, 'https://login.example') });
    await expect(send(read)).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
  });

  test('end with the last answer after attemptsMax', async () => {
    const refusal = { expect: `GET ${url}`, status: 503, text: 'busy' };
    const { send, clock } = given({ limits: { attemptsMax: 3 } }, refusal, refusal, refusal);
    const response = await send(read);
    expect(response.status).toBe(503);
    expect(await readText(response, { bodyBytesMax: 100, what: 'it' })).toBe('busy');
    expect(clock.sleeps).toHaveLength(2);
  });

  test('wait longer each time, at least half and at most all of the doubled delay', async () => {
    const refusal = { expect: `GET ${url}`, status: 503 };
    const { send, clock } = given({ limits: { attemptsMax: 4, delayMs: 1000 } }, refusal, refusal, refusal, refusal);
    await send(read);
    const [first = 0, second = 0, third = 0] = clock.sleeps;
    expect(first).toBeGreaterThanOrEqual(500);
    expect(first).toBeLessThanOrEqual(1000);
    expect(second).toBeGreaterThanOrEqual(1000);
    expect(second).toBeLessThanOrEqual(2000);
    expect(third).toBeGreaterThanOrEqual(2000);
    expect(third).toBeLessThanOrEqual(4000);
  });

  test('wait exactly what Retry-After says, in seconds or as a date', async () => {
    const { send, clock } = given(
      {},
      { expect: `GET ${url}`, status: 429, headers: { 'retry-after': '27' } },
      { expect: `GET ${url}`, status: 429, headers: { 'retry-after': 'Mon, 04 May 2026 07:00:37 GMT' } },
      { expect: `GET ${url}` },
    );
    await send(read);
    expect(clock.sleeps).toEqual([27_000, 10_000]);
  });

  test('do not wait past elapsedMsMax', async () => {
    const { send, clock } = given(
      { limits: { elapsedMsMax: 60_000 } },
      { expect: `GET ${url}`, status: 429, headers: { 'retry-after': '61' } },
    );
    expect((await send(read)).status).toBe(429);
    expect(clock.sleeps).toEqual([]);
  });

  test('are not repeated on a 500 that the service explains, and its body can still be read', async () => {
    const { send } = given(
      { isPassingFault: (body) => !body.includes('Infolog') },
      { expect: `GET ${url}`, status: 500, text: 'down' },
      { expect: `GET ${url}`, status: 500, text: 'Infolog: no' },
    );
    const response = await send(read);
    expect(await readText(response, { bodyBytesMax: 100, what: 'it' })).toBe('Infolog: no');
  });

  test('end with ABORTED when cancelled during the wait', async () => {
    const cancel = new AbortController();
    const { send } = given(
      {
        log: { ...silentLog, warn: () => cancel.abort() },
      },
      { expect: `GET ${url}`, status: 503 },
    );
    await expect(send({ ...read, signal: cancel.signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('writes', () => {
  test('are repeated on 429, on 503 with Retry-After and when no connection was made', async () => {
    const { send, pending } = given(
      {},
      { expect: `POST ${url}`, status: 429 },
      { expect: `POST ${url}`, status: 503, headers: { 'retry-after': '1' } },
      { expect: `POST ${url}`, error: unreachable(false) },
      { expect: `POST ${url}`, status: 204 },
    );
    expect((await send(write)).status).toBe(204);
    expect(pending()).toEqual([]);
  });

  for (const status of [408, 500, 502, 503, 504]) {
    test(`are not repeated on a bare ${status}`, async () => {
      const { send } = given({}, { expect: `POST ${url}`, status });
      expect((await send(write)).status).toBe(status);
    });
  }

  test('are not repeated when they may have arrived', async () => {
    const { send } = given({}, { expect: `POST ${url}`, error: unreachable(true) });
    await expect(send(write)).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
  });

  test('with a streamed body are not repeated at all', async () => {
    async function* body(): AsyncIterable<Uint8Array> {
      yield new Uint8Array(1);
    }
    const { send } = given({}, { expect: `POST ${url}`, status: 429 });
    expect((await send({ ...write, body: body() })).status).toBe(429);
  });
});
