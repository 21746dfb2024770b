/** The fetch hook of openid-client over our `Send`, so that proxies, tests and the emulator serve token requests too. */

import type { CustomFetch, FetchBody } from 'openid-client';
import { RialtoError } from '../base/errors.ts';
import { type HttpHeaders, type HttpRequest, readText, type Send } from '../http/index.ts';

/** The last answer, kept beside the library, whose errors tell less than the answer itself. */
export interface TokenAnswer {
  status: number;
  headers: HttpHeaders;
  body: string;
}

/** Longest answer of a token service that is read. */
const answerBytesMax = 1_048_576;

/** A fetch that sends through `send`, under `signal`, and writes the answer into `answer`. */
export function fetchOver(send: Send, answer: TokenAnswer, signal: AbortSignal | undefined): CustomFetch {
  return async (url, options) => {
    const request: HttpRequest = {
      method: options.method,
      url,
      headers: lowerCaseNames(options.headers),
      ...bodyOf(options.body),
      ...(signal === undefined ? {} : { signal }),
    };
    const response = await send(request);
    const body = await readText(response, { bodyBytesMax: answerBytesMax, what: `the answer of ${url}` });
    Object.assign(answer, { status: response.status, headers: response.headers, body });
    const hasBody = body !== '' && response.status !== 204 && response.status !== 304;
    return new Response(hasBody ? body : null, { status: response.status, headers: response.headers });
  };
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): HttpHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function bodyOf(body: FetchBody): { readonly body: string | Uint8Array } | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) return { body };
  if (body instanceof URLSearchParams) return { body: body.toString() };
  throw new RialtoError('INTERNAL', 'A token request has a body of a kind that is not sent to token services.');
}
