/** JSON value → typed value. */

import { RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, jsonPointer } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import { type EdmPrimitiveName, isEdmPrimitiveName } from '../../literal/literal.ts';
import { literalOf } from '../../literal/literal-of.ts';
import { literalValue } from '../../literal/literal-value.ts';
import type { EnumType, Model } from '../../model/model.ts';
import { controlText } from '../member-name.ts';
import { payloadLimits } from '../payload-limits.ts';
import { isEnumText, namesOfNumber } from './enum-value.ts';
import { isGeoJson } from './geo-json.ts';
import { type InstanceType, instanceType, structuredType, typeNameOf } from './instance-type.ts';

/**
 * Reads a value as its type has it (OData JSON 4.01 7, 8.3, 9): `readValue('9007199254740993', 'Edm.Int64', model)` is
 * a bigint. Integers are numbers, or bigints beyond ±(2^53 − 1); decimals are numbers, or texts where no double prints
 * the same; doubles are numbers, INF and NaN included; Edm.Binary is base64url text; dates, times, durations and guids
 * stay text; an enumeration value is the text of its members' names; a geo value is a GeoJSON object; a row is an object
 * of typed values, with its annotations as they stand. `type` may be `Collection(…)`; a type that the model does not
 * have leaves the value as it is. Raises ODATA_LITERAL_INVALID with the JSON pointer, and LIMIT_EXCEEDED.
 */
export function readValue(value: JsonValue, type: string, model?: Model): JsonValue {
  return read(value, type, { place: [], model });
}

interface At {
  readonly place: readonly (string | number)[];
  readonly model: Model | undefined;
}

function read(value: JsonValue, type: string, at: At): JsonValue {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, at.place.length, 'The depth of the value');
  if (value === null) return null;
  const [, item] = /^Collection\((.*)\)$/.exec(type) ?? [];
  if (item !== undefined) return readItems(value, item, at);
  if (isEdmPrimitiveName(type)) return readPrimitive(value, type, at);
  const enumType = at.model?.enumType(type);
  if (enumType !== undefined) return readEnum(value, enumType, at);
  const definition = at.model?.typeDefinition(type);
  if (definition !== undefined) return read(value, definition.underlyingType, at);
  const structured = at.model === undefined ? undefined : structuredType(type, at.model);
  return structured === undefined ? value : readStructured(value, structured, at);
}

function readItems(value: JsonValue, item: string, at: At): JsonValue {
  if (!Array.isArray(value)) throw wrong(`an array of ${item}`, value, at);
  const items = value as readonly JsonValue[];
  return items.map((each, index) => read(each, item, { ...at, place: [...at.place, index] }));
}

function readPrimitive(value: JsonValue, type: EdmPrimitiveName, at: At): JsonValue {
  if (type.startsWith('Edm.Geo')) {
    if (isGeoJson(value, type)) return value;
    throw wrong(`GeoJSON of ${type}`, value, at);
  }
  const isText = typeof value === 'string';
  // JSON has true and numbers of its own; a text is for what a double does not hold (OData JSON 4.01 7.1).
  const isWrongText = isText && (type === 'Edm.Boolean' || smallIntegers.has(type));
  if (typeof value === 'object' || isWrongText) throw wrong(type, value, at);
  if (type === 'Edm.Decimal' && isText && specialNumbers.has(value)) return specialNumbers.get(value) ?? null;
  try {
    return literalValue(literalOf(value, type));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RialtoError('ODATA_LITERAL_INVALID', `${jsonPointer(at.place) || '/'}: ${reason}`, { cause });
  }
}

const smallIntegers: ReadonlySet<string> = new Set(['Edm.Byte', 'Edm.SByte', 'Edm.Int16', 'Edm.Int32']);

/** Of a decimal with floating scale (OData CSDL 4.01 7.2.4). */
const specialNumbers: ReadonlyMap<string, number> = new Map([
  ['INF', Infinity],
  ['-INF', -Infinity],
  ['NaN', Number.NaN],
]);

function readEnum(value: JsonValue, enumType: EnumType, at: At): JsonValue {
  if (typeof value === 'number' || typeof value === 'bigint') return namesOfNumber(value, enumType);
  if (typeof value === 'string' && isEnumText(value, enumType)) return value;
  throw wrong(`a member of ${enumType.qualifiedName}`, value, at);
}

function readStructured(value: JsonValue, declared: InstanceType, at: At): JsonValue {
  if (!isJsonObject(value)) throw wrong(`an object of type ${declared.name}`, value, at);
  const type = at.model === undefined ? declared : (instanceType(value, declared, at.model) ?? declared);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const memberType = name.includes('@') ? undefined : memberTypeOf(name, value, type);
      if (memberType === undefined) return [name, member];
      return [name, read(member, memberType, { ...at, place: [...at.place, name] })];
    }),
  );
}

/** What is declared, else what `name@odata.type` says; undefined when there is nothing to go by. */
function memberTypeOf(name: string, row: JsonObject, type: InstanceType): string | undefined {
  const declared = type.property(name) ?? type.navigationProperty(name);
  if (declared !== undefined) return declared.isCollection ? `Collection(${declared.type})` : declared.type;
  const said = controlText(row, 'type', name);
  return said === undefined ? undefined : typeNameOf(said);
}

function wrong(expected: string, value: JsonValue, at: At): RialtoError {
  const found = Array.isArray(value)
    ? 'an array'
    : isJsonObject(value)
      ? 'an object'
      : `the ${typeof value} ${excerpt(value)}`;
  return new RialtoError(
    'ODATA_LITERAL_INVALID',
    `Expected ${expected} at ${jsonPointer(at.place) || '/'}; got ${found}.`,
  );
}

function excerpt(value: JsonValue): string {
  const text = String(value);
  return text.length > 64 ? `${text.slice(0, 64)}…` : text;
}
