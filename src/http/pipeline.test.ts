import { describe, expect, test } from 'vitest';
import { RialtoError } from '../base/errors.ts';
import { seededIds } from '../base/ids.ts';
import { type LogFields, silentLog } from '../base/log.ts';
import { createPipeline } from './pipeline.ts';
import type { BearerTokenSource } from './policies/identity.ts';
import { scriptedClock } from './scripted-clock.case.ts';
import { type ScriptedAnswer, scriptedSend } from './scripted-send.case.ts';

const origin = 'https://contoso.example';
const url = `${origin}/data/CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?$select=Name`;

function givenPipeline(...script: readonly ScriptedAnswer[]) {
  return givenPipelineWhere({}, ...script);
}

/** The credential fails with `renewalError` when it is asked for another token. */
function givenPipelineWhere(where: { readonly renewalError?: Error }, ...script: readonly ScriptedAnswer[]) {
  const { renewalError } = where;
  const scripted = scriptedSend(...script);
  const lines: { message: string; fields: LogFields | undefined }[] = [];
  const asked: (string | undefined)[] = [];
  const credential: BearerTokenSource = {
    async getToken(request) {
      asked.push(request.rejectedToken);
      if (request.rejectedToken !== undefined && renewalError !== undefined) throw renewalError;
      return { token: request.rejectedToken === undefined ? 'token-1' : 'token-2', expiresAtMs: 0 };
    },
  };
  const write = (message: string, fields?: LogFields): void => void lines.push({ message, fields });
  const send = createPipeline({
    send: scripted.send,
    clock: scriptedClock(),
    ids: seededIds(1),
    log: { ...silentLog, debug: write, warn: write },
    userAgent: 'rialto-test',
    identity: { credential, audience: origin, origin },
  });
  return { ...scripted, send, lines, asked };
}

describe('pipeline', () => {
  test('adds token, user agent and correlation id', async () => {
    const { send, requests } = givenPipeline({ expect: `GET ${url}` });
    await send({ method: 'GET', url, headers: { accept: 'application/json' } });
    expect(requests[0]?.headers).toEqual({
      accept: 'application/json',
      authorization: 'Bearer token-1',
      'user-agent': 'rialto-test',
      'x-ms-client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('fetches a new token once on 401 and sends again, a write too', async () => {
    const { send, requests, asked, openBodies } = givenPipeline(
      { expect: `PATCH ${url}`, status: 401, text: 'expired' },
      { expect: `PATCH ${url}`, status: 204 },
    );
    expect((await send({ method: 'PATCH', url, headers: {}, body: '{}' })).status).toBe(204);
    expect(requests.map((request) => request.headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(asked).toEqual([undefined, 'token-1']);
    expect(openBodies()).toBe(1);
  });

  test('passes a second 401 on', async () => {
    const { send } = givenPipeline({ expect: `GET ${url}`, status: 401 }, { expect: `GET ${url}`, status: 401 });
    expect((await send({ method: 'GET', url, headers: {} })).status).toBe(401);
  });

  test('lets the refusal go when no other token can be had', async () => {
    const refused = new RialtoError('AUTH_FAILED', 'The token service refused.');
    const answer = { expect: `GET ${url}`, status: 401, text: 'expired' };
    const { send, openBodies } = givenPipelineWhere({ renewalError: refused }, answer);
    await expect(send({ method: 'GET', url, headers: {} })).rejects.toBe(refused);
    expect(openBodies()).toBe(0);
  });

  test('keeps one correlation id over all attempts', async () => {
    const { send, requests } = givenPipeline({ expect: `GET ${url}`, status: 503 }, { expect: `GET ${url}` });
    await send({ method: 'GET', url, headers: {} });
    expect(new Set(requests.map((request) => request.headers['x-ms-client-request-id'])).size).toBe(1);
  });

  test('refuses to send the token to another origin', async () => {
    const { send } = givenPipeline();
    await expect(send({ method: 'GET', url: 'https://evil.example/data', headers: {} })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: 'The access token of https://contoso.example is not sent to https://evil.example.',
    });
  });

  test('logs one line for a call, without key, values, token or body', async () => {
    const { send, lines } = givenPipeline({
      expect: `GET ${url}`,
      headers: { 'set-cookie': 'affinity=1', 'ms-dyn-aid': 'activity-1' },
      text: 'private',
    });
    await send({ method: 'GET', url, headers: { 'x-private': 'secret' } });
    expect(lines).toEqual([
      {
        message: 'Request was answered',
        fields: {
          method: 'GET',
          url: 'https://contoso.example/data/CustomersV3(…)?$select=…',
          clientRequestId: expect.any(String),
          status: 200,
          'ms-dyn-aid': 'activity-1',
          elapsedMs: 0,
        },
      },
    ]);
  });
});
