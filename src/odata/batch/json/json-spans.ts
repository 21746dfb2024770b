/** Where the values stand in a JSON text, so that they can be taken as they are written. */

import { checkLimit } from '../../../base/limits.ts';

/** A value of a JSON text: from its first to behind its last character. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

/** Raises LIMIT_EXCEEDED when objects and arrays of a text, JSON or not, nest deeper than `batchDepthMax`. */
export function checkJsonDepth(text: string, batchDepthMax: number): void {
  let depth = 0;
  for (let position = 0; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === quote) position = endOfString(text, position) - 1;
    else if (isOpening(code)) {
      depth += 1;
      checkLimit('batchDepthMax', batchDepthMax, depth, 'The depth of the JSON batch');
    } else if (isClosing(code)) depth -= 1;
  }
}

/** The members of the object that begins at `start` of a valid JSON text; of one name the last, as `JSON.parse` has it. */
export function memberSpans(text: string, start: number): ReadonlyMap<string, JsonSpan> {
  const members = new Map<string, JsonSpan>();
  let position = skipBlanks(text, start + 1);
  while (text[position] === '"') {
    const nameEnd = endOfString(text, position);
    const name = JSON.parse(text.slice(position, nameEnd)) as string;
    const valueStart = skipBlanks(text, skipBlanks(text, nameEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    members.set(name, { start: valueStart, end: valueEnd });
    position = skipSeparator(text, valueEnd);
  }
  return members;
}

/** The items of the array that begins at `start` of a valid JSON text. */
export function itemSpans(text: string, start: number): readonly JsonSpan[] {
  const items: JsonSpan[] = [];
  let position = skipBlanks(text, start + 1);
  while (position < text.length && text[position] !== ']') {
    const end = endOfValue(text, position);
    items.push({ start: position, end });
    position = skipSeparator(text, end);
  }
  return items;
}

/** Offset of the first character that is no white space of JSON. */
export function skipBlanks(text: string, start: number): number {
  let position = start;
  while (isBlank(text.charCodeAt(position))) position += 1;
  return position;
}

/** The texts of a JSON text, names of members included. */
export function* stringSpans(text: string): Iterable<JsonSpan> {
  for (let start = text.indexOf('"'); start !== -1; ) {
    const end = endOfString(text, start);
    yield { start, end };
    start = text.indexOf('"', end);
  }
}

const quote = 0x22;
const backslash = 0x5c;

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isOpening(code: number): boolean {
  return code === 0x5b || code === 0x7b;
}

function isClosing(code: number): boolean {
  return code === 0x5d || code === 0x7d;
}

/** Behind the white space and the comma, if there is one, that follow a value. */
function skipSeparator(text: string, start: number): number {
  const position = skipBlanks(text, start);
  return text[position] === ',' ? skipBlanks(text, position + 1) : position;
}

/** Behind the quote that ends a text, or behind everything when there is none. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length + 1 : end + 1;
}

/** Whether an odd number of backslashes stands before a quote. */
function isEscaped(text: string, quoteAt: number): boolean {
  let position = quoteAt;
  while (text.charCodeAt(position - 1) === backslash) position -= 1;
  return (quoteAt - position) % 2 === 1;
}

/** Offset behind the value that begins at `start` of a valid JSON text. */
export function endOfValue(text: string, start: number): number {
  let depth = 0;
  let position = start;
  do {
    const code = text.charCodeAt(position);
    if (code === quote) position = endOfString(text, position);
    else if (isOpening(code) || isClosing(code)) {
      depth += isOpening(code) ? 1 : -1;
      position += 1;
    } else if (depth > 0) position += 1;
    else return endOfScalar(text, position);
  } while (depth > 0 && position < text.length);
  return position;
}

/** A number, true, false or null. */
function endOfScalar(text: string, start: number): number {
  let position = start;
  while (position < text.length && !',]}'.includes(text.charAt(position)) && !isBlank(text.charCodeAt(position))) {
    position += 1;
  }
  return position;
}
