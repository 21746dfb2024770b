/** Checks a row that someone wants stored against its entity type. */

import { RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import type { EntityType, Model, NavigationProperty, Property } from '../../model/model.ts';
import { unknownProperty } from '../../model/unknown-property.ts';
import { control, controlText, memberNameOf } from '../member-name.ts';
import { payloadLimits } from '../payload-limits.ts';
import { type InstanceType, instanceType, structuredType, typeNameOf } from '../values/instance-type.ts';
import { checkScalar } from './check-value.ts';
import { type PayloadCheck, type PayloadPlace, pointerOf, wrongAt } from './payload-place.ts';

export interface CheckPayloadOptions {
  /** Whether properties that are not nullable may be absent, as in a PATCH. */
  readonly allowMissing: boolean;
  /** Whether references may stand: `navigation@odata.bind`, and entities with `@id`. */
  readonly allowBind: boolean;
  /** Whether `2026-07-23` will do for a DateTimeOffset, as F&O has it. Default false. */
  readonly allowDateOnly?: boolean;
  /** Whether changes of related entities may stand, `navigation@delta` with `@removed` in it (4.01). Default false. */
  readonly allowDelta?: boolean;
}

/**
 * Checks names and types of the members (OData JSON 4.01 6, 7, 8, 9), in the spelling of 4.0 or 4.01: a row may say that
 * it is of a derived type, an open type takes every property. Raises ODATA_PROPERTY_UNKNOWN and ODATA_LITERAL_INVALID,
 * each with the JSON pointer of the member, and LIMIT_EXCEEDED.
 */
export function checkPayload(row: JsonValue, entityType: EntityType, model: Model, options: CheckPayloadOptions): void {
  checkStructured(row, entityType, [], { model, options });
}

function checkStructured(row: JsonValue, declared: InstanceType, place: PayloadPlace, check: PayloadCheck): void {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, place.length, 'The depth of the row');
  if (!isJsonObject(row)) throw wrongAt(place, `an object of type ${declared.name}`, row);
  const type = typeOf(row, declared, place, check);
  for (const [name, value] of Object.entries(row)) {
    const memberPlace = [...place, name];
    const property = type.property(name);
    if (property !== undefined) checkProperty(value, property, memberPlace, check);
    else if (memberNameOf(name).kind === 'operation') continue;
    else if (name.includes('@')) checkAnnotation(name, value, type, memberPlace, check);
    else checkOther(name, value, { row, type, place: memberPlace, check });
  }
  if (!check.options.allowMissing) checkMissing(row, type, place);
}

/** What the row says it is, which must be the declared type or derived from it (OData JSON 4.01 4.5.3). */
function typeOf(row: JsonObject, declared: InstanceType, place: PayloadPlace, { model }: PayloadCheck): InstanceType {
  const said = control(row, 'type');
  const type = said === undefined || typeof said === 'string' ? instanceType(row, declared, model) : undefined;
  if (type !== undefined) return type;
  throw wrongAt([...place, '@odata.type'], `${declared.qualifiedName} or a type derived from it`, said ?? null);
}

function checkProperty(value: JsonValue, property: Property, place: PayloadPlace, check: PayloadCheck): void {
  if (!property.isCollection) checkValue(value, property, place, check);
  else if (!isArray(value)) throw wrongAt(place, `an array of ${property.type}`, value);
  else for (const [index, item] of value.entries()) checkValue(item, property, [...place, index], check);
}

function checkValue(value: JsonValue, property: Property, place: PayloadPlace, check: PayloadCheck): void {
  const { type } = property;
  if (value === null) {
    if (property.isNullable) return;
    throw wrongAt(place, `a value of type ${type}; ${property.name} is not nullable`, value);
  }
  const structured = structuredType(type, check.model);
  if (structured !== undefined) checkStructured(value, structured, place, check);
  else checkScalar(value, type, place, check);
}

/** `@odata.type` and its like; `name@term` must be about a member of the type. */
function checkAnnotation(
  name: string,
  value: JsonValue,
  type: InstanceType,
  place: PayloadPlace,
  check: PayloadCheck,
): void {
  const { kind, term } = memberNameOf(name);
  const target = name.slice(0, name.indexOf('@'));
  const isControl = kind === 'control';
  if (target === '') {
    if (isControl && (term === 'id' || term === 'etag') && typeof value !== 'string')
      throw wrongAt(place, 'a text', value);
    return;
  }
  const navigation = type.navigationProperty(target);
  if (isControl && term === 'bind') checkBind(value, navigation, { target, type, place, check });
  else if (isControl && term === 'delta') checkDelta(value, navigation, { target, type, place, check });
  else if (navigation === undefined && type.property(target) === undefined && !type.isOpen) {
    throw unknownProperty({ name: target, type, place: `at ${pointerOf(place)}` });
  }
}

interface TargetAt {
  readonly target: string;
  readonly type: InstanceType;
  readonly place: PayloadPlace;
  readonly check: PayloadCheck;
}

/** A reference, several for a collection; null takes the reference away (OData JSON 4.0 8.5). */
function checkBind(value: JsonValue, navigation: NavigationProperty | undefined, at: TargetAt): void {
  const { place, check } = at;
  if (!check.options.allowBind) throw wrongAt(place, 'no binding', value);
  if (navigation === undefined) throw unknownNavigation(at);
  const isReference = (item: JsonValue) => typeof item === 'string' && item !== '';
  if (navigation.isCollection) {
    if (!isArray(value) || !value.every(isReference)) throw wrongAt(place, 'an array of references', value);
  } else if (value !== null && !isReference(value)) {
    throw wrongAt(place, 'a reference such as /accounts(7d1b5c1e-0a1c-ee11-8f6d-000d3a111111)', value);
  }
}

/** Changes of related entities: those to add or change, and `@removed` ones (OData JSON 4.01 8.6). */
function checkDelta(value: JsonValue, navigation: NavigationProperty | undefined, at: TargetAt): void {
  const { place } = at;
  if (at.check.options.allowDelta !== true) throw wrongAt(place, 'no delta', value);
  if (navigation === undefined) throw unknownNavigation(at);
  const target = at.check.model.entityType(navigation.type);
  if (target === undefined) return;
  if (!navigation.isCollection) {
    if (value !== null) checkStructured(value, target, place, changing(at.check));
    return;
  }
  if (!isArray(value)) throw wrongAt(place, `an array of changes of ${target.name}`, value);
  for (const [index, item] of value.entries()) {
    const removed = isJsonObject(item) ? control(item, 'removed') : undefined;
    if (removed !== undefined && !isJsonObject(removed)) {
      throw wrongAt([...place, index, '@removed'], 'an object such as {"reason":"deleted"}', removed);
    }
    checkStructured(item, target, [...place, index], changing(at.check));
  }
}

/** What is changed or removed need not have all its properties. */
function changing(check: PayloadCheck): PayloadCheck {
  return { ...check, options: { ...check.options, allowMissing: true } };
}

function unknownNavigation({ target, type, place }: TargetAt): RialtoError {
  return unknownProperty({ name: target, type, place: `at ${pointerOf(place)}`, kind: 'a navigation property' });
}

interface MemberAt {
  readonly row: JsonObject;
  readonly type: InstanceType;
  readonly place: PayloadPlace;
  readonly check: PayloadCheck;
}

/** Related entities; a property that an open type does not declare. */
function checkOther(name: string, value: JsonValue, { row, type, place, check }: MemberAt): void {
  const navigation = type.navigationProperty(name);
  if (navigation !== undefined) checkNavigation(value, navigation, place, check);
  else if (!type.isOpen) throw unknownProperty({ name, type, place: `at ${pointerOf(place)}` });
  else checkDynamic(value, controlText(row, 'type', name), place, check);
}

/** Deep insert: rows of the type the navigation property leads to, or references to them. */
function checkNavigation(
  value: JsonValue,
  navigation: NavigationProperty,
  place: PayloadPlace,
  check: PayloadCheck,
): void {
  const target = check.model.entityType(navigation.type);
  if (target === undefined || (value === null && !navigation.isCollection)) return;
  if (!navigation.isCollection) checkRelated(value, target, place, check);
  else if (!isArray(value)) throw wrongAt(place, `an array of ${target.name}`, value);
  else for (const [index, row] of value.entries()) checkRelated(row, target, [...place, index], check);
}

/** `{"@id":…}` is an entity that is there already (OData JSON 4.01 8.5). */
function checkRelated(row: JsonValue, target: EntityType, place: PayloadPlace, check: PayloadCheck): void {
  const isReference = isJsonObject(row) && control(row, 'id') !== undefined;
  if (isReference && !check.options.allowBind) throw wrongAt(place, 'no reference', row);
  checkStructured(row, target, place, isReference ? changing(check) : check);
}

/** A dynamic property is of the type that it says, `name@odata.type`; without one, JSON is enough. */
function checkDynamic(value: JsonValue, said: string | undefined, place: PayloadPlace, check: PayloadCheck): void {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, place.length, 'The depth of the row');
  if (said === undefined || value === null) return;
  const name = typeNameOf(said);
  const item = /^Collection\((.*)\)$/.exec(name)?.[1];
  const property = {
    name: String(place.at(-1)),
    type: item ?? name,
    isCollection: item !== undefined,
    isNullable: true,
  };
  checkProperty(value, { ...property, annotations: {} }, place, check);
}

function checkMissing(row: JsonObject, type: InstanceType, place: PayloadPlace): void {
  const isMissing = (name: string) => !Object.hasOwn(row, name) || row[name] === undefined;
  const missing = type.properties.filter(({ name, isNullable }) => !isNullable && isMissing(name));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  throw new RialtoError('ODATA_LITERAL_INVALID', `A row of ${type.name} needs ${names}, at ${pointerOf(place)}.`);
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
