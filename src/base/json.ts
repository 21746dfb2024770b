/** JSON as a type, as text without loss, and JSON pointers (RFC 6901). */

import { SyntaxErrorAt } from './errors.ts';
import { checkLimit } from './limits.ts';

/** `bigint` stands for integers outside ±(2^53 − 1), where a double has gaps. */
export type JsonPrimitive = string | number | bigint | boolean | null;
export type JsonObject = { readonly [name: string]: JsonValue };
export type JsonArray = readonly JsonValue[];
export type JsonValue = JsonPrimitive | JsonObject | JsonArray;

/** True for a JSON object: neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface ParseJsonOptions {
  /** Longest text accepted, in UTF-16 code units. */
  readonly lengthMax?: number;
  /** What the text is, for messages: `the request body`. */
  readonly what?: string;
}

const maybeBeyondDouble = /\d{16}/;

/**
 * Reads a JSON text. Integers outside ±(2^53 − 1) become `bigint`; everything else is as with `JSON.parse`.
 * Raises JSON_INVALID with the position, and LIMIT_EXCEEDED.
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): JsonValue {
  const what = options.what ?? 'the JSON text';
  if (options.lengthMax !== undefined) checkLimit('jsonLengthMax', options.lengthMax, text.length, what);
  const prepared = maybeBeyondDouble.test(text) ? markBigIntegers(text) : { text, marked: false };
  try {
    return JSON.parse(prepared.text, prepared.marked ? reviveBigInteger : undefined) as JsonValue;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const position = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
    throw new SyntaxErrorAt('JSON_INVALID', `${what} is not JSON: ${reason}`, {
      source: text.slice(0, 1024),
      position,
    });
  }
}

/** Writes a JSON value as text; `bigint` as plain digits. */
export function printJson(value: JsonValue | undefined, indent?: number): string {
  if (!holdsBigInteger(value)) return JSON.stringify(value, undefined, indent) ?? 'null';
  const marked = JSON.stringify(
    value,
    (_name, member) => (typeof member === 'bigint' ? `${bigIntegerMark}${member}` : member),
    indent,
  );
  return marked.replace(new RegExp(`"${bigIntegerMark}(-?\\d+)"`, 'g'), '$1');
}

/** A JSON pointer (RFC 6901) from its reference tokens: `jsonPointer(['actions', 'a/b'])` is `/actions/a~1b`. */
export function jsonPointer(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A string that no document of ours holds: a private-use character in front of the digits. */
const bigIntegerMark = '\uE000bigint:';

/** Puts every integer outside the safe range into a marked string, outside of string literals. */
function markBigIntegers(text: string): { readonly text: string; readonly marked: boolean } {
  let marked = false;
  // A string that does not end goes to the end of the text: no place in it is looked at twice.
  const prepared = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs, (token) => {
    if (token.startsWith('"') || !/^-?\d{16,}$/.test(token) || Number.isSafeInteger(Number(token))) return token;
    marked = true;
    return `"${bigIntegerMark}${token}"`;
  });
  return { text: prepared, marked };
}

function reviveBigInteger(_name: string, member: unknown): unknown {
  return typeof member === 'string' && member.startsWith(bigIntegerMark)
    ? BigInt(member.slice(bigIntegerMark.length))
    : member;
}

function holdsBigInteger(value: JsonValue | undefined): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsBigInteger);
}
