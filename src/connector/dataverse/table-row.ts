/**
 * Rows as the older Dynamics connectors give them: no annotations but the ETag, the record id as `ItemInternalId`, and
 * beside choices `_statuscode_label`, beside lookups `_ownerid_type` with the entity set.
 */

import { isJsonObject, type JsonObject, type JsonValue } from '../../base/json.ts';
import type { Model } from '../../odata/index.ts';
import type { EntityTable } from '../entity-table.ts';
import type { OpenConnection } from '../open-connection.ts';
import { lookupColumnOf } from './lookup.ts';

/** The annotations that the companions are made of; the service is asked for them. */
export const rowAnnotations = 'OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname';

/** The row of the Web API as the connector gives it. */
export function tableRow(connection: OpenConnection, table: EntityTable, row: JsonObject): JsonObject {
  const setNames = connection.memo.get(table.model, 'dataverse set names', () => setNamesOf(table.model));
  const id = row[table.entityType.key[0] ?? ''];
  const shown: Record<string, JsonValue> = id === undefined ? {} : { ItemInternalId: id };
  for (const [name, value] of Object.entries(row)) {
    if (isKept(name)) {
      shown[name] = nestedRow(value);
      Object.assign(shown, companionOf(name, row, setNames));
    }
  }
  return shown;
}

/** The annotations of the protocol that carry data; those of display are in the companions. */
function isKept(name: string): boolean {
  if (!name.includes('@')) return true;
  return name === '@odata.etag' || name.endsWith('@odata.nextLink') || name.endsWith('@odata.count');
}

function nestedRow(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(nestedRow);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => isKept(name)));
}

function companionOf(name: string, row: JsonObject, setNames: ReadonlyMap<string, string>): JsonObject {
  const lookup = lookupColumnOf(name);
  if (lookup !== undefined) {
    const target = row[`${name}@Microsoft.Dynamics.CRM.lookuplogicalname`];
    return typeof target === 'string' ? { [`_${lookup}_type`]: setNames.get(target) ?? target } : {};
  }
  const label = row[`${name}@OData.Community.Display.V1.FormattedValue`];
  return typeof label === 'string' && isChoice(row[name], label) ? { [`_${name}_label`]: label } : {};
}

/** A choice is a whole number with a label, or a text `1,3` with labels; the metadata does not tell them from numbers. */
function isChoice(value: JsonValue | undefined, label: string): boolean {
  if (typeof value === 'string') return /^-?\d+(,-?\d+)*$/.test(value);
  return typeof value === 'number' && Number.isInteger(value) && /\p{L}/u.test(label);
}

function setNamesOf(model: Model): ReadonlyMap<string, string> {
  return new Map(model.entitySets.map((set) => [model.entityType(set.entityType)?.name ?? set.entityType, set.name]));
}
