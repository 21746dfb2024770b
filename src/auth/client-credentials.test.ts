import { describe, expect, test } from 'vitest';
import { seededIds } from '../base/ids.ts';
import type { JsonObject } from '../base/json.ts';
import { silentLog } from '../base/log.ts';
import { scriptedClock } from '../http/scripted-clock.case.ts';
import { type ScriptedAnswer, scriptedSend } from '../http/scripted-send.case.ts';
import { type ClientCredentialsOptions, clientCredentials } from './client-credentials.ts';

const secret = 'not-a-real-secret';
const endpoint = 'POST https://login.example/contoso.example/oauth2/v2.0/token';
const audience = 'https://contoso.operations.dynamics.com';
const granted = { token_type: 'Bearer', expires_in: 3599, access_token: 'token-1' };

function given(options: Partial<ClientCredentialsOptions>, ...script: readonly ScriptedAnswer[]) {
  const scripted = scriptedSend(...script);
  const clock = scriptedClock();
  const credential = clientCredentials({
    authorityUrl: 'https://login.example',
    tenant: 'contoso.example',
    clientId: 'app-1',
    clientSecret: secret,
    send: scripted.send,
    clock,
    ids: seededIds(1),
    log: silentLog,
    ...options,
  });
  return { ...scripted, clock, credential };
}

function refusal(status: number, number: number, words: string): ScriptedAnswer {
  const json: JsonObject = {
    error: 'invalid_client',
    error_description: `AADSTS${number}: ${words} Trace ID: t-1 Correlation ID: c-1 Timestamp: 2026-05-04 07:00:00Z`,
    error_codes: [number],
    correlation_id: 'c-1',
  };
  return { expect: endpoint, status, json };
}

describe('client credentials', () => {
  test('asks the v2.0 endpoint of the tenant with the secret in the form', async () => {
    const { credential, requests } = given({}, { expect: endpoint, json: granted });
    expect(await credential.getToken({ audience: `${audience.toUpperCase()}/data/` })).toEqual({
      token: 'token-1',
      expiresAtMs: Date.UTC(2026, 4, 4, 7) + 3_599_000,
    });
    expect(requests[0]?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(requests[0]?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(String(requests[0]?.body)))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app-1',
      client_secret: secret,
      scope: `${audience}/.default`,
    });
  });

  const refusals = [
    [401, 7000215, 'AUTH_SECRET_INVALID', 'The client secret of the application app-1 is not accepted'],
    [401, 7000222, 'AUTH_SECRET_INVALID', 'The client secret of the application app-1 is not accepted'],
    [400, 700016, 'AUTH_CLIENT_UNKNOWN', 'The tenant contoso.example has no application with the client id app-1'],
    [400, 90002, 'AUTH_TENANT_UNKNOWN', 'The token service https://login.example has no tenant contoso.example'],
    [400, 500011, 'AUTH_FAILED', `The tenant contoso.example knows no environment ${audience}`],
    [400, 65001, 'AUTH_FAILED', `The token service https://login.example refused a token for ${audience}`],
  ] as const;
  for (const [status, number, code, start] of refusals) {
    test(`AADSTS${number} is ${code}`, async () => {
      const { credential } = given({}, refusal(status, number, `They said '${secret}' is wrong.`));
      const failure = await credential.getToken({ audience }).catch((error: unknown) => error as Error);
      expect(failure).toMatchObject({ code, retryable: false });
      const message = (failure as Error).message;
      expect(message.startsWith(start)).toBe(true);
      expect(message).toMatch(
        new RegExp(`invalid_client, AADSTS${number}: They said '\\(secret\\)' is wrong\\. \\(correlation id c-1\\)$`),
      );
      expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain(secret);
      expect((failure as Error).cause).toBeUndefined();
    });
  }

  test('a refusal with a challenge header is read like any other', async () => {
    const { credential } = given(
      {},
      { ...refusal(401, 7000215, 'Invalid client secret.'), headers: { 'www-authenticate': 'Bearer realm="x"' } },
    );
    await expect(credential.getToken({ audience })).rejects.toMatchObject({ code: 'AUTH_SECRET_INVALID' });
  });

  test('a throttled token service is asked again after Retry-After', async () => {
    const { credential, clock } = given(
      {},
      { expect: endpoint, status: 429, headers: { 'retry-after': '3' } },
      { expect: endpoint, status: 503 },
      { expect: endpoint, json: granted },
    );
    expect((await credential.getToken({ audience })).token).toBe('token-1');
    expect(clock.sleeps[0]).toBe(3000);
  });

  test('a page in place of an OAuth answer is AUTH_FAILED with the status', async () => {
    const { credential } = given(
      {},
      { expect: endpoint, status: 404, text: '<html>', headers: { 'content-type': 'text/html' } },
    );
    await expect(credential.getToken({ audience })).rejects.toMatchObject({
      code: 'AUTH_FAILED',
      message: expect.stringContaining('it answered with status 404 and no OAuth error.'),
    });
  });

  test('a 200 that holds no token is HTTP_RESPONSE_INVALID', async () => {
    const { credential } = given({}, { expect: endpoint, json: { token_type: 'Bearer' } });
    await expect(credential.getToken({ audience })).rejects.toMatchObject({ code: 'HTTP_RESPONSE_INVALID' });
  });

  test('an abort is ABORTED', async () => {
    const { credential } = given({});
    await expect(credential.getToken({ audience, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });

  const insecure = 'http://127.0.0.1:8366';
  test('http is allowed for this machine with the switch, and for nothing else', async () => {
    const { credential } = given(
      { authorityUrl: insecure, allowInsecureLoopback: true },
      { expect: `POST ${insecure}/contoso.example/oauth2/v2.0/token`, json: granted },
    );
    expect((await credential.getToken({ audience })).token).toBe('token-1');
    expect(() => given({ authorityUrl: insecure })).toThrow('is not https');
    expect(() => given({ authorityUrl: 'http://login.example', allowInsecureLoopback: true })).toThrow('is not https');
  });

  test.each([
    [{ authorityUrl: 'login.example' }, 'authorityUrl is no URL'],
    [{ authorityUrl: 'ftp://login.example' }, "authorityUrl has the scheme 'ftp:'"],
    [{ tenant: 'common' }, "the tenant 'common' is for sign-in by people"],
    [{ tenant: '../x' }, "'../x' is no tenant"],
    [{ clientSecret: '' }, 'clientSecret is empty'],
  ])('%j is refused at once', (options, message) => {
    expect(() => given(options)).toThrow(message);
  });
});
