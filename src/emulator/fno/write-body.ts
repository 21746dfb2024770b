/** Reads the body of a create or update into field values. */

import { isRialtoError } from '../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../base/json.ts';
import type { FnoSettings } from '../options.ts';
import type { EntitySchema } from './entity-schema.ts';
import { requestFailure } from './failures.ts';
import { fieldValue } from './field-value.ts';

/** Parses a request body. Raises SERVICE_ERROR 400 when it is not a JSON object. */
export function parseBody(text: string): JsonObject {
  try {
    const body = parseJson(text === '' ? '{}' : text, { what: 'the request body' });
    if (isJsonObject(body)) return body;
  } catch (error) {
    if (!isRialtoError(error) || error.code !== 'JSON_INVALID') throw error;
    throw requestFailure(`Invalid JSON. ${error.message}`);
  }
  throw requestFailure("An unexpected node was found when reading a resource; expected 'StartObject'.");
}

/** The field values that a body sets; what it leaves out is not among them. Raises SERVICE_ERROR 400. */
export function readFields(
  body: JsonObject,
  entity: EntitySchema,
  settings: FnoSettings,
): Readonly<Record<string, JsonValue>> {
  const values: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.includes('@')) continue;
    const field = entity.fields.get(name);
    if (field === undefined) {
      throw requestFailure(
        entity.entityType.navigationProperty(name) === undefined
          ? `The property '${name}' does not exist on type '${entity.entityType.qualifiedName}'. Make sure to only use property names that are defined by the type.`
          : `Deep insert is not supported: the body holds the navigation property '${name}'.`,
      );
    }
    values[name] = fieldValue(value, field, entity, settings);
  }
  return values;
}
