/** Calls of the server's HTTP API. */

import { isRialtoError, RialtoError } from '../base/errors.ts';
import { isJsonObject, type JsonValue, printJson } from '../base/json.ts';
import { readJson } from '../http/read-body.ts';
import type { HttpRequest, HttpResponse, Send } from '../http/send.ts';
import type { ErrorAnswer } from '../server/wire.ts';
import { ApiError } from './api-error.ts';

export interface ApiCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Beginning with `/api/v1`. */
  readonly path: string;
  /** Members that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: JsonValue;
  /** A body that is JSON text already, in place of `body`. */
  readonly bodyText?: string;
  readonly ifMatch?: string | undefined;
}

/** Makes a call. Raises SERVER_UNREACHABLE, and ApiError with what the server answered. */
export type ApiClient = <Answer>(call: ApiCall) => Promise<Answer>;

/** Makes a call whose answer is read as it arrives. Raises as ApiClient does. */
export type ApiStream = (call: ApiCall) => Promise<AsyncIterable<Uint8Array>>;

/** Largest answer that a command reads. */
const answerBytesMax = 512 * 1024 * 1024;

/** Codes of this and newer servers; services of Microsoft, which answer errors of the same form, have others. */
const ownCode = /^[A-Z]+(_[A-Z]+)*$/;

interface ApiClientOptions {
  readonly send: Send;
  readonly serverUrl: string;
  readonly signal: AbortSignal;
}

/** Makes a client of the server at an address. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const server = new URL(options.serverUrl).origin;
  return async <Answer>(call: ApiCall): Promise<Answer> => {
    const request = requestOf(call, server, options.signal);
    try {
      const response = await options.send(request);
      const answer = await readAnswer(response, request);
      if (response.status < 400) return answer as Answer;
      throw errorOf(answer, response.status, server);
    } catch (error) {
      throw asServerFault(error, server);
    }
  };
}

/** Makes a client of the server at an address for answers that are too large to be held. */
export function createApiStream(options: ApiClientOptions): ApiStream {
  const server = new URL(options.serverUrl).origin;
  return async (call) => {
    const request = requestOf(call, server, options.signal);
    try {
      const response = await options.send(request);
      if (response.status < 400) return response.body;
      throw errorOf(await readAnswer(response, request), response.status, server);
    } catch (error) {
      throw asServerFault(error, server);
    }
  };
}

function requestOf(call: ApiCall, server: string, signal: AbortSignal): HttpRequest {
  const url = new URL(call.path, server);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  const body = call.bodyText ?? (call.body === undefined ? undefined : printJson(call.body));
  return {
    method: call.method ?? 'GET',
    url: url.href,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(call.ifMatch === undefined ? {} : { 'if-match': call.ifMatch }),
    },
    ...(body === undefined ? {} : { body }),
    signal,
  };
}

async function readAnswer(response: HttpResponse, request: HttpRequest): Promise<JsonValue | undefined> {
  const what = `the answer of ${request.method} ${new URL(request.url).pathname}`;
  if (response.headers['content-type'] === undefined) {
    for await (const _ of response.body);
    return undefined;
  }
  return readJson(response, { bodyBytesMax: answerBytesMax, what });
}

function errorOf(answer: JsonValue | undefined, status: number, server: string): RialtoError {
  if (isJsonObject(answer) && isJsonObject(answer.error)) {
    const error = answer.error as unknown as ErrorAnswer['error'];
    if (ownCode.test(error.innererror?.code ?? error.code)) return new ApiError(error);
  }
  return notRialto(server, `it answered status ${status}`);
}

/** The transport speaks of hosts; whoever typed the command thinks of the server. */
function asServerFault(error: unknown, server: string): unknown {
  if (!isRialtoError(error) || error instanceof ApiError) return error;
  if (error.code === 'HOST_UNREACHABLE') {
    return new RialtoError('SERVER_UNREACHABLE', `No Rialto server answers at ${server}.`, { cause: error });
  }
  return error.code === 'HTTP_RESPONSE_INVALID' ? notRialto(server, error.message, error) : error;
}

function notRialto(server: string, why: string, cause?: unknown): RialtoError {
  const options = cause === undefined ? {} : { cause };
  return new RialtoError('SERVER_UNREACHABLE', `What answers at ${server} is no Rialto server: ${why}`, options);
}
