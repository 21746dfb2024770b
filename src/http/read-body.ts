/** Bodies read whole, within a limit. */

import { isRialtoError, LimitError, RialtoError } from '../base/errors.ts';
import { type JsonValue, parseJson } from '../base/json.ts';
import type { HttpResponse } from './send.ts';

export interface ReadBodyOptions {
  /** Longest body accepted. */
  readonly bodyBytesMax: number;
  /** What the answer is, for messages: `the answer of GET https://contoso…/data/CustomersV3`. */
  readonly what: string;
}

/** The body as UTF-8 text, without a byte-order mark. Raises LIMIT_EXCEEDED and what the transport raises. */
export async function readText(response: HttpResponse, options: ReadBodyOptions): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > options.bodyBytesMax) {
      throw new LimitError(
        'bodyBytesMax',
        options.bodyBytesMax,
        `The body of ${options.what} is longer than the limit bodyBytesMax of ${options.bodyBytesMax} bytes.`,
      );
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length));
}

/**
 * The first `bytesMax` bytes of a body as text; the rest is let go. For error bodies, which are only looked at: one that
 * breaks off gives what came, since the status has told already how the request ended. Raises ABORTED.
 */
export async function readTextStart(response: HttpResponse, bytesMax: number): Promise<string> {
  if (contentCodingOf(response) !== undefined) {
    await discardBody(response);
    return '';
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body) {
      const piece = chunk.subarray(0, bytesMax - length);
      chunks.push(piece);
      length += piece.byteLength;
      if (length >= bytesMax) break;
    }
  } catch (error) {
    if (!isBrokenOff(error)) throw error;
  }
  return new TextDecoder().decode(Buffer.concat(chunks, length));
}

/**
 * The body as JSON. Raises HTTP_RESPONSE_INVALID when it is HTML or no JSON: a sign-in page, a proxy, another server.
 */
export async function readJson(
  response: HttpResponse,
  options: ReadBodyOptions & {
    /** Reads the text; by default as `parseJson` does. */
    readonly parse?: (text: string) => JsonValue;
  },
): Promise<JsonValue> {
  const text = await readText(response, options);
  const mediaType = mediaTypeOf(response);
  if (mediaType !== undefined && !isJson(mediaType)) throw notJson(response, options.what, `is ${mediaType}`);
  try {
    return options.parse === undefined ? parseJson(text, { what: options.what }) : options.parse(text);
  } catch (cause) {
    throw notJson(response, options.what, text === '' ? 'is empty' : 'does not parse', cause);
  }
}

/** The media type of an answer without parameters, lower case; undefined when it names none. */
export function mediaTypeOf(response: Pick<HttpResponse, 'headers'>): string | undefined {
  const type = response.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  return type === '' ? undefined : type;
}

/** How a body is compressed; undefined when it is not. Nobody here asks for it, and nobody can read it. */
export function contentCodingOf(response: Pick<HttpResponse, 'headers'>): string | undefined {
  const coding = response.headers['content-encoding']?.trim().toLowerCase();
  return coding === '' || coding === 'identity' ? undefined : coding;
}

/** Lets a body go that nobody will read, so that its socket is free again. */
export async function discardBody(response: HttpResponse): Promise<void> {
  await response.body[Symbol.asyncIterator]().return?.();
}

/** True for JSON in all its names: `application/json`, `application/problem+json`. */
export function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType === 'text/json' || mediaType.endsWith('+json');
}

function isBrokenOff(error: unknown): boolean {
  return isRialtoError(error) && (error.code === 'HOST_UNREACHABLE' || error.code === 'TIMEOUT');
}

function notJson(response: HttpResponse, what: string, found: string, cause?: unknown): RialtoError {
  return new RialtoError(
    'HTTP_RESPONSE_INVALID',
    `JSON was expected of ${what}, but its body ${found} (status ${response.status}).`,
    cause === undefined ? {} : { cause },
  );
}
