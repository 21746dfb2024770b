/** Values to and from plain JSON data. */

import { isJsonObject, type JsonValue } from '../../base/json.ts';
import { checkLimit } from '../../base/limits.ts';
import { Decimal } from './decimal.ts';
import { floatText } from './float-text.ts';
import { valueDepthMax } from './limits.ts';
import { isArrayValue, type Value } from './value.ts';

/**
 * A value of plain JSON data. A number without fraction is an integer as far as doubles are exact; plain data cannot
 * tell 5.0 from 5, `parseValue` can.
 * Raises LIMIT_EXCEEDED for data nested too deeply.
 */
export function fromJson(json: JsonValue): Value {
  return convert(json, 0);
}

/**
 * Plain JSON data of a value: integers beyond 2^53 as bigint, decimals as the nearest number, and NaN and the infinities,
 * for which JSON has no number, as text.
 * Raises LIMIT_EXCEEDED for a value nested too deeply.
 */
export function toJson(value: Value): JsonValue {
  return toJsonAt(value, 0);
}

function convert(json: JsonValue, depth: number): Value {
  if (typeof json === 'number') return Number.isSafeInteger(json) && !Object.is(json, -0) ? BigInt(json) : json;
  if (typeof json !== 'object' || json === null) return json;
  checkLimit('valueDepthMax', valueDepthMax, depth + 1, 'The nesting of a value');
  if (!isJsonObject(json)) return json.map((item) => convert(item, depth + 1));
  const members = new Map<string, Value>();
  for (const [name, member] of Object.entries(json)) {
    // Data written in a program may hold members that are undefined; JSON has none.
    if (member !== undefined) members.set(name, convert(member, depth + 1));
  }
  return members;
}

function toJsonAt(value: Value, depth: number): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : floatText(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Decimal) return Number(value.toString());
  checkLimit('valueDepthMax', valueDepthMax, depth + 1, 'The nesting of a value');
  if (isArrayValue(value)) return value.map((item) => toJsonAt(item, depth + 1));
  return Object.fromEntries([...value].map(([name, member]) => [name, toJsonAt(member, depth + 1)]));
}
