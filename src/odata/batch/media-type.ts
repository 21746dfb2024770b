/** Media types of batches and of what is in them. */

import { isRialtoError } from '../../base/errors.ts';
import { type MediaType, parseMediaType } from '../media-type.ts';
import { invalidBatch } from './batch-error.ts';

/** Reads a `Content-Type`. Raises ODATA_BATCH_INVALID; `what` names the place in the message. */
export function contentTypeOf(text: string, what: string): MediaType {
  try {
    return parseMediaType(text, { isLoose: true });
  } catch (cause) {
    if (!isRialtoError(cause)) throw cause;
    throw invalidBatch(`The Content-Type of ${what} is no media type: "${text.slice(0, 100)}".`, cause);
  }
}

/** Longest boundary (RFC 2046 5.1.1). */
export const boundaryLengthMax = 70;

/** `boundary` as RFC 2046 5.1.1 has it: what is written. */
export const boundaryPattern = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;

/** The boundary of a multipart type; any visible characters are read. Raises ODATA_BATCH_INVALID. */
export function boundaryOf({ parameters }: MediaType, what: string): string {
  const { boundary } = parameters;
  if (boundary === undefined) throw invalidBatch(`The Content-Type of ${what} has no parameter boundary.`);
  if (boundary.length > boundaryLengthMax || !/^[\x20-\x7e]*[\x21-\x7e]$/.test(boundary)) {
    throw invalidBatch(
      `The boundary of ${what} is "${boundary.slice(0, 100)}"; expected 1 to ${boundaryLengthMax} visible characters.`,
    );
  }
  return boundary;
}

/** True for JSON and its subtypes; a body without media type is JSON (OData JSON 4.01 19.1, 19.5). */
export function isJsonType(mediaType: MediaType | undefined): boolean {
  return (
    mediaType === undefined || mediaType.type === 'application/json' || /^application\/.+\+json$/.test(mediaType.type)
  );
}
