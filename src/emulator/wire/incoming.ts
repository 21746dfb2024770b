/** A request as the handlers read it: path and query still encoded, the body read on demand and bounded. */

import { ServiceError } from '../../base/errors.ts';
import type { HttpHeaders, HttpRequest } from '../../http/send.ts';

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
  /** The whole body as text. Raises SERVICE_ERROR with status 413 above the limit. */
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
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > bodyBytesMax) throw tooLarge(bodyBytesMax);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function tooLarge(bodyBytesMax: number): ServiceError {
  const message = `The request body is larger than the limit requestBodyBytesMax of ${bodyBytesMax} bytes.`;
  return new ServiceError('SERVICE_ERROR', message, {
    details: { status: 413, serviceCode: '0x8004418a', serviceMessage: message },
  });
}
