import { describe, expect, test } from 'vitest';
import { RialtoError } from '../../base/errors.ts';
import { silentLog } from '../../base/log.ts';
import type { ConnectorCall, ConnectorHost, OperationResult } from '../../connector/contract.ts';
import { testClock } from '../../testing/test-clock.ts';
import { objectValue } from '../expression/index.ts';
import { connectorCall, makeCall } from './call.ts';

const call = {
  connectionId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/connections/dataverse-1',
  method: 'post',
  path: '/datasets/x/tables/tasks/items',
  queries: new Map([['$top', 5n]]),
  headers: new Map([['prefer', 'return=representation']]),
  body: objectValue({ subject: 'Call', revenue: 12.5 }),
};

function given(invoke: ConnectorHost['invoke']) {
  const clock = testClock({ start: 0 });
  const stop = new AbortController();
  const connectors: ConnectorHost = {
    invoke,
    poll: () => Promise.reject(new Error('not polled')),
    eventKey: () => '',
    check: async () => {},
  };
  const outcome = makeCall(call, {
    connectors,
    clock,
    log: silentLog,
    idempotencyKey: 'key-1',
    mayBeRepeat: true,
    timeoutMs: 1_000,
    signal: stop.signal,
  });
  return { clock, stop, outcome };
}

describe('call', () => {
  test('is what the definition says, with the local name of the connection and plain data', () => {
    expect(connectorCall(call)).toEqual({
      connection: 'dataverse-1',
      method: 'post',
      path: '/datasets/x/tables/tasks/items',
      queries: { $top: 5 },
      headers: { prefer: 'return=representation' },
      body: { subject: 'Call', revenue: 12.5 },
    } satisfies ConnectorCall);
  });

  test('an answer of any status is an answer', async () => {
    const { outcome } = given(async (_call, context): Promise<OperationResult> => {
      expect(context).toMatchObject({ idempotencyKey: 'key-1', mayBeRepeat: true });
      return { statusCode: 404, headers: { 'request-id': 'r' }, body: { error: { code: 'x' } } };
    });
    expect(await outcome).toEqual({
      kind: 'answer',
      statusCode: 404,
      headers: { 'request-id': 'r' },
      body: objectValue({ error: objectValue({ code: 'x' }) }),
    });
  });

  test('an error of the connector is no answer, with its code and whether a repeat can help', async () => {
    const { outcome } = given(async () => {
      throw new RialtoError('HOST_UNREACHABLE', 'No connection.', { retryable: true, retryAfterMs: 7 });
    });
    expect(await outcome).toEqual({
      kind: 'no-answer',
      code: 'HOST_UNREACHABLE',
      message: 'No connection.',
      retryable: true,
      retryAfterMs: 7,
    });
  });

  test('an error that is none of ours is INTERNAL and not repeated', async () => {
    const { outcome } = given(async () => {
      throw new TypeError('x is undefined');
    });
    expect(await outcome).toMatchObject({ kind: 'no-answer', code: 'INTERNAL', retryable: false });
  });

  test('a connector that never answers, nor heeds its signal, is TIMEOUT', async () => {
    const { clock, outcome } = given(() => new Promise(() => {}));
    await clock.advance(1_000);
    expect(await outcome).toMatchObject({ kind: 'no-answer', code: 'TIMEOUT', retryable: true });
    expect(clock.pendingSleeps).toEqual([]);
  });

  test('raises ABORTED when the segment is left', async () => {
    const { clock, stop, outcome } = given(() => new Promise(() => {}));
    const rejected = expect(outcome).rejects.toMatchObject({ code: 'ABORTED' });
    stop.abort();
    await rejected;
    await clock.settle();
    expect(clock.pendingSleeps).toEqual([]);
  });
});
