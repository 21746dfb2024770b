/** What the emulator's own tests share: a small emulator with a fixed clock, and short calls to it. */

import { RialtoError } from '../base/errors.ts';
import { seededIds } from '../base/ids.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, printJson } from '../base/json.ts';
import type { HttpHeaders, HttpResponse, Send } from '../http/send.ts';
import { createEmulator, type Emulator } from './emulator.ts';
import type { EmulatorEnvironment } from './environment.ts';
import type { EmulatorOptions, EnvironmentName } from './options.ts';

/** 2026-05-04T07:02:11Z. */
export const testNow = 1_777_878_131_000;

/** A clock that stands until it is set. */
export interface StandingClock {
  now(): number;
  monotonicMs(): number;
  sleep(ms: number): Promise<void>;
  set(epochMs: number): void;
}

/** A clock at `testNow`. */
export function standingClock(): StandingClock {
  let now = testNow;
  return {
    now: () => now,
    monotonicMs: () => now,
    sleep: () => Promise.resolve(),
    set(epochMs) {
      now = epochMs;
    },
  };
}

/** An emulator with little sample data. */
export function smallEmulator(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  return createEmulator({
    clock: standingClock(),
    ids: seededIds(7),
    ...options,
    sample: {
      customers: 50,
      salesOrders: 20,
      users: 3,
      accounts: 8,
      contacts: 10,
      leads: 12,
      tasks: 6,
      ...options.sample,
    },
  });
}

export interface CallOptions {
  readonly body?: JsonValue;
  readonly headers?: HttpHeaders;
}

export interface CallResult {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly text: string;
  /** The body as a JSON object; empty when there is none. */
  readonly json: JsonObject;
  /** `value` of a collection. */
  readonly rows: readonly JsonObject[];
}

/** Calls one environment as its application. */
export type Call = (method: string, path: string, options?: CallOptions) => Promise<CallResult>;

/** Signs in at an environment; paths are relative to the service root. */
export async function caller(emulator: Emulator, name: EnvironmentName): Promise<Call> {
  const environment = emulator.environment(name);
  const send = await signedInSend(environment);
  const root = environment.url + (name === 'contoso-fno' ? '/data/' : '/api/data/v9.2/');
  return async (method, path, options = {}) => {
    const response = await send({
      method,
      url: path.startsWith('/') ? environment.url + path : path.startsWith('http') ? path : root + path,
      headers: options.headers ?? {},
      ...(options.body === undefined ? {} : { body: printJson(options.body) }),
    });
    const text = await readText(response);
    const parsed = response.headers['content-type']?.includes('json') === true ? parseJson(text) : {};
    const json = isJsonObject(parsed) ? parsed : {};
    const rows = Array.isArray(json.value) ? json.value.filter(isJsonObject) : [];
    return { status: response.status, headers: response.headers, text, json, rows };
  };
}

/** `error` of an answer: code and message, and the inner message of F&O. */
export function errorOf(result: CallResult): { readonly code: JsonValue; readonly message: string } {
  const error = isJsonObject(result.json.error) ? result.json.error : {};
  const inner = isJsonObject(error.innererror) ? error.innererror.message : undefined;
  return { code: error.code ?? '', message: String(inner ?? error.message ?? '') };
}

/**
 * Gets one access token for the environment's first application, and sends it with every request.
 * Raises AUTH_FAILED when the token endpoint refuses.
 */
export async function signedInSend(environment: EmulatorEnvironment): Promise<Send> {
  const { tenantId, clientId, clientSecret } = environment.application;
  const answer = await environment.send({
    method: 'POST',
    url: `${environment.url}/${tenantId}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${environment.url}/.default`,
    }).toString(),
  });
  const body = parseJson(await readText(answer));
  const token = isJsonObject(body) ? body.access_token : undefined;
  if (typeof token !== 'string') throw new RialtoError('AUTH_FAILED', `Token endpoint answered ${answer.status}.`);
  return (request) =>
    environment.send({ ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } });
}

/** The body of a response as text. */
export async function readText(response: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
