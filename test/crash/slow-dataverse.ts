/** An emulated Dataverse behind a socket, slow enough to be killed in between, that remembers every write it was asked for. */

import { systemClock } from '../../src/base/clock.ts';
import { type Ids, systemIds } from '../../src/base/ids.ts';
import { isJsonObject, type JsonObject } from '../../src/base/json.ts';
import { silentLog } from '../../src/base/log.ts';
import { createEmulator, type Emulator } from '../../src/emulator/index.ts';
import { listen } from '../../src/emulator/listen.ts';
import type { HttpRequest, HttpResponse, Send } from '../../src/http/index.ts';

/** One write as it arrived. */
export interface ArrivedWrite {
  readonly method: string;
  /** Lead that it is about. */
  readonly lead: string;
  readonly time: number;
}

export interface SlowDataverse extends AsyncDisposable {
  /** Settings of a connection. */
  readonly settings: JsonObject;
  readonly writes: readonly ArrivedWrite[];
  /** Creates a lead through the Web API and gives its id. */
  createLead(lead: JsonObject): Promise<string>;
  /** All rows of a set. */
  read(entitySet: string): Promise<readonly JsonObject[]>;
}

/** Delay before and after each answer of the service. */
const delayMsMax = 120;
const leadPattern = /leads\(([0-9a-f-]{36})\)/;

/** Starts a Dataverse without leads or tasks. */
export async function startSlowDataverse(ids: Ids): Promise<SlowDataverse> {
  const writes: ArrivedWrite[] = [];
  let target: Send = () => Promise.reject(new Error('The emulator is not there yet.'));
  const listener = await listen((request) => slowly(request), { host: '127.0.0.1', port: 0 }, silentLog);
  const sample = { customers: 0, salesOrders: 0, users: 1, accounts: 0, contacts: 0, leads: 0, tasks: 0 };
  const emulator = await createEmulator({
    clock: systemClock,
    ids: systemIds,
    sample,
    dataverse: { url: listener.url },
  });
  const environment = emulator.environment('contoso-dataverse');
  target = environment.send;

  async function slowly(request: HttpRequest): Promise<HttpResponse> {
    const body = await textOf(request);
    const lead = leadPattern.exec(request.method === 'POST' ? body : request.url)?.[1];
    if (lead !== undefined && request.method !== 'GET') {
      writes.push({ method: request.method, lead, time: systemClock.now() });
    }
    await systemClock.sleep(ids.random() * delayMsMax);
    const { body: _streamed, ...rest } = request;
    const answer = await target({ ...rest, ...(body === '' ? {} : { body }) });
    await systemClock.sleep(ids.random() * delayMsMax);
    return answer;
  }

  return {
    settings: settingsOf(emulator, listener.url),
    writes,
    ...(await webApi(emulator, listener.url)),
    async [Symbol.asyncDispose]() {
      await listener.close();
      await emulator.close();
    },
  };
}

/** The Web API as a user calls it, signed in. */
async function webApi(emulator: Emulator, url: string): Promise<Pick<SlowDataverse, 'createLead' | 'read'>> {
  const { tenantId, clientId, clientSecret } = emulator.environment('contoso-dataverse').application;
  const { access_token: token } = await json(`${url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${url}/.default`,
    }),
  });
  const root = `${url}/api/data/v9.2`;
  const authorization = `Bearer ${token}`;
  return {
    async createLead(lead) {
      const headers = { authorization, 'content-type': 'application/json', prefer: 'return=representation' };
      const created = await json(`${root}/leads`, { method: 'POST', headers, body: JSON.stringify(lead) });
      return String(created.leadid);
    },
    async read(entitySet) {
      const { value } = await json(`${root}/${entitySet}`, { headers: { authorization } });
      return Array.isArray(value) ? value.filter(isJsonObject) : [];
    },
  };
}

async function json(url: string, init: RequestInit): Promise<JsonObject> {
  const answer = await fetch(url, init);
  const body: unknown = await answer.json();
  if (!answer.ok || !isJsonObject(body)) throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(body)}`);
  return body;
}

function settingsOf(emulator: Emulator, url: string): JsonObject {
  const { tenantId, clientId, clientSecret } = emulator.environment('contoso-dataverse').application;
  return { environmentUrl: url, authority: url, tenant: tenantId, clientId, clientSecret, allowLoopbackHttp: true };
}

async function textOf(request: HttpRequest): Promise<string> {
  if (request.body === undefined) return '';
  if (typeof request.body === 'string') return request.body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
