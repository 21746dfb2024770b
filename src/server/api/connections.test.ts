import { expect, test } from 'vitest';
import { createApi } from './create-api.ts';
import { sampleServices } from './sample-services.case.ts';

async function givenApi() {
  const services = sampleServices();
  return { services, api: await createApi(services) };
}

const changed = { connector: 'dynamicsax', settings: { organizationUrl: 'http://127.0.0.1:9000' } };

test('a connection is shown without its secrets, which are named', async () => {
  const { api } = await givenApi();
  const response = await api.inject('/api/v1/connections/contoso');
  expect(response.json()).toEqual({
    name: 'contoso',
    connector: 'dynamicsax',
    settings: { organizationUrl: 'http://127.0.0.1:8366' },
    secretsSet: ['clientSecret'],
    createdTime: '2026-05-04T07:00:00.000Z',
    changedTime: '2026-05-04T07:00:00.000Z',
    etag: response.headers.etag,
  });
});

test('a connection is created once', async () => {
  const { api } = await givenApi();
  const request = { method: 'POST', url: '/api/v1/connections', payload: { name: 'other', ...changed } } as const;
  expect((await api.inject(request)).statusCode).toBe(201);
  const again = await api.inject(request);
  expect(again.statusCode).toBe(409);
  expect(again.json().error.code).toBe('CONNECTION_EXISTS');
});

test('a change under the ETag of the present state succeeds once, an old ETag changes nothing', async () => {
  const { api, services } = await givenApi();
  const { etag } = (await api.inject('/api/v1/connections/contoso')).headers;
  await services.clock.advance(1000);
  const put = { method: 'PUT', url: '/api/v1/connections/contoso', payload: changed } as const;
  const first = await api.inject({ ...put, headers: { 'if-match': String(etag) } });
  expect(first.statusCode).toBe(200);
  expect(first.headers.etag).not.toBe(etag);
  const second = await api.inject({ ...put, headers: { 'if-match': String(etag) } });
  expect(second.statusCode).toBe(412);
  expect(second.json().error.code).toBe('CONNECTION_CONFLICT');
});

test('a test of a connection reports its steps, a failed one as well', async () => {
  const { api } = await givenApi();
  const response = await api.inject({ method: 'POST', url: '/api/v1/connections/contoso/test' });
  expect(response.statusCode).toBe(200);
  expect(response.json().steps.map((step: { status: string }) => step.status)).toEqual(['ok', 'failed', 'not-checked']);
});

test('a deleted connection is gone', async () => {
  const { api } = await givenApi();
  expect((await api.inject({ method: 'DELETE', url: '/api/v1/connections/contoso' })).statusCode).toBe(204);
  const response = await api.inject('/api/v1/connections/contoso');
  expect(response.statusCode).toBe(404);
  expect(response.json().error).toEqual({ code: 'CONNECTION_UNKNOWN', message: "There is no connection 'contoso'." });
});

test('a message about a wrong body never holds what stands in it', async () => {
  const { api } = await givenApi();
  const response = await api.inject({
    method: 'POST',
    url: '/api/v1/connections',
    payload: { name: 'x', connector: 'dynamicsax', settings: 'clientSecret=a-very-secret-value-that-is-long-enough;' },
  });
  expect(response.json().error.message).toBe(
    "'settings' in the body is a string of 53 characters; expected a JSON object.",
  );
});

test('operations are found by words and by connector, and called by id', async () => {
  const { api, services } = await givenApi();
  expect((await api.inject('/api/v1/connectors')).json().value).toHaveLength(1);
  expect((await api.inject('/api/v1/operations?search=list%20items')).json().value[0].id).toBe('GetItems_V2');
  expect((await api.inject('/api/v1/operations?search=delete')).json().value).toEqual([]);
  expect((await api.inject('/api/v1/operations?connector=other')).json().value).toEqual([]);
  const called = await api.inject({
    method: 'POST',
    url: '/api/v1/connections/contoso/operations/GetItems_V2',
    payload: { parameters: { table: 'Customers' } },
  });
  expect(called.json()).toEqual({ statusCode: 200, headers: {}, body: { value: [] } });
  expect(services.calls).toEqual([['invoke', 'contoso', 'GetItems_V2', { table: 'Customers' }]]);
});
