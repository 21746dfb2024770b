/** Media types with their parameters, of Accept, Content-Type and `$format`. */

import { checkLimit } from '../base/limits.ts';
import { foundAt, ODataSyntaxError } from './literal/odata-syntax-error.ts';

/** `application/json;odata.metadata=minimal`, taken apart. */
export interface MediaType {
  /** In lower case: `application/json`. */
  readonly type: string;
  /** By names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
}

const mediaTypesLengthMax = 4_096;
const mediaTypesMax = 100;

const token = /[A-Za-z0-9!#$%&'*+.^_`|~-]+/y;
const quoted = /"((?:[^"\\]|\\.)*)"/sy;

export interface ParseMediaTypeOptions {
  /** Whether a value without quotes goes on to the next semicolon: boundaries are sent so with `:` and `/`. Default false. */
  readonly isLoose?: boolean;
}

/** Reads one media type (RFC 9110 8.3.1). Raises ODATA_SYNTAX, also for a parameter that stands twice, and LIMIT_EXCEEDED. */
export function parseMediaType(text: string, { isLoose = false }: ParseMediaTypeOptions = {}): MediaType {
  checkLimit('mediaTypesLengthMax', mediaTypesLengthMax, text.length, 'The length of the media type');
  const { mediaType, end } = mediaTypeAt(text, blanksEnd(text, 0), isLoose);
  if (end < text.length) throw unexpected(text, end, '";" or the end');
  return mediaType;
}

/** Reads a list of media types with commas between them, as Accept has it (RFC 9110 12.5.1). Raises as above. */
export function parseMediaTypes(text: string): readonly MediaType[] {
  checkLimit('mediaTypesLengthMax', mediaTypesLengthMax, text.length, 'The length of the media types');
  const types: MediaType[] = [];
  let position = 0;
  for (;;) {
    const start = emptiesEnd(text, position, ',');
    if (start === text.length && types.length > 0) return types;
    const read = mediaTypeAt(text, start, false);
    types.push(read.mediaType);
    checkLimit('mediaTypesMax', mediaTypesMax, types.length, 'The number of media types');
    position = read.end;
    if (position === text.length) return types;
    if (text[position] !== ',') throw unexpected(text, position, '";", "," or the end');
    position += 1;
  }
}

function mediaTypeAt(
  text: string,
  start: number,
  isLoose: boolean,
): { readonly mediaType: MediaType; readonly end: number } {
  const type = tokenAt(text, start, 'a media type such as application/json');
  if (text[type.end] !== '/') throw unexpected(text, type.end, '"/"');
  const subtype = tokenAt(text, type.end + 1, 'a media subtype');
  const parameters = new Map<string, string>();
  let position = blanksEnd(text, subtype.end);
  while (text[position] === ';') {
    position = emptiesEnd(text, position, ';');
    if (position === text.length || text[position] === ',') break;
    const name = tokenAt(text, position, 'a parameter');
    const equals = isLoose ? blanksEnd(text, name.end) : name.end;
    if (text[equals] !== '=') throw unexpected(text, equals, '"="');
    const value = parameterValueAt(text, isLoose ? blanksEnd(text, equals + 1) : equals + 1, isLoose);
    const lower = name.value.toLowerCase();
    if (parameters.has(lower)) throw unexpected(text, position, `${lower} once`);
    parameters.set(lower, value.value);
    position = blanksEnd(text, value.end);
  }
  const mediaType = {
    type: `${type.value}/${subtype.value}`.toLowerCase(),
    parameters: Object.fromEntries(parameters),
  };
  return { mediaType, end: position };
}

interface Part {
  readonly value: string;
  readonly end: number;
}

function parameterValueAt(text: string, start: number, isLoose: boolean): Part {
  quoted.lastIndex = start;
  const inQuotes = quoted.exec(text);
  if (inQuotes === null) {
    if (!isLoose || text[start] === '"') return tokenAt(text, start, 'the value of the parameter');
    const semicolon = text.indexOf(';', start);
    const end = semicolon === -1 ? text.length : semicolon;
    return { value: text.slice(start, end).trim(), end };
  }
  return { value: (inQuotes[1] ?? '').replace(/\\(.)/gs, '$1'), end: start + inQuotes[0].length };
}

function tokenAt(text: string, start: number, expected: string): Part {
  token.lastIndex = start;
  const value = token.exec(text)?.[0];
  if (value === undefined) throw unexpected(text, start, expected);
  return { value, end: start + value.length };
}

/** The position behind blanks and separators; RFC 9110 5.6.1 and 5.6.6 have nothing between two of them. */
function emptiesEnd(text: string, start: number, separator: string): number {
  let position = blanksEnd(text, start);
  while (text[position] === separator) position = blanksEnd(text, position + 1);
  return position;
}

function blanksEnd(text: string, start: number): number {
  let position = start;
  while (text[position] === ' ' || text[position] === '\t') position += 1;
  return position;
}

function unexpected(source: string, position: number, expected: string): ODataSyntaxError {
  return new ODataSyntaxError({ what: 'The media type', source, position, found: foundAt(source, position), expected });
}
