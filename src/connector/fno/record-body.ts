/** The body of a create or an update of an F&O record: its schema, and what of it is sent. */

import type { JsonObject, JsonValue } from '../../base/json.ts';
import {
  and,
  compare,
  type FilterExpression,
  type KeyPredicate,
  keyLiteral,
  literalOf,
  literalValue,
  type Property,
  property,
} from '../../odata/index.ts';
import { columnSchema, objectSchema } from '../column-schema.ts';
import type { JsonSchema } from '../contract.ts';
import type { EntityTable } from '../entity-table.ts';
import { inputError } from '../input-error.ts';
import { isCompanyField } from './object-id.ts';

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

/**
 * The filter that finds the record which a create makes: every key field has the value sent. A company that is left out
 * is the caller's default one, in a list as in the create. Undefined when the filter cannot be told before, because the
 * service gives another key field (a number sequence), or a key field is a date, which F&O stores otherwise than sent.
 */
export function createdRecordFilter(body: JsonObject, table: EntityTable): FilterExpression | undefined {
  const conditions: FilterExpression[] = [];
  for (const name of table.entityType.key) {
    const value = body[name];
    const type = table.entityType.property(name)?.type;
    if (isKeyValue(value) && type !== 'Edm.DateTimeOffset' && type !== 'Edm.Date') {
      conditions.push(compare('eq', property(name), literalOf(value, type)));
    } else if (!isCompanyField(name) || value !== undefined) {
      return undefined;
    }
  }
  const [first, ...others] = conditions;
  return first === undefined ? undefined : and(first, ...others);
}

function isKeyValue(value: JsonValue | undefined): value is string | number | bigint {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'bigint';
}

function isWritable(field: Property, use: 'create' | 'update'): boolean {
  const term = use === 'create' ? `${terms}.AllowEditOnCreate` : `${terms}.AllowEdit`;
  return field.annotations[term] !== false;
}

function keyText(key: KeyPredicate, name: string, table: EntityTable): string {
  const part = key.parts.find((candidate) => (candidate.name ?? table.entityType.key[0]) === name);
  return part === undefined ? '' : String(literalValue(keyLiteral(part)));
}
