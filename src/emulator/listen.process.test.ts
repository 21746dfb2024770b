import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caller, smallEmulator } from './emulator.case.ts';
import type { Emulator } from './emulator.ts';

let emulator: Emulator;
let url: string;

beforeAll(async () => {
  emulator = await smallEmulator({ requestBodyBytesMax: 2048, sample: { customers: 3000 } });
  url = (await emulator.environment('contoso-fno').listen({ host: '127.0.0.1', port: 0 })).url;
});

afterAll(async () => {
  await emulator.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
}

function ask(
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: string | Buffer; absolute?: boolean } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const target = options.absolute === true ? { path: `${url}${path}` } : {};
    const sent = request(`${url}${path}`, { method, headers: options.headers ?? {}, ...target }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(options.body);
  });
}

async function token(): Promise<string> {
  const { tenantId, clientId, clientSecret } = emulator.environment('contoso-fno').application;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${url}/.default`,
  });
  const answer = await ask('POST', `/${tenantId}/oauth2/v2.0/token`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  return JSON.parse(answer.text).access_token;
}

describe('behind a socket', () => {
  test('the environment URL is that of the socket', () => {
    expect(emulator.environment('contoso-fno').url).toBe(url);
  });

  test('serves a token and, with it, a large page that is streamed', async () => {
    const authorization = `Bearer ${await token()}`;
    const page = await ask('GET', '/data/CustomersV3?cross-company=true', { headers: { authorization } });
    expect(page.status).toBe(200);
    expect(page.headers['transfer-encoding']).toBe('chunked');
    const json = JSON.parse(page.text);
    expect(json.value).toHaveLength(3000);
    expect(json['@odata.context']).toBe(`${url}/data/$metadata#CustomersV3`);
  });

  test('without a token it answers 401', async () => {
    const answer = await ask('GET', '/data/CustomersV3');
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  test('a body above the limit is refused with 413', async () => {
    const answer = await ask('POST', '/data/CustomerGroups', {
      headers: { authorization: `Bearer ${await token()}` },
      body: JSON.stringify({ Description: 'x'.repeat(10_000) }),
    });
    expect(answer.status).toBe(413);
  });

  test('a body may begin with a byte-order mark, and must be UTF-8', async () => {
    const headers = { authorization: `Bearer ${await token()}` };
    const group = JSON.stringify({ CustomerGroupId: 'BOM', Description: 'Größe' });
    expect((await ask('POST', '/data/CustomerGroups', { headers, body: `\uFEFF${group}` })).status).toBe(201);
    const latin = await ask('POST', '/data/CustomerGroups', { headers, body: Buffer.from(group, 'latin1') });
    expect(latin.status).toBe(400);
    expect(latin.text).toContain('The request body is not encoded as UTF-8.');
  });

  test('a URL of 32,000 characters is read', async () => {
    const path = `/data/CustomersV3?$top=1&$filter=CustomerAccount%20eq%20'${'x'.repeat(32_000)}'`;
    expect((await ask('GET', path, { headers: { authorization: `Bearer ${await token()}` } })).status).toBe(200);
  });

  test('a request line may hold the whole URL', async () => {
    const answer = await ask('GET', '/data', { headers: { host: new URL(url).host }, absolute: true });
    expect(answer.status).toBe(401);
  });

  test('another host name is not served', async () => {
    expect((await ask('GET', '/data', { headers: { host: 'elsewhere.example' } })).status).toBe(404);
  });

  test('a taken port is named', async () => {
    const port = Number(new URL(url).port);
    await expect(emulator.environment('contoso-dataverse').listen({ host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(String(port)),
    });
  });

  test('after closing, the port is free and the old URL is the environment URL again', async () => {
    const environment = emulator.environment('contoso-dataverse');
    const first = await environment.listen({ host: '127.0.0.1', port: 0 });
    await first.close();
    expect(environment.url).toBe('https://contoso-dataverse.example');
    const second = await environment.listen({ host: '127.0.0.1', port: Number(new URL(first.url).port) });
    expect(second.url).toBe(first.url);
    const call = await caller(emulator, 'contoso-dataverse');
    expect((await call('GET', 'WhoAmI')).status).toBe(200);
    await second.close();
  });
});
