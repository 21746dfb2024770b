/** The bytes of JSON values with commas between them → the values, with JSON.parse and yet with every digit. */

import type { JsonValue } from '../../base/json.ts';
import { checkLimit } from '../../base/limits.ts';
import type { DecimalForm } from './exact-number.ts';
import { findLossyNumbers, type LossyNumber, mayHoldTinyNumber } from './lossy-numbers.ts';
import { decodeBytes } from './payload-bytes.ts';

export interface ParseItemsOptions {
  readonly decimals: DecimalForm;
  /** Objects and arrays within each other, the values included. */
  readonly depthMax: number;
}

/** Begins the texts that stand for numbers while JSON.parse reads; rows that hold it are read byte by byte. */
const mark = '\uE000';

/**
 * The values; undefined when this is not JSON, or not what JSON.parse can read with every digit, for which there is
 * JsonParser. Raises ODATA_PAYLOAD_INVALID for what is not UTF-8, and LIMIT_EXCEEDED.
 */
export function tryParseItems(bytes: Buffer, options: ParseItemsOptions): readonly JsonValue[] | undefined {
  return parseItems(bytes, options, false);
}

function parseItems(bytes: Buffer, options: ParseItemsOptions, findsTiny: boolean): readonly JsonValue[] | undefined {
  const { decimals, depthMax } = options;
  const plain = decodeBytes(bytes, 'The payload');
  const lossy = findLossyNumbers(bytes, { decimals, text: plain, findsTiny });
  const text = lossy.length === 0 ? plain : markedText(bytes, plain, lossy);
  if (text === undefined) return undefined;
  let items: JsonValue[];
  try {
    items = JSON.parse(`[${text}]`) as JsonValue[];
  } catch {
    return undefined;
  }
  const settling: Settling = { lossy, depthMax, hasInfinity: false, hasTiny: false };
  settle(items, 0, settling);
  if (decimals === 'text' && settling.hasInfinity) return undefined;
  // A zero may have been written as one.
  const isTiny = decimals === 'text' && settling.hasTiny && !findsTiny && mayHoldTinyNumber(plain);
  return isTiny ? parseItems(bytes, options, true) : items;
}

/** The text with a marked one in the place of each of these numbers; undefined when they hold the mark themselves. */
function markedText(bytes: Buffer, plain: string, lossy: readonly LossyNumber[]): string | undefined {
  if (plain.includes(mark) || /\\ue000/i.test(plain)) return undefined;
  // Where all is ASCII, places in the bytes are places in the text.
  const part =
    plain.length === bytes.length
      ? (start: number, end: number) => plain.slice(start, end)
      : (start: number, end: number) => bytes.toString('utf8', start, end);
  const parts: string[] = [];
  let from = 0;
  for (const [index, { start, end }] of lossy.entries()) {
    // A number within a text breaks the text, and so the JSON.
    parts.push(part(from, start), `"${mark}${index}"`);
    from = end;
  }
  parts.push(part(from, bytes.length));
  return parts.join('');
}

/** What is found in values that JSON.parse has read. */
interface Settling {
  readonly lossy: readonly LossyNumber[];
  readonly depthMax: number;
  hasInfinity: boolean;
  hasTiny: boolean;
}

/** The least double but one that has all its digits, and all that are smaller, zero among them. */
const tinyMax = 1e-300;

/** Puts exact numbers in the place of marked texts, keeps the depth, and says what numbers there are. A hot loop. */
function settle(container: object, depth: number, settling: Settling): void {
  checkLimit('payloadDepthMax', settling.depthMax, depth, 'The depth of the payload');
  const members = container as Record<string | number, JsonValue>;
  if (Array.isArray(container)) {
    for (let index = 0; index < container.length; index += 1) settleMember(members, index, depth, settling);
  } else {
    for (const name in members) settleMember(members, name, depth, settling);
  }
}

function settleMember(
  members: Record<string | number, JsonValue>,
  name: string | number,
  depth: number,
  settling: Settling,
): void {
  const value = members[name];
  if (typeof value === 'string') {
    const { lossy } = settling;
    // An assignment to `__proto__` is safe, since a member of that name is there already.
    if (lossy.length > 0 && value.startsWith(mark)) {
      members[name] = lossy[Number(value.slice(mark.length))]?.value ?? null;
    }
  } else if (typeof value === 'number') {
    if (value < tinyMax && value > -tinyMax) settling.hasTiny = true;
    else if (value === Infinity || value === -Infinity) settling.hasInfinity = true;
  } else if (typeof value === 'object' && value !== null) settle(value, depth + 1, settling);
}
