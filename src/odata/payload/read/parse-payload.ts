/** A payload that is at hand as a whole → its JSON value, with every digit. */

import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import type { DecimalForm } from '../exact-number.ts';
import { JsonParser } from '../json-parser.ts';
import { bufferOf, bytes, decodeBytes, invalidPayload } from '../payload-bytes.ts';
import { payloadLimits } from '../payload-limits.ts';

/** A payload as text, or as the bytes of it in UTF-8. */
export type PayloadText = string | Uint8Array;

/** What may hold a number that a double does not: sixteen digits, or an exponent of three. */
const maybeBeyondDouble = /[\d.]{16}|[eE][+-]?\d{3}/;

/** The object that a payload is. Raises ODATA_PAYLOAD_INVALID with the byte where it goes wrong, and LIMIT_EXCEEDED. */
export function parsePayload(payload: PayloadText, decimals: DecimalForm = 'text'): JsonObject {
  const whole = typeof payload === 'string' ? Buffer.from(payload) : bufferOf(payload);
  const hasMark = bytes.mark.every((code, index) => whole[index] === code);
  const text = decodeBytes(hasMark ? whole.subarray(bytes.mark.length) : whole, 'The payload');
  // The rows of a collection are two levels within it.
  const depthMax = payloadLimits.payloadDepthMax + 2;
  const quick = maybeBeyondDouble.test(text) ? undefined : quickly(text, depthMax);
  if (quick !== undefined) return quick;
  const parser = new JsonParser({ decimals, root: 'object', depthMax });
  const start = hasMark ? bytes.mark.length : 0;
  const end = parser.push(whole, start, 0);
  if (!parser.isComplete) throw invalidPayload(`The payload ends too early, after ${whole.length} bytes.`);
  if (whole.subarray(end).toString('latin1').trim() !== '') {
    throw invalidPayload(`Expected nothing more at byte ${end} of the payload.`);
  }
  return parser.value as JsonObject;
}

/** With JSON.parse; undefined when that finds something wrong, which the careful parser then names. */
function quickly(text: string, depthMax: number): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) && isWithin(value, depthMax) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether there are at most so many objects and arrays within each other. */
function isWithin(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((member) => isWithin(member, depth - 1));
}
