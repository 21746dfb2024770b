/** The bytes of whole rows → rows, all of them at once. */

import { isRialtoError } from '../../../base/errors.ts';
import type { JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import type { Row } from '../../row.ts';
import type { DecimalForm } from '../exact-number.ts';
import { JsonParser } from '../json-parser.ts';
import { decodeBytes, invalidPayload } from '../payload-bytes.ts';
import { payloadLimits } from '../payload-limits.ts';
import { findLossyNumbers, type LossyNumber, mayHoldTinyNumber } from './lossy-numbers.ts';

export interface ParseRowsOptions {
  readonly decimals: DecimalForm;
  /** Where the bytes stand in the payload, for messages. */
  readonly offset: number;
}

/** Begins the texts that stand for numbers while JSON.parse reads; rows that hold it are read byte by byte. */
const mark = '\uE000';

/**
 * Reads rows with commas between them. Raises ODATA_PAYLOAD_INVALID with the byte where they go wrong, and
 * LIMIT_EXCEEDED.
 */
export function parseRows(rows: Buffer, options: ParseRowsOptions): readonly Row[] {
  const read = tryParseRows(rows, options);
  if (read !== undefined) return read;
  // What JSON.parse does not read as rows is either wrong, which this finds, or its numbers need care.
  return parseSlowly(rows, options);
}

/** The same for what may not be rows: undefined when it is not. Raises LIMIT_EXCEEDED only. */
export function rowsIfAny(rows: Buffer, options: ParseRowsOptions): readonly Row[] | undefined {
  try {
    return tryParseRows(rows, options);
  } catch (cause) {
    if (isRialtoError(cause) && cause.code === 'LIMIT_EXCEEDED') throw cause;
    return undefined;
  }
}

function tryParseRows(rows: Buffer, options: ParseRowsOptions, findsTiny = false): readonly Row[] | undefined {
  const { decimals } = options;
  const plain = decodeBytes(rows, 'The payload');
  const lossy = findLossyNumbers(rows, { decimals, text: plain, findsTiny });
  const text = lossy.length === 0 ? plain : markedText(rows, plain, lossy);
  if (text === undefined) return undefined;
  let read: JsonValue[];
  try {
    read = JSON.parse(`[${text}]`) as JsonValue[];
  } catch {
    return undefined;
  }
  const settling: Settling = { lossy, hasInfinity: false, hasTiny: false };
  for (const row of read) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined;
    settle(row, 1, settling);
  }
  if (decimals === 'text' && settling.hasInfinity) return undefined;
  // A zero may have been written as one.
  const isTiny = decimals === 'text' && settling.hasTiny && !findsTiny && mayHoldTinyNumber(plain);
  return isTiny ? tryParseRows(rows, options, true) : (read as readonly Row[]);
}

/** The rows with a marked text in the place of each of these numbers; undefined when they hold the mark themselves. */
function markedText(rows: Buffer, plain: string, lossy: readonly LossyNumber[]): string | undefined {
  if (plain.includes(mark) || /\\ue000/i.test(plain)) return undefined;
  // Where all is ASCII, places in the bytes are places in the text.
  const part =
    plain.length === rows.length
      ? (start: number, end: number) => plain.slice(start, end)
      : (start: number, end: number) => rows.toString('utf8', start, end);
  const parts: string[] = [];
  let from = 0;
  for (const [index, { start, end }] of lossy.entries()) {
    // A number within a text breaks the text, and so the JSON.
    parts.push(part(from, start), `"${mark}${index}"`);
    from = end;
  }
  parts.push(part(from, rows.length));
  return parts.join('');
}

/** What is found in rows that JSON.parse has read. */
interface Settling {
  readonly lossy: readonly LossyNumber[];
  hasInfinity: boolean;
  hasTiny: boolean;
}

/** The least double but one that has all its digits, and all that are smaller, zero among them. */
const tinyMax = 1e-300;

/** Puts exact numbers in the place of marked texts, keeps the depth, and says what numbers there are. A hot loop. */
function settle(container: object, depth: number, settling: Settling): void {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, depth, 'The depth of the payload');
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

function parseSlowly(rows: Buffer, { decimals, offset }: ParseRowsOptions): readonly Row[] {
  const parser = new JsonParser({ decimals, root: 'array', depthMax: payloadLimits.payloadDepthMax + 1 });
  parser.push(Buffer.from('['), 0, offset - 1);
  const end = parser.push(rows, 0, offset);
  if (end === rows.length) parser.push(Buffer.from(']'), 0, offset + rows.length);
  if (end < rows.length || !parser.isComplete) throw invalidPayload(`The rows at byte ${offset} are not JSON.`);
  return parser.value as readonly Row[];
}
