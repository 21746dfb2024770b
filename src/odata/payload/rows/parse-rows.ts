/** The bytes of whole rows → rows, all of them at once. */

import { isRialtoError } from '../../../base/errors.ts';
import type { JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import type { Row } from '../../row.ts';
import { type DecimalForm, exactNumberOf } from '../exact-number.ts';
import { JsonParser } from '../json-parser.ts';
import { decodeBytes, invalidPayload } from '../payload-bytes.ts';
import { payloadLimits } from '../payload-limits.ts';
import { findLossyNumbers, type NumberPlace } from './lossy-numbers.ts';

export interface ParseRowsOptions {
  readonly decimals: DecimalForm;
  /** Where the bytes stand in the payload, for messages. */
  readonly offset: number;
}

/** Stands before the digits of a number that was made a text for JSON.parse; rows that hold it are read byte by byte. */
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

function tryParseRows(rows: Buffer, options: ParseRowsOptions): readonly Row[] | undefined {
  const lossy = findLossyNumbers(rows, options.decimals);
  const text = lossy.length === 0 ? decodeBytes(rows, 'The payload') : markedText(rows, lossy);
  if (text === undefined) return undefined;
  let read: JsonValue[];
  try {
    read = JSON.parse(`[${text}]`) as JsonValue[];
  } catch {
    return undefined;
  }
  const settle = { decimals: options.decimals, isMarked: lossy.length > 0 };
  for (const row of read) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined;
    if (!isSettled(row as Record<string, JsonValue>, 1, settle)) return undefined;
  }
  return read as readonly Row[];
}

/** The rows with quotes around these numbers; undefined when they hold the mark themselves. */
function markedText(rows: Buffer, places: readonly NumberPlace[]): string | undefined {
  if (rows.includes(mark) || /\\ue000/i.test(rows.toString('latin1'))) return undefined;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of places) {
    // A number within a text breaks the text, and so the JSON.
    parts.push(decodeBytes(rows.subarray(from, start), 'The payload'), `"${mark}${rows.toString('latin1', start, end)}"`);
    from = end;
  }
  parts.push(decodeBytes(rows.subarray(from), 'The payload'));
  return parts.join('');
}

interface Settle {
  readonly decimals: DecimalForm;
  readonly isMarked: boolean;
}

/** Puts exact numbers in the place of marked texts, and keeps the depth; false for a number beyond all doubles. */
function isSettled(container: Record<string, JsonValue> | JsonValue[], depth: number, settle: Settle): boolean {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, depth, 'The depth of the payload');
  if (Array.isArray(container)) {
    for (let index = 0; index < container.length; index += 1) {
      const value = container[index];
      if (typeof value === 'object' && value !== null) {
        if (!isSettled(value as JsonValue[], depth + 1, settle)) return false;
      } else if (typeof value === 'string') {
        if (settle.isMarked && value.startsWith(mark)) container[index] = exactNumber(value, settle);
      } else if (isInfinite(value) && settle.decimals === 'text') return false;
    }
    return true;
  }
  for (const name in container) {
    const value = container[name];
    if (typeof value === 'object' && value !== null) {
      if (!isSettled(value as JsonValue[], depth + 1, settle)) return false;
    } else if (typeof value === 'string') {
      // An assignment to `__proto__` would be safe too, since the member is there already.
      if (settle.isMarked && value.startsWith(mark)) container[name] = exactNumber(value, settle);
    } else if (isInfinite(value) && settle.decimals === 'text') return false;
  }
  return true;
}

function isInfinite(value: unknown): boolean {
  return value === Infinity || value === -Infinity;
}

function exactNumber(marked: string, settle: Settle): JsonValue {
  return exactNumberOf(marked.slice(mark.length), settle.decimals);
}

function parseSlowly(rows: Buffer, { decimals, offset }: ParseRowsOptions): readonly Row[] {
  const parser = new JsonParser({ decimals, root: 'array', depthMax: payloadLimits.payloadDepthMax + 1 });
  parser.push(Buffer.from('['), 0, offset - 1);
  const end = parser.push(rows, 0, offset);
  if (end === rows.length) parser.push(Buffer.from(']'), 0, offset + rows.length);
  if (end < rows.length || !parser.isComplete) throw invalidPayload(`The rows at byte ${offset} are not JSON.`);
  return parser.value as readonly Row[];
}
