/** Checks a value that is no row against its type. */

import { RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonValue } from '../../../base/json.ts';
import { isEdmPrimitiveName, type KeyValue } from '../../literal/literal.ts';
import { literalOf } from '../../literal/literal-of.ts';
import type { EnumType } from '../../model/model.ts';
import { isEnumText } from '../values/enum-value.ts';
import { isGeoJson } from '../values/geo-json.ts';
import { type PayloadCheck, type PayloadPlace, pointerOf, wrongAt } from './payload-place.ts';

/**
 * A value of a primitive or enumeration type, not null (OData JSON 4.01 7.1). A type that the model does not describe,
 * Edm.Untyped and its like are the service's business. Raises ODATA_LITERAL_INVALID.
 */
export function checkScalar(value: JsonValue, type: string, place: PayloadPlace, check: PayloadCheck): void {
  const enumType = check.model.enumType(type);
  if (enumType !== undefined) checkEnumValue(value, enumType, place);
  else if (type.startsWith('Edm.Geo')) checkGeo(value, type, place);
  else if (isEdmPrimitiveName(type)) checkPrimitive(value, type, place, check);
  else if (type === 'Edm.Stream' && typeof value !== 'string') throw wrongAt(place, 'a stream as text', value);
  else if (type === 'Edm.PrimitiveType' && (isJsonObject(value) || Array.isArray(value))) {
    throw wrongAt(place, 'a primitive value', value);
  }
}

/** A member name or number as text, several with commas between them when the type has flags. */
function checkEnumValue(value: JsonValue, enumType: EnumType, place: PayloadPlace): void {
  if (typeof value === 'string' && isEnumText(value, enumType)) return;
  const members = enumType.members.slice(0, membersNamedMax).map(({ name }) => name);
  const more = enumType.members.length > members.length ? ', …' : '';
  throw wrongAt(place, `a member of ${enumType.qualifiedName} (${members.join(', ')}${more})`, value);
}

/** Members that a message names. */
const membersNamedMax = 12;

function checkGeo(value: JsonValue, type: string, place: PayloadPlace): void {
  if (isGeoJson(value, type)) return;
  throw wrongAt(place, `${type} as GeoJSON, such as {"type":"Point","coordinates":[142.1,64.1]}`, value);
}

/** JSON writes each type in its own way; numbers as texts only where a double may be too small. */
function checkPrimitive(value: JsonValue, type: string, place: PayloadPlace, { options }: PayloadCheck): void {
  const isText = typeof value === 'string';
  const takesText = !numbersOnly.has(type) && type !== 'Edm.Boolean';
  const isSpecial = isText && specialTypes.has(type) && /^(?:-?INF|NaN)$/.test(value);
  const isDateOnly =
    isText && type === 'Edm.DateTimeOffset' && (options.allowDateOnly ?? false) && !value.includes('T');
  if (typeof value === 'object' || (isText && !takesText && !isSpecial)) throw wrongAt(place, type, value);
  if (isSpecial) return;
  try {
    literalOf(value satisfies KeyValue, isDateOnly ? 'Edm.Date' : type);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RialtoError('ODATA_LITERAL_INVALID', `${pointerOf(place)}: ${reason}`, { cause });
  }
}

/** Types with INF and NaN. */
const specialTypes: ReadonlySet<string> = new Set(['Edm.Double', 'Edm.Single', 'Edm.Decimal']);

const numbersOnly: ReadonlySet<string> = new Set([
  'Edm.Byte',
  'Edm.SByte',
  'Edm.Int16',
  'Edm.Int32',
  'Edm.Double',
  'Edm.Single',
]);
