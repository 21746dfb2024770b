/** Content envelopes: bytes with their content type inside JSON (reference 6.2). */

import { isObjectValue, type ObjectValue, objectValue, type Value } from './value.ts';

export interface Envelope {
  readonly contentType: string;
  /** Base64 of the bytes, as written. */
  readonly content: string;
}

/** The envelope that a value is; undefined for any other value. */
export function envelopeOf(value: Value): Envelope | undefined {
  if (!isObjectValue(value)) return undefined;
  const contentType = value.get('$content-type');
  const content = value.get('$content');
  return typeof contentType === 'string' && typeof content === 'string' ? { contentType, content } : undefined;
}

/** An envelope as a value. */
export function envelopeValue(contentType: string, content: string): ObjectValue {
  return objectValue({ '$content-type': contentType, $content: content });
}

/** The bytes of a base64 text, blanks tolerated; undefined when it is not base64. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/[ \t\r\n]/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  return new Uint8Array(Buffer.from(compact, 'base64'));
}

/** Base64 of the UTF-8 bytes of a text. */
export function encodeBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** The charset of a content type, UTF-8 where it names none. */
export function charsetOf(contentType: string): string {
  return /;\s*charset\s*=\s*"?([^";\s]+)"?/i.exec(contentType)?.[1] ?? 'utf-8';
}

/** Bytes as text, invalid bytes as U+FFFD; undefined when the charset is unknown. */
export function decodeText(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  } catch {
    // TextDecoder's only complaint here is about the name of the charset; the caller says whose it is.
    return undefined;
  }
}
