/** Checks a row that someone wants stored against its entity type. */

import { RialtoError } from '../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, jsonPointer } from '../../base/json.ts';
import { checkLimit } from '../../base/limits.ts';
import { isEdmPrimitiveName, type KeyValue } from '../literal/literal.ts';
import { literalOf } from '../literal/literal-of.ts';
import type { EntityType, EnumType, Model, NavigationProperty, Property, StructuredType } from '../model/model.ts';
import { unknownProperty } from '../model/unknown-property.ts';

export interface CheckPayloadOptions {
  /** Whether properties that are not nullable may be absent, as in a PATCH. */
  readonly allowMissing: boolean;
  /** Whether `navigation@odata.bind` members may stand. */
  readonly allowBind: boolean;
  /** Whether `2026-07-23` will do for a DateTimeOffset, as F&O has it. Default false. */
  readonly allowDateOnly?: boolean;
}

/** Rows nested in rows, by deep insert or complex properties. */
const payloadDepthMax = 20;

/**
 * Checks names and types of the members (OData JSON 4.01 6, 7, 8.5). Raises ODATA_PROPERTY_UNKNOWN and
 * ODATA_LITERAL_INVALID, each with the JSON pointer of the member, and LIMIT_EXCEEDED.
 */
export function checkPayload(row: JsonValue, entityType: EntityType, model: Model, options: CheckPayloadOptions): void {
  checkStructured(row, entityType, [], { model, options });
}

interface Check {
  readonly model: Model;
  readonly options: CheckPayloadOptions;
}

type Place = readonly (string | number)[];

function checkStructured(row: JsonValue, type: StructuredType, place: Place, check: Check): void {
  checkLimit('payloadDepthMax', payloadDepthMax, place.length, 'The depth of the row');
  if (!isJsonObject(row)) throw wrong(`an object of type ${type.name}`, row, place);
  for (const [name, value] of Object.entries(row)) {
    const memberPlace = [...place, name];
    const property = type.property(name);
    if (property !== undefined) checkProperty(value, property, memberPlace, check);
    else if (name.includes('@')) checkAnnotation(name, value, type, memberPlace, check);
    else checkNavigation(name, value, type, memberPlace, check);
  }
  if (!check.options.allowMissing) checkMissing(row, type, place);
}

function checkProperty(value: JsonValue, property: Property, place: Place, check: Check): void {
  if (!property.isCollection) checkValue(value, property, place, check);
  else if (!isArray(value)) throw wrong(`an array of ${property.type}`, value, place);
  else for (const [index, item] of value.entries()) checkValue(item, property, [...place, index], check);
}

function checkValue(value: JsonValue, property: Property, place: Place, check: Check): void {
  const { type } = property;
  if (value === null) {
    if (!property.isNullable) throw wrong(`a value of type ${type}; ${property.name} is not nullable`, value, place);
    return;
  }
  const complexType = check.model.complexType(type);
  const enumType = check.model.enumType(type);
  if (complexType !== undefined) checkStructured(value, complexType, place, check);
  else if (isEdmPrimitiveName(type)) checkPrimitive(value, type, place, check.options);
  else if (enumType !== undefined) checkEnumValue(value, enumType, place);
  // A type that the model does not describe is the service's business.
}

/** A member name or number as text, several with commas between them when the type has flags (OData JSON 4.01 7.1). */
function checkEnumValue(value: JsonValue, enumType: EnumType, place: Place): void {
  const isMember = (name: string) => enumType.member(name) !== undefined || /^-?\d+$/.test(name);
  const names = typeof value === 'string' ? value.split(',').map((name) => name.trim()) : [];
  const isOne = names.length === 1 || (enumType.isFlags && names.length > 1);
  if (isOne && names.every(isMember)) return;
  const members = enumType.members.slice(0, membersNamedMax).map(({ name }) => name);
  const more = enumType.members.length > members.length ? ', …' : '';
  throw wrong(`a member of ${enumType.qualifiedName} (${members.join(', ')}${more})`, value, place);
}

/** Members that a message names. */
const membersNamedMax = 12;

/** JSON writes each type in its own way (OData JSON 4.01 7.1); numbers as texts only where a double may be too small. */
function checkPrimitive(value: JsonValue, type: string, place: Place, options: CheckPayloadOptions): void {
  const isText = typeof value === 'string';
  const takesText = !numbersOnly.has(type) && type !== 'Edm.Boolean';
  const isSpecial = isText && floatingTypes.has(type) && /^(?:-?INF|NaN)$/.test(value);
  const isDateOnly =
    isText && type === 'Edm.DateTimeOffset' && (options.allowDateOnly ?? false) && !value.includes('T');
  if (typeof value === 'object' || (isText && !takesText && !isSpecial)) throw wrong(type, value, place);
  try {
    literalOf(value satisfies KeyValue, isDateOnly ? 'Edm.Date' : type);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RialtoError('ODATA_LITERAL_INVALID', `${jsonPointer(place)}: ${reason}`, { cause });
  }
}

const floatingTypes: ReadonlySet<string> = new Set(['Edm.Double', 'Edm.Single']);
const numbersOnly: ReadonlySet<string> = new Set(['Edm.Byte', 'Edm.SByte', 'Edm.Int16', 'Edm.Int32', ...floatingTypes]);

/** `@odata.type` and its like; `name@term` must be about a member of the type. */
function checkAnnotation(name: string, value: JsonValue, type: StructuredType, place: Place, check: Check): void {
  const [target = '', ...terms] = name.split('@');
  if (target === '') return;
  const term = terms.join('@');
  const isBind = term === 'odata.bind' || term === 'bind';
  const navigation = type.navigationProperty(target);
  if (isBind && !check.options.allowBind) throw wrong('no binding', value, place);
  if (isBind && navigation !== undefined) {
    checkBind(value, navigation, place);
    return;
  }
  if (!isBind && (navigation !== undefined || type.property(target) !== undefined || type.isOpen)) return;
  throw unknownProperty({
    name: target,
    type,
    place: `at ${jsonPointer(place)}`,
    ...(isBind ? { kind: 'a navigation property' } : {}),
  });
}

/** A reference, several for a collection; null takes the reference away. */
function checkBind(value: JsonValue, navigation: NavigationProperty, place: Place): void {
  const isReference = (item: JsonValue) => typeof item === 'string' && item !== '';
  if (navigation.isCollection) {
    if (!isArray(value) || !value.every(isReference)) throw wrong('an array of references', value, place);
  } else if (value !== null && !isReference(value)) {
    throw wrong('a reference such as /accounts(7d1b5c1e-0a1c-ee11-8f6d-000d3a111111)', value, place);
  }
}

/** Deep insert: rows of the type the navigation property leads to. */
function checkNavigation(name: string, value: JsonValue, type: StructuredType, place: Place, check: Check): void {
  const navigation = type.navigationProperty(name);
  if (navigation === undefined) {
    if (type.isOpen) return;
    throw unknownProperty({ name, type, place: `at ${jsonPointer(place)}` });
  }
  const target = check.model.entityType(navigation.type);
  if (target === undefined || (value === null && !navigation.isCollection)) return;
  if (!navigation.isCollection) checkStructured(value, target, place, check);
  else if (!isArray(value)) throw wrong(`an array of ${target.name}`, value, place);
  else for (const [index, row] of value.entries()) checkStructured(row, target, [...place, index], check);
}

function checkMissing(row: JsonObject, type: StructuredType, place: Place): void {
  const missing = type.properties.filter(({ name, isNullable }) => !isNullable && row[name] === undefined);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  throw new RialtoError(
    'ODATA_LITERAL_INVALID',
    `A row of ${type.name} needs ${names}, at ${jsonPointer(place) || '/'}.`,
  );
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function wrong(expected: string, value: JsonValue, place: Place): RialtoError {
  const found = isArray(value) ? 'an array' : isJsonObject(value) ? 'an object' : scalarText(value);
  return new RialtoError(
    'ODATA_LITERAL_INVALID',
    `Expected ${expected} at ${jsonPointer(place) || '/'}; got ${found}.`,
  );
}

/** A scalar for messages; long texts are cut. */
function scalarText(value: JsonValue): string {
  if (typeof value !== 'string') return `the ${typeof value} ${String(value)}`.replace('the object null', 'null');
  return `'${value.length > 64 ? `${value.slice(0, 64)}…` : value}'`;
}
