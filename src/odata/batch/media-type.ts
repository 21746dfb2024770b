/** The value of a `Content-Type` header → media type and parameters. */

import { invalidBatch } from './batch-error.ts';

export interface MediaType {
  /** Lower case, without parameters: `multipart/mixed`. */
  readonly essence: string;
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const essencePattern = /[ \t]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+\/[!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*/y;
/** Values without quotes are taken to the next semicolon: boundaries with `:` or `/` are sent unquoted, too. */
const parameterPattern =
  /;[ \t]*(?:([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"|([^";]*))[ \t]*)?/y;

/** Longest value that is read, in UTF-16 code units. */
const mediaTypeLengthMax = 1_024;

/** Reads a media type (RFC 7231 3.1.1.1). Raises ODATA_BATCH_INVALID; `what` names the place in the message. */
export function parseMediaType(text: string, what: string): MediaType {
  function fail(): never {
    throw invalidBatch(`The Content-Type of ${what} is no media type: "${text.slice(0, 100)}".`);
  }
  if (text.length > mediaTypeLengthMax) fail();
  essencePattern.lastIndex = 0;
  const essence = essencePattern.exec(text)?.[1] ?? fail();
  const parameters = new Map<string, string>();
  let position = essencePattern.lastIndex;
  while (position < text.length) {
    parameterPattern.lastIndex = position;
    const [whole, name, quoted, unquoted] = parameterPattern.exec(text) ?? fail();
    position += whole.length;
    if (name === undefined) continue;
    const lower = name.toLowerCase();
    if (parameters.has(lower)) fail();
    parameters.set(lower, quoted?.replace(/\\([\s\S])/g, '$1') ?? unquoted?.trim() ?? '');
  }
  return { essence: essence.toLowerCase(), parameters };
}

/** Longest boundary (RFC 2046 5.1.1). */
export const boundaryLengthMax = 70;

/** `boundary` as RFC 2046 5.1.1 has it: what is written. */
export const boundaryPattern = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;

/** The boundary of a multipart type; any visible characters are read. Raises ODATA_BATCH_INVALID. */
export function boundaryOf({ parameters }: MediaType, what: string): string {
  const boundary = parameters.get('boundary');
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
    mediaType === undefined ||
    mediaType.essence === 'application/json' ||
    /^application\/.+\+json$/.test(mediaType.essence)
  );
}
