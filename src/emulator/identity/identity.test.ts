import { compactVerify, createLocalJWKSet } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject, parseJson } from '../../base/json.ts';
import type { HttpHeaders } from '../../http/send.ts';
import { readText, type StandingClock, smallEmulator, standingClock, testNow } from '../emulator.case.ts';
import type { Emulator } from '../emulator.ts';

const otherApplication = '0b0e0000-5eed-4a11-8c0a-000000000009';
let emulator: Emulator;
let clock: StandingClock;

beforeAll(async () => {
  clock = standingClock();
  emulator = await smallEmulator({
    clock,
    applications: [
      { clientId: 'a11ce000-5eed-4a11-8c0a-000000000002', name: 'Rialto' },
      { clientId: otherApplication, clientSecret: 'second secret & more', environments: [] },
    ],
  });
});

async function askToken(
  form: Readonly<Record<string, string>>,
  options: { readonly tenant?: string; readonly headers?: HttpHeaders; readonly name?: 'contoso-fno' } = {},
): Promise<{ readonly status: number; readonly json: JsonObject }> {
  const environment = emulator.environment(options.name ?? 'contoso-dataverse');
  const { tenantId, clientId, clientSecret } = environment.application;
  const fields = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${environment.url}/.default`,
    ...form,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== '');
  const response = await environment.send({
    method: 'POST',
    url: `${environment.url}/${options.tenant ?? tenantId}/oauth2/v2.0/token`,
    headers: options.headers ?? {},
    body: new URLSearchParams(given).toString(),
  });
  const json = parseJson(await readText(response));
  return { status: response.status, json: isJsonObject(json) ? json : {} };
}

async function statusWith(token: string, name: 'contoso-dataverse' | 'contoso-fno', path: string): Promise<number> {
  const environment = emulator.environment(name);
  const response = await environment.send({
    method: 'GET',
    url: environment.url + path,
    headers: { authorization: `Bearer ${token}` },
  });
  return response.status;
}

describe('token endpoint', () => {
  test('gives a token that the published keys verify, with the claims the services look at', async () => {
    const { status, json } = await askToken({});
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    expect(json).not.toHaveProperty('refresh_token');
    const environment = emulator.environment('contoso-dataverse');
    const keysUrl = `${environment.url}/${environment.application.tenantId}/discovery/v2.0/keys`;
    const keys = parseJson(await readText(await environment.send({ method: 'GET', url: keysUrl, headers: {} })));
    const verified = await compactVerify(String(json.access_token), createLocalJWKSet(keys as never));
    const payload = parseJson(new TextDecoder().decode(verified.payload));
    expect(verified.protectedHeader.alg).toBe('RS256');
    const now = testNow / 1000;
    expect(payload).toMatchObject({
      aud: environment.url,
      tid: environment.application.tenantId,
      appid: environment.application.clientId,
      ver: '1.0',
      iat: now,
      nbf: now,
      exp: now + 3599,
    });
    expect(payload).toHaveProperty('oid');
  });

  test('takes id and secret by HTTP Basic, form-encoded first', async () => {
    const basic = Buffer.from(`${otherApplication}:${encodeURIComponent('second secret & more')}`).toString('base64');
    const answer = await askToken(
      { client_id: '', client_secret: '' },
      { headers: { authorization: `Basic ${basic}` } },
    );
    expect(answer.status).toBe(200);
  });

  test.each([
    ['a wrong secret', { client_secret: 'nope' }, 401, 'invalid_client', 7000215],
    ['no secret', { client_secret: '' }, 401, 'invalid_client', 7000218],
    ['an unknown client', { client_id: '00000000-0000-0000-0000-000000000000' }, 400, 'unauthorized_client', 700016],
    ['another resource', { scope: 'https://elsewhere.example/.default' }, 400, 'invalid_resource', 500011],
    ['a scope without .default', { scope: 'user_impersonation' }, 400, 'invalid_scope', 70011],
    ['two scopes', { scope: 'https://a.example/.default https://b.example/.default' }, 400, 'invalid_scope', 70011],
    ['no scope', { scope: '' }, 400, 'invalid_request', 900144],
    ['a resource parameter', { resource: 'https://contoso-dataverse.example' }, 400, 'invalid_request', 901002],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ])('refuses %s as Entra does', async (_what, form, status, error, code) => {
    const answer = await askToken(form);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error, error_codes: [code] });
    expect(answer.json.error_description).toMatch(
      new RegExp(`^AADSTS${code}: .*Trace ID: .* Correlation ID: .* Timestamp: `),
    );
    expect(answer.json).toHaveProperty('trace_id');
    expect(answer.json).toHaveProperty('correlation_id');
    expect(answer.json.timestamp).toBe('2026-05-04 07:02:11Z');
  });

  test('refuses an unknown tenant', async () => {
    const answer = await askToken({}, { tenant: 'fabrikam.example' });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: 'invalid_request', error_codes: [90002] });
    expect(answer.json.error_description).toMatch(/Tenant 'fabrikam.example' not found/);
  });

  test('the discovery document names its own endpoints', async () => {
    const environment = emulator.environment('contoso-fno');
    const base = `${environment.url}/${environment.application.tenantId}`;
    const response = await environment.send({
      method: 'GET',
      url: `${base}/v2.0/.well-known/openid-configuration`,
      headers: {},
    });
    expect(parseJson(await readText(response))).toMatchObject({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    });
  });
});

describe('bearer tokens', () => {
  test('of the other environment are refused', async () => {
    const { json } = await askToken({});
    expect(await statusWith(String(json.access_token), 'contoso-dataverse', '/api/data/v9.2/WhoAmI')).toBe(200);
    expect(await statusWith(String(json.access_token), 'contoso-fno', '/data/Currencies')).toBe(401);
  });

  test('with a slash at the end of the audience are refused by F&O', async () => {
    const { url } = emulator.environment('contoso-fno');
    const { json } = await askToken({ scope: `${url}//.default` }, { name: 'contoso-fno' });
    expect(await statusWith(String(json.access_token), 'contoso-fno', '/data/Currencies')).toBe(401);
  });

  test('are refused after they expire', async () => {
    const { json } = await askToken({});
    clock.set(testNow + 3_599_000);
    expect(await statusWith(String(json.access_token), 'contoso-dataverse', '/api/data/v9.2/WhoAmI')).toBe(401);
    clock.set(testNow);
  });

  test('are refused when anything in them was changed', async () => {
    const { json } = await askToken({});
    const [header, payload, signature] = String(json.access_token).split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 9999 })).toString('base64url');
    expect(await statusWith(`${header}.${forged}.${signature}`, 'contoso-dataverse', '/api/data/v9.2/WhoAmI')).toBe(
      401,
    );
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await statusWith(`${unsigned}.${payload}.`, 'contoso-dataverse', '/api/data/v9.2/WhoAmI')).toBe(401);
  });

  test('of an application that the environment does not know get 403, and $metadata of F&O', async () => {
    const form = { client_id: otherApplication, client_secret: 'second secret & more' };
    const dataverse = await askToken(form);
    expect(await statusWith(String(dataverse.json.access_token), 'contoso-dataverse', '/api/data/v9.2/WhoAmI')).toBe(
      403,
    );
    const fno = await askToken(form, { name: 'contoso-fno' });
    expect(await statusWith(String(fno.json.access_token), 'contoso-fno', '/data/Currencies')).toBe(403);
    expect(await statusWith(String(fno.json.access_token), 'contoso-fno', '/data/$metadata')).toBe(200);
  });

  test('without one, Dataverse says where to get one', async () => {
    const environment = emulator.environment('contoso-dataverse');
    const response = await environment.send({
      method: 'GET',
      url: `${environment.url}/api/data/v9.2/leads`,
      headers: {},
    });
    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toBe(
      `Bearer authorization_uri=${environment.url}/${environment.application.tenantId}/oauth2/authorize, resource_id=${environment.url}/`,
    );
  });
});
