/** A JSON file as it was given: its value, and its text so that nothing of it is lost. */

import { RialtoError } from '../../../base/errors.ts';
import type { JsonObject } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import { fromJson, type ObjectValue, parseValue, printValue, type Value } from '../../expression/index.ts';
import { rawValue, repeatedMembers } from './raw-json.ts';

/** Longest text of a file that holds a definition, in characters. */
export const documentTextMax = 16_777_216;
/** Most members named twice that are listed. */
const repeatedMax = 20;

export interface JsonDocument {
  /** Path in the folder or archive that it came in; empty for a document on its own. */
  readonly file: string;
  readonly value: Value;
  /** The text as it was given; undefined for a document that was given as data. */
  readonly text: string | undefined;
  /** Pointers of members that stand twice in their object; the last one counts. */
  readonly repeated: readonly string[];
}

/** Reads a JSON file: text, UTF-8 bytes or data. Raises JSON_INVALID and LIMIT_EXCEEDED. */
export function readJsonDocument(source: string | Uint8Array | JsonObject | ObjectValue, file: string): JsonDocument {
  if (typeof source === 'string' || source instanceof Uint8Array) {
    const what = file === '' ? 'the document' : `the file '${file.slice(0, 200)}'`;
    checkLimit('documentTextMax', documentTextMax, source.length, `The length of ${what}`);
    const text = (typeof source === 'string' ? source : decoded(source, what)).replace(/^\ufeff/, '');
    return { file, value: parseValue(text, what), text, repeated: repeatedMembers(text, repeatedMax) };
  }
  const value = source instanceof Map ? (source as ObjectValue) : fromJson(source as JsonObject);
  return { file, value, text: undefined, repeated: [] };
}

/** The text of the value at a path of the document, spelt as it was given. */
export function documentText(document: JsonDocument, path: readonly (string | number)[], value: Value): string {
  const raw = document.text === undefined ? undefined : rawValue(document.text, path);
  return raw ?? printValue(value);
}

function decoded(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new RialtoError('JSON_INVALID', `${what} is not JSON: its bytes are not UTF-8.`, { cause });
  }
}
