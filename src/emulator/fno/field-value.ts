/** Checks one value of a request body against its field, and brings it into the form in which rows keep it. */

import { isoInstant } from '../../base/clock.ts';
import { type JsonValue, printJson } from '../../base/json.ts';
import type { FnoSettings } from '../options.ts';
import { readBodyInstant } from '../wire/body-date.ts';
import type { EntitySchema } from './entity-schema.ts';
import { requestFailure, writeFailure } from './failures.ts';
import { edmTypeOfField, type FieldData } from './model/data-entity-data.ts';
import { enumerations } from './model/enumerations.ts';

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The value to keep. Raises SERVICE_ERROR. */
export function fieldValue(value: JsonValue, field: FieldData, entity: EntitySchema, settings: FnoSettings): JsonValue {
  if (value === null && (settings.nullInBody === 'empty' || field.enum !== undefined)) {
    return entity.rowDefaults[field.name] ?? null;
  }
  if (field.enum !== undefined) return memberOf(value, field, field.enum);
  switch (field.type) {
    case 'Edm.Int32':
    case 'Edm.Int64':
      return integerValue(value, field);
    case 'Edm.Decimal':
    case 'Edm.Double':
      if (typeof value === 'number' || typeof value === 'bigint') return value;
      break;
    case 'Edm.DateTimeOffset':
      return instantValue(value, field);
    case 'Edm.Guid':
      if (typeof value === 'string' && guidPattern.test(value)) return value.toLowerCase();
      break;
    case 'Edm.Boolean':
      if (typeof value === 'boolean') return value;
      break;
    default:
      if (typeof value === 'string') return textValue(value, field, entity, settings);
  }
  throw wrongLiteral(value, field);
}

/** An X++ `date` as rows keep it: noon UTC. */
export function noonOf(epochMs: number): string {
  return `${isoInstant(epochMs).slice(0, 10)}T12:00:00Z`;
}

/** An X++ `utcdatetime` as rows keep it: whole seconds. */
export function secondOf(epochMs: number): string {
  return `${isoInstant(epochMs).slice(0, 19)}Z`;
}

function memberOf(value: JsonValue, field: FieldData, enumeration: string): string {
  if (typeof value === 'string' && enumerations[enumeration]?.includes(value)) return value;
  throw wrongLiteral(value, field);
}

function integerValue(value: JsonValue, field: FieldData): number | bigint {
  if (typeof value === 'bigint' && field.type === 'Edm.Int64') return value;
  const bound = field.type === 'Edm.Int32' ? 2_147_483_647 : Number.MAX_SAFE_INTEGER;
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= bound) return value;
  throw wrongLiteral(value, field);
}

function instantValue(value: JsonValue, field: FieldData): string {
  const epochMs = typeof value === 'string' ? readBodyInstant(value) : undefined;
  if (epochMs === undefined) throw wrongLiteral(value, field);
  return field.isDate === true ? noonOf(epochMs) : secondOf(epochMs);
}

function textValue(value: string, field: FieldData, entity: EntitySchema, settings: FnoSettings): string {
  const text = field.name === 'dataAreaId' ? value.toLowerCase() : value;
  if (field.maxLength === undefined || text.length <= field.maxLength) return text;
  if (settings.overlongText === 'truncate') return text.slice(0, field.maxLength);
  throw writeFailure(
    `Error: The value of field '${field.name}' has ${text.length} characters; at most ${field.maxLength} are allowed.`,
    entity,
    settings,
  );
}

function wrongLiteral(value: JsonValue, field: FieldData): Error {
  const text = typeof value === 'string' ? value.slice(0, 80) : printJson(value).slice(0, 80);
  return requestFailure(
    `Cannot convert the literal '${text}' to the expected type '${edmTypeOfField(field)}' of the property '${field.name}'.`,
  );
}
