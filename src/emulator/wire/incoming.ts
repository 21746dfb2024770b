/** A request as the handlers read it: path and query still encoded, the body read on demand and bounded. */

import { ServiceError } from '../../base/errors.ts';
import type { HttpHeaders, HttpRequest } from '../../http/send.ts';
import { refusal } from './refusal.ts';

export interface Incoming {
  /** Upper case. */
  readonly method: string;
  /** Scheme, host and port as the caller addressed them, lower case: `http://127.0.0.1:8367`. */
  readonly origin: string;
  /** Still percent-encoded, with its leading slash. */
  readonly path: string;
  /** Still percent-encoded, without the question mark. */
  readonly query: string;
  readonly headers: HttpHeaders;
  /** The whole body as text, without a byte-order mark. Raises SERVICE_ERROR: 413 above the limit, 400 when it is not UTF-8. */
  readText(): Promise<string>;
}

/** Takes a request apart. */
export function readIncoming(request: HttpRequest, bodyBytesMax: number): Incoming {
  const url = new URL(request.url);
  return {
    method: request.method,
    origin: url.origin,
    path: url.pathname,
    query: url.search.slice(1),
    headers: request.headers,
    readText: () => readText(request.body, bodyBytesMax),
  };
}

async function readText(body: HttpRequest['body'], bodyBytesMax: number): Promise<string> {
  if (body === undefined) return '';
  if (typeof body === 'string') {
    if (Buffer.byteLength(body) > bodyBytesMax) throw tooLarge(bodyBytesMax);
    return body;
  }
  if (body instanceof Uint8Array) {
    if (body.byteLength > bodyBytesMax) throw tooLarge(bodyBytesMax);
    return decode(body);
  }
  return decode(await readBytes(body, bodyBytesMax));
}

async function readBytes(body: AsyncIterable<Uint8Array>, bodyBytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.byteLength;
      if (length > bodyBytesMax) throw tooLarge(bodyBytesMax);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    // The caller has gone away in the middle: no fault of the service.
    throw refusal(400, '0x80048d19', `The request body ended after ${length} bytes.`);
  }
  return Buffer.concat(chunks);
}

/** Other bytes than UTF-8 are refused, not replaced: a replaced letter would be stored. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw refusal(400, '0x80048d19', 'The request body is not encoded as UTF-8.');
  }
}

function tooLarge(bodyBytesMax: number): ServiceError {
  const message = `The request body is larger than the limit requestBodyBytesMax of ${bodyBytesMax} bytes.`;
  return refusal(413, '0x8004418a', message);
}
