/** The values of the expression language: JSON with integers, floats and decimals kept apart (reference 7.6). */

import type { Decimal } from './decimal.ts';

/** A signed 64-bit integer; one read from JSON may be larger and then takes no part in arithmetic. */
export type Integer = bigint;
/** An IEEE double. */
export type Float = number;
export type ArrayValue = readonly Value[];
/** Members in their order. A map, so that no member name is special. */
export type ObjectValue = ReadonlyMap<string, Value>;
export type Value = null | boolean | string | Integer | Float | Decimal | ArrayValue | ObjectValue;

/** True for an array. */
export function isArrayValue(value: Value | undefined): value is ArrayValue {
  return Array.isArray(value);
}

/** True for an object. */
export function isObjectValue(value: Value | undefined): value is ObjectValue {
  return value instanceof Map;
}

/** An object from its members: `objectValue({ name: 'A' })`. A member that is undefined is left out. */
export function objectValue(members: Readonly<Record<string, Value | undefined>>): ObjectValue {
  const map = new Map<string, Value>();
  for (const [name, member] of Object.entries(members)) {
    if (member !== undefined) map.set(name, member);
  }
  return map;
}

/**
 * The member of an object: the exact name, else the first that is equal without regard to case (reference 7.4).
 * Undefined when there is none.
 */
export function memberOf(object: ObjectValue, name: string): Value | undefined {
  const exact = object.get(name);
  if (exact !== undefined) return exact;
  const key = memberName(object, name);
  return key === undefined ? undefined : object.get(key);
}

/** The spelling under which an object holds the member `name`; undefined when it has none. */
export function memberName(object: ObjectValue, name: string): string | undefined {
  if (object.has(name)) return name;
  const lowered = name.toLowerCase();
  for (const key of object.keys()) {
    if (key.length === name.length && key.toLowerCase() === lowered) return key;
  }
  return undefined;
}

/** The member at a path of names; undefined as soon as one is missing or is not an object. */
export function memberAt(value: Value | undefined, path: readonly string[]): Value | undefined {
  let current = value;
  for (const name of path) {
    if (!isObjectValue(current)) return undefined;
    current = memberOf(current, name);
  }
  return current;
}

/** What a value is, in the words of an error message. The text of a string is not among them: it may be a secret. */
export function describeValue(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty string' : `a string of ${value.length} character${value.length === 1 ? '' : 's'}`;
    case 'boolean':
      return String(value);
    case 'bigint':
      return `the integer ${value}`;
    case 'number':
      return `the float ${value}`;
    default:
      return value === null
        ? 'null'
        : isArrayValue(value)
          ? 'an array'
          : isObjectValue(value)
            ? 'an object'
            : 'a decimal';
  }
}
