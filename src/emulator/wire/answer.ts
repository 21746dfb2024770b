/** Builds responses: JSON, text, nothing, or a stream of JSON pieces. */

import { type JsonValue, printJson } from '../../base/json.ts';
import type { HttpHeaders, HttpResponse } from '../../http/send.ts';

/** The UTF-8 byte-order mark that both services put in front of a plain count. */
export const byteOrderMark = '\uFEFF';

const encoder = new TextEncoder();

/** A response with a JSON value. */
export function jsonAnswer(status: number, value: JsonValue, headers: HttpHeaders = {}): HttpResponse {
  return textAnswer(status, printJson(value), { 'content-type': 'application/json; charset=utf-8', ...headers });
}

/** A response with a text, whose `content-type` is among the headers. */
export function textAnswer(status: number, text: string, headers: HttpHeaders): HttpResponse {
  const bytes = encoder.encode(text);
  return { status, headers: { ...headers, 'content-length': String(bytes.byteLength) }, body: oneChunk(bytes) };
}

/** A response without a body. */
export function emptyAnswer(status: number, headers: HttpHeaders = {}): HttpResponse {
  return { status, headers: status === 204 ? headers : { ...headers, 'content-length': '0' }, body: nothing() };
}

/** A response whose text is made piece by piece while it is sent; small pieces are sent together. */
export function streamAnswer(status: number, pieces: Iterable<string>, headers: HttpHeaders): HttpResponse {
  return { status, headers, body: encodePieces(pieces) };
}

/** The same response with more headers. */
export function withHeaders(answer: HttpResponse, headers: HttpHeaders): HttpResponse {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

const chunkLengthMin = 65_536;

async function* encodePieces(pieces: Iterable<string>): AsyncGenerator<Uint8Array> {
  let pending = '';
  for (const piece of pieces) {
    pending += piece;
    if (pending.length >= chunkLengthMin) {
      yield encoder.encode(pending);
      pending = '';
    }
  }
  if (pending !== '') yield encoder.encode(pending);
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
