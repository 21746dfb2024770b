/** The schema of an entity set as the API shows it, and keys typed by it. */

import { RialtoError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { entityTypeOf, type KeyInput } from '../../client/index.ts';
import type { EntityType, KeyValue, Model } from '../../odata/index.ts';
import type { EntitySchemaAnswer, PropertyAnswer } from '../wire.ts';

/** Key, properties with their types and enum members, and navigation properties of an entity set. */
export function entitySchemaAnswer(model: Model, entitySet: string): EntitySchemaAnswer {
  const entityType = entityTypeOf(model, entitySet);
  return {
    name: entitySet,
    entityType: entityType.qualifiedName,
    key: entityType.key,
    alternateKeys: entityType.alternateKeys,
    properties: entityType.properties.map((property): PropertyAnswer => {
      const members = model.enumType(property.type)?.members;
      return {
        name: property.name,
        type: property.type,
        isCollection: property.isCollection,
        isNullable: property.isNullable,
        isKey: entityType.key.includes(property.name),
        ...(typeof property.maxLength === 'number' ? { maxLength: property.maxLength } : {}),
        ...(members === undefined ? {} : { members: members.map(({ name, value }) => ({ name, value })) }),
      };
    }),
    navigationProperties: entityType.navigationProperties.map(({ name, type, isCollection }) => ({
      name,
      type,
      isCollection,
    })),
  };
}

/**
 * A key from its parts, where texts of numeric and boolean key properties become values: in a query string everything
 * is text. The member `key` alone is an unnamed single value. Raises REQUEST_INVALID for a part that is no plain value.
 */
export function keyOf(parts: JsonObject, entityType: EntityType): KeyInput {
  const entries = Object.entries(parts);
  if (entries.length === 0) {
    throw new RialtoError('REQUEST_INVALID', `The key is missing; expected ${entityType.key.join(', ')}.`);
  }
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'key' && entityType.property('key') === undefined) {
    return keyValueOf('key', first[1], entityType.property(entityType.key[0] ?? '')?.type);
  }
  return Object.fromEntries(
    entries.map(([name, value]) => [name, keyValueOf(name, value, entityType.property(name)?.type)]),
  );
}

function keyValueOf(name: string, value: JsonValue, type: string | undefined): KeyValue {
  if (typeof value === 'object' && value !== null) {
    throw new RialtoError('REQUEST_INVALID', `The key part '${name}' is an object or array; expected a plain value.`);
  }
  if (typeof value !== 'string' || type === undefined) return value;
  if (type === 'Edm.Boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (/^Edm\.(S?Byte|Int16|Int32|Int64)$/.test(type) && /^-?\d{1,19}$/.test(value)) {
    const exact = BigInt(value);
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
  }
  if (/^Edm\.(Double|Single|Decimal)$/.test(type) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return value;
}
