/** A body part of type `application/http` → the request or response in it. */

import { invalidBatch } from '../batch-error.ts';
import { type BatchHeaders, derivedHeaders, withoutHeaders } from '../batch-headers.ts';
import type { ReadContext } from '../read-options.ts';
import { readHeaderBlock, readLine, singleValue } from './header-block.ts';
import type { Slice } from './slice.ts';

export interface HttpMessage {
  readonly startLine: string;
  readonly headers: BatchHeaders;
  readonly contentId?: string;
  readonly body?: Uint8Array;
  /** Offset within the batch, for messages. */
  readonly at: number;
}

/**
 * Reads a message (RFC 7230 3) that begins at `start` of the part, with empty lines before it or none. Headers may end
 * with the part, as clients send a GET. Raises ODATA_BATCH_INVALID and LIMIT_EXCEEDED.
 */
export function readHttpMessage(
  part: Slice,
  start: number,
  partHeaders: BatchHeaders,
  context: ReadContext,
): HttpMessage {
  const position = skipEmptyLines(part.bytes, start);
  const at = part.base + position;
  if (position === part.bytes.length)
    throw invalidBatch(`The part at byte ${part.base} holds no HTTP ${context.what}.`);
  const { batchHeaderBytesMax } = context.limits;
  const first = readLine(part, position, { start: position, batchHeaderBytesMax });
  const { headers, end } = readHeaderBlock(part, first.next, { batchHeaderBytesMax });
  const encoding = singleValue(headers, 'transfer-encoding', at);
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw invalidBatch(`The ${context.what} at byte ${at} has a Transfer-Encoding, which a part may not have.`);
  }
  singleValue(headers, 'content-type', at);
  singleValue(headers, 'host', at);
  const contentId = contentIdOf(partHeaders, headers, part.base);
  const body = bodyOf(part.bytes.subarray(end), singleValue(headers, 'content-length', at), at, context);
  return {
    startLine: first.text,
    headers: withoutHeaders(headers, derivedHeaders),
    ...(contentId === undefined ? {} : { contentId }),
    ...(body === undefined ? {} : { body }),
    at,
  };
}

/** `Content-ID` belongs to the part (Protocol 11.7.7.1); F&O and others write it among the headers of the message. */
function contentIdOf(partHeaders: BatchHeaders, headers: BatchHeaders, at: number): string | undefined {
  return singleValue([...partHeaders, ...headers], 'content-id', at);
}

/**
 * The body, which ends where the part ends. `Content-Length` may tell that line ends behind it do not belong to it; it
 * is never a reason to read on, or to leave something out. Without it a body of line ends alone is none.
 */
function bodyOf(
  rest: Buffer,
  contentLength: string | undefined,
  at: number,
  { isTolerant, what }: ReadContext,
): Uint8Array | undefined {
  if (contentLength === undefined) return skipEmptyLines(rest, 0) === rest.length ? undefined : rest;
  if (!/^\d+$/.test(contentLength)) {
    throw invalidBatch(`The Content-Length of the ${what} at byte ${at} is no number of bytes.`);
  }
  const length = Number(contentLength);
  const isRight = length <= rest.length && skipEmptyLines(rest, length) === rest.length;
  if (!isRight && !isTolerant) {
    throw invalidBatch(
      `The ${what} at byte ${at} has a Content-Length of ${length}, but its part holds ${rest.length} bytes of body.`,
    );
  }
  const body = isRight ? rest.subarray(0, length) : rest;
  return body.length === 0 ? undefined : body;
}

/** Offset of the first byte at or behind `start` that is neither CR nor LF. */
function skipEmptyLines(bytes: Buffer, start: number): number {
  let position = start;
  while (bytes[position] === 0x0d || bytes[position] === 0x0a) position += 1;
  return position;
}
