/** JSON text to values without loss: 5 is an integer, 5.0 a float (reference 7.6). */

import { SyntaxErrorAt } from '../../base/errors.ts';
import { checkLimit } from '../../base/limits.ts';
import { numberLengthMax, valueDepthMax, valueTextMax } from './limits.ts';
import type { Value } from './value.ts';

/**
 * Reads a JSON text (RFC 8259). The last of several members of one name wins and stands last.
 * Raises JSON_INVALID with the position, and LIMIT_EXCEEDED.
 */
export function parseValue(text: string, what = 'the JSON text'): Value {
  checkLimit('valueTextMax', valueTextMax, text.length, `The length of ${what}`);
  const reader: Reader = { text, what, position: 0 };
  skipBlanks(reader);
  const value = readValue(reader, 0);
  skipBlanks(reader);
  if (reader.position < text.length) throw invalid(reader, 'the end of the text');
  return value;
}

interface Reader {
  readonly text: string;
  readonly what: string;
  position: number;
}

const numberPattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
/** Characters that a string can hold only as escapes, and the backslash that begins one. */
const special = /[^ !#-[\]-\uffff]/;

function readValue(reader: Reader, depth: number): Value {
  switch (reader.text[reader.position]) {
    case '{':
      return readObject(reader, nextDepth(reader, depth));
    case '[':
      return readArray(reader, nextDepth(reader, depth));
    case '"':
      return readString(reader);
    case 't':
      return readWord(reader, 'true', true);
    case 'f':
      return readWord(reader, 'false', false);
    case 'n':
      return readWord(reader, 'null', null);
    default:
      return readNumber(reader);
  }
}

function readObject(reader: Reader, depth: number): Value {
  const members = new Map<string, Value>();
  reader.position += 1;
  skipBlanks(reader);
  if (take(reader, '}')) return members;
  for (;;) {
    if (reader.text[reader.position] !== '"') throw invalid(reader, 'a member name in double quotes');
    const name = readString(reader);
    skipBlanks(reader);
    if (!take(reader, ':')) throw invalid(reader, "':'");
    skipBlanks(reader);
    const member = readValue(reader, depth);
    members.delete(name);
    members.set(name, member);
    skipBlanks(reader);
    if (take(reader, '}')) return members;
    if (!take(reader, ',')) throw invalid(reader, "',' or '}'");
    skipBlanks(reader);
  }
}

function readArray(reader: Reader, depth: number): Value {
  const items: Value[] = [];
  reader.position += 1;
  skipBlanks(reader);
  if (take(reader, ']')) return items;
  for (;;) {
    items.push(readValue(reader, depth));
    skipBlanks(reader);
    if (take(reader, ']')) return items;
    if (!take(reader, ',')) throw invalid(reader, "',' or ']'");
    skipBlanks(reader);
  }
}

function readString(reader: Reader): string {
  const start = reader.position;
  let end = reader.text.indexOf('"', start + 1);
  while (end >= 0 && backslashesBefore(reader.text, end) % 2 === 1) end = reader.text.indexOf('"', end + 1);
  if (end < 0) throw invalid(reader, 'a string that ends');
  reader.position = end + 1;
  const content = reader.text.slice(start + 1, end);
  if (!special.test(content)) return content;
  try {
    // The engine's own reader knows the escapes and the characters that must be escaped.
    return JSON.parse(`"${content}"`) as string;
  } catch {
    throw invalid({ ...reader, position: start }, 'a string without control characters and with known escapes');
  }
}

function backslashesBefore(text: string, position: number): number {
  let count = 0;
  while (text[position - 1 - count] === '\\') count += 1;
  return count;
}

function readNumber(reader: Reader): Value {
  numberPattern.lastIndex = reader.position;
  const match = numberPattern.exec(reader.text);
  if (match === null) throw invalid(reader, 'a value');
  const [token, fraction, exponent] = match;
  checkLimit('numberLengthMax', numberLengthMax, token.length, `The length of a number in ${reader.what}`);
  if (fraction === undefined && exponent === undefined) {
    reader.position += token.length;
    return BigInt(token);
  }
  const value = Number(token);
  if (!Number.isFinite(value)) throw invalid(reader, 'a number that a double can hold');
  reader.position += token.length;
  return value;
}

function readWord<T extends Value>(reader: Reader, word: string, value: T): T {
  if (!reader.text.startsWith(word, reader.position)) throw invalid(reader, 'a value');
  reader.position += word.length;
  return value;
}

function take(reader: Reader, character: string): boolean {
  if (reader.text[reader.position] !== character) return false;
  reader.position += 1;
  return true;
}

function skipBlanks(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.position);
    // Blank, tab, line feed, carriage return; NaN at the end is none of them.
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return;
    reader.position += 1;
  }
}

function nextDepth(reader: Reader, depth: number): number {
  checkLimit('valueDepthMax', valueDepthMax, depth + 1, `The nesting of ${reader.what}`);
  return depth + 1;
}

function invalid(reader: Reader, expected: string): SyntaxErrorAt {
  const { text, position, what } = reader;
  const found = position < text.length ? `'${text[position]}'` : 'the end';
  return new SyntaxErrorAt(
    'JSON_INVALID',
    `${what} is not JSON at position ${position}: found ${found}, expected ${expected}.`,
    { source: text.slice(0, 1024), position },
  );
}
