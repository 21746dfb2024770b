/** Payloads of one value: a property, what an action or function returns, a raw value. */

import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { numericTypes } from '../../literal/literal.ts';
import { exactNumberOf, isJsonNumber } from '../exact-number.ts';
import { control, memberNameOf } from '../member-name.ts';
import { invalidPayload } from '../payload-bytes.ts';
import { typeNameOf } from '../values/instance-type.ts';
import { textControl } from './collection-annotations.ts';
import { type PayloadText, parsePayload } from './parse-payload.ts';
import { refuseErrorPayload } from './read-odata-error.ts';

/** A value as it stands, for `readValue` to read with its type. */
export interface PropertyValue {
  readonly context?: string;
  /** The type that it says it has. */
  readonly type?: string;
  readonly value: JsonValue;
}

/**
 * Reads a property or the result of an operation (OData JSON 4.01 11, 12, 18): `{"value":5}`, an array of values, or
 * the members of a complex value or entity. `{"@odata.null":true}` is null. Raises ODATA_PAYLOAD_INVALID, also for an
 * error, and LIMIT_EXCEEDED.
 */
export function readProperty(payload: PayloadText): PropertyValue {
  const body = parsePayload(payload);
  refuseErrorPayload(body);
  const context = textControl(body, 'context');
  const type = textControl(body, 'type');
  return {
    ...(context === undefined ? {} : { context }),
    ...(type === undefined ? {} : { type: typeNameOf(type) }),
    value: plainValue(body),
  };
}

/** A value of its own has no other property beside it; else the object is the value. */
function plainValue(body: JsonObject): JsonValue {
  if (control(body, 'null') === true || control(body, 'null') === 'true') return null;
  const names = Object.keys(body).filter((name) => !name.includes('@'));
  if (names.length === 1 && body.value !== undefined) return body.value;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !isContext(name)));
}

function isContext(name: string): boolean {
  const { kind, target, term } = memberNameOf(name);
  return kind === 'control' && target === '' && term === 'context';
}

/**
 * Reads the text of a `$value` or `$count` resource as its primitive type has it in JSON, for `readValue` to read
 * (OData 4.01 Protocol 11.2.4.1). Raises ODATA_PAYLOAD_INVALID for a boolean or number that is none, and
 * LIMIT_EXCEEDED.
 */
export function readRawValue(text: string, type: string): JsonValue {
  const plain = text.replace(/^\uFEFF/, '');
  if (type === 'Edm.Boolean') {
    if (plain === 'true' || plain === 'false') return plain === 'true';
    throw invalidPayload('The raw value is not true or false.');
  }
  if (!numericTypes.has(type)) return plain;
  if (plain === 'INF' || plain === '-INF' || plain === 'NaN') return plain;
  if (isJsonNumber(plain)) return exactNumberOf(plain, 'text');
  throw invalidPayload('The raw value is not a number.');
}
