import { expect, test } from 'vitest';
import { errorCodes } from '../../base/error-codes.ts';
import { type LogFields, silentLog } from '../../base/log.ts';
import { createApi } from './create-api.ts';
import { apiLimits } from './limits.ts';
import { sampleServices } from './sample-services.case.ts';
import { statusOf } from './status.ts';

test('health says version and time', async () => {
  const api = await createApi(sampleServices());
  expect((await api.inject('/api/v1/health')).json()).toEqual({
    status: 'ok',
    version: '0.0.0-test',
    time: '2026-05-04T07:00:00.000Z',
  });
});

test('every error code has an error status', () => {
  for (const code of Object.keys(errorCodes) as (keyof typeof errorCodes)[]) {
    expect(statusOf(code)).toBeGreaterThanOrEqual(400);
  }
});

test.each(['127.0.0.1:8365', 'localhost:8365', '[::1]:8365', 'LOCALHOST'])(
  'on loopback the host %s is answered',
  async (host) => {
    const api = await createApi(sampleServices());
    expect((await api.inject({ url: '/api/v1/health', headers: { host } })).statusCode).toBe(200);
  },
);

test.each(['rebound.example:8365', '127.0.0.1.example', '[::1].example'])(
  'on loopback the host %j is refused',
  async (host) => {
    const api = await createApi(sampleServices());
    const response = await api.inject({ url: '/api/v1/health', headers: { host } });
    expect(response.statusCode).toBe(403);
    expect(response.json().error.code).toBe('ORIGIN_REFUSED');
  },
);

test('a server that others may reach answers to any host', async () => {
  const api = await createApi(sampleServices({ isLoopbackOnly: false }));
  const response = await api.inject({ url: '/api/v1/health', headers: { host: 'rialto.example' } });
  expect(response.statusCode).toBe(200);
});

test('a foreign page may change nothing, our own may', async () => {
  const api = await createApi(sampleServices());
  const request = { method: 'POST', url: '/api/v1/connections/contoso/test' } as const;
  const host = '127.0.0.1:8365';
  const foreign = await api.inject({ ...request, headers: { host, origin: 'https://evil.example' } });
  expect(foreign.statusCode).toBe(403);
  const own = await api.inject({ ...request, headers: { host, origin: `http://${host}` } });
  expect(own.statusCode).toBe(200);
  expect(own.headers['access-control-allow-origin']).toBeUndefined();
});

test.each([
  [{ method: 'GET', url: '/api/v1/nothing' }, 404, 'NOT_FOUND'],
  [{ method: 'DELETE', url: '/api/v1/runs' }, 404, 'NOT_FOUND'],
  [{ method: 'GET', url: '/' }, 404, 'NOT_FOUND'],
  [
    { method: 'POST', url: '/api/v1/connections', headers: { 'content-type': 'application/json' }, payload: '{"a":' },
    400,
    'JSON_INVALID',
  ],
  [
    { method: 'POST', url: '/api/v1/connections', headers: { 'content-type': 'text/plain' }, payload: 'x' },
    400,
    'REQUEST_INVALID',
  ],
  [{ method: 'POST', url: '/api/v1/connections' }, 400, 'REQUEST_INVALID'],
] as const)('%j is answered %i %s', async (request, status, code) => {
  const api = await createApi(sampleServices());
  const response = await api.inject(request as never);
  expect(response.statusCode).toBe(status);
  expect(response.json().error.code).toBe(code);
});

test('a body above the limit is refused by the name of the limit', async () => {
  const api = await createApi(sampleServices());
  const payload = `"${'x'.repeat(apiLimits.bodyBytesMax)}"`;
  const headers = { 'content-type': 'application/json' };
  const response = await api.inject({ method: 'POST', url: '/api/v1/connections', headers, payload });
  expect(response.statusCode).toBe(413);
  expect(response.json().error.message).toContain('bodyBytesMax');
});

test('a fault of ours is logged under an id, and the answer holds the id and nothing else of it', async () => {
  const logged: (LogFields | undefined)[] = [];
  const services = sampleServices({
    log: { ...silentLog, error: (_message, fields) => logged.push(fields) },
    operations: {
      ...sampleServices().operations,
      connectors: () => {
        throw new TypeError('the secret inner workings');
      },
    },
  });
  const response = await (await createApi(services)).inject('/api/v1/connectors');
  expect(response.statusCode).toBe(500);
  const { code, message, faultId } = response.json().error;
  expect(code).toBe('INTERNAL');
  expect(message).toContain(faultId);
  expect(response.body).not.toContain('inner workings');
  expect(logged).toEqual([expect.objectContaining({ faultId, route: '/api/v1/connectors' })]);
});
