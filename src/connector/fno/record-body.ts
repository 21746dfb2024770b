/** The body of a create or an update of an F&O record: its schema, and what of it is sent. */

import type { JsonObject, JsonValue } from '../../base/json.ts';
import { type KeyPredicate, literalValue, type Property } from '../../odata/index.ts';
import { columnSchema, objectSchema } from '../column-schema.ts';
import type { JsonSchema } from '../contract.ts';
import type { EntityTable } from '../entity-table.ts';
import { inputError } from '../input-error.ts';

const terms = 'Microsoft.Dynamics.OData.Core.V1';

/** The schema of the body: one property per field that can be set. Key fields stand in an update as well, unchanged. */
export function bodySchema(table: EntityTable | undefined, use: 'create' | 'update'): JsonSchema {
  if (table === undefined) return { type: 'object' };
  const { entityType, model } = table;
  const properties: Record<string, JsonValue> = {};
  for (const field of entityType.properties) {
    const isKey = entityType.key.includes(field.name);
    if (isKey || isWritable(field, use)) properties[field.name] = columnSchema(field, model);
  }
  return objectSchema(properties);
}

/**
 * The fields of an update without those of the key, which cannot be changed.
 * Raises OPERATION_INPUT_INVALID when one of them differs from the key of the record.
 */
export function withoutKeyFields(body: JsonObject, key: KeyPredicate, table: EntityTable): JsonObject {
  const changes: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(body)) {
    if (!table.entityType.key.includes(name)) {
      changes[name] = value;
      continue;
    }
    const stored = keyText(key, name, table);
    if (String(value).toLowerCase() !== stored.toLowerCase()) {
      throw inputError(`/body/${name}`, `Found '${String(value)}'; a key field cannot be changed from '${stored}'.`);
    }
  }
  return changes;
}

/** The key of a record that is to be created; undefined when a key field is left to the service. */
export function keyInBody(body: JsonObject, table: EntityTable): Readonly<Record<string, string | number>> | undefined {
  const key: Record<string, string | number> = {};
  for (const name of table.entityType.key) {
    const value = body[name];
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    if (value === '') return undefined;
    key[name] = value;
  }
  return key;
}

function isWritable(field: Property, use: 'create' | 'update'): boolean {
  const term = use === 'create' ? `${terms}.AllowEditOnCreate` : `${terms}.AllowEdit`;
  return field.annotations[term] !== false;
}

function keyText(key: KeyPredicate, name: string, table: EntityTable): string {
  const part = key.parts.find((candidate) => (candidate.name ?? table.entityType.key[0]) === name);
  return part === undefined ? '' : String(literalValue(part.value));
}
