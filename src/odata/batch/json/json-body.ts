/** Bodies within a JSON batch: JSON as it is, texts as texts, all others as base64url (OData JSON 4.01 19.1). */

import { isUtf8 } from 'node:buffer';
import type { MediaType } from '../../media-type.ts';
import { invalidBatch } from '../batch-error.ts';
import { type BatchHeaders, batchHeaderValue } from '../batch-headers.ts';
import { asBuffer } from '../collect-bytes.ts';
import { contentTypeOf, isJsonType } from '../media-type.ts';
import { parseText } from './json-envelope.ts';

type BodyForm = 'json' | 'text' | 'base64url';

/** The bytes of the member `body`. Raises ODATA_BATCH_INVALID when it has not the form that its media type wants. */
export function readJsonBody(bodyText: string, headers: BatchHeaders, what: string): Uint8Array | undefined {
  const form = bodyFormOf(headers, what);
  if (form === 'json') return Buffer.from(bodyText, 'utf8');
  const value = bodyText.startsWith('"') ? (JSON.parse(bodyText) as string) : undefined;
  if (value === undefined) throw invalidBatch(`${what} has a body that is no text, though it is not of type JSON.`);
  const bytes = Buffer.from(value, form === 'text' ? 'utf8' : 'base64url');
  if (form === 'base64url' && !isBase64Url(value)) {
    throw invalidBatch(`${what} has a body that is not base64url, though it is neither of type JSON nor a text.`);
  }
  return bytes.length === 0 ? undefined : bytes;
}

/** The JSON text of the member `body`. Raises ODATA_BATCH_INVALID when the bytes are not what their type says. */
export function printJsonBody(body: Uint8Array, headers: BatchHeaders, what: string): string {
  const form = bodyFormOf(headers, what);
  const bytes = asBuffer(body);
  if (form === 'base64url') return `"${bytes.toString('base64url')}"`;
  if (!isUtf8(bytes)) throw invalidBatch(`${what} has a body that is not UTF-8.`);
  const text = bytes.toString('utf8');
  if (form === 'text') return JSON.stringify(text);
  const json = text.replace(/^\uFEFF/, '').trim();
  parseText(json, `The body of ${what}`);
  return json;
}

/** Fours of characters (RFC 4648 5), of which the last may be two or three, padded to four or not. */
function isBase64Url(text: string): boolean {
  const unpadded = text.endsWith('==') ? text.slice(0, -2) : text.endsWith('=') ? text.slice(0, -1) : text;
  const isPaddingRight = unpadded === text || text.length % 4 === 0;
  return /^[A-Za-z0-9_-]*$/.test(unpadded) && unpadded.length % 4 !== 1 && isPaddingRight;
}

function bodyFormOf(headers: BatchHeaders, what: string): BodyForm {
  const contentType = batchHeaderValue(headers, 'content-type');
  const mediaType = contentType === undefined ? undefined : contentTypeOf(contentType, what);
  if (isJsonType(mediaType)) return 'json';
  return isUnicodeText(mediaType, what) ? 'text' : 'base64url';
}

/** Bodies of texts are Unicode in JSON, so no other character set can be kept. */
function isUnicodeText(mediaType: MediaType | undefined, what: string): boolean {
  if (mediaType?.type.startsWith('text/') !== true) return false;
  const charset = mediaType.parameters.charset?.toLowerCase();
  if (charset === undefined || charset === 'utf-8' || charset === 'us-ascii') return true;
  throw invalidBatch(`${what} is a text in ${charset}; in a JSON batch texts are UTF-8.`);
}
