/** The schema of a Dataverse record that is written: one property per column that can be. */

import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Property } from '../../odata/index.ts';
import { columnSchema, objectSchema } from '../column-schema.ts';
import type { JsonSchema } from '../contract.ts';
import type { EntityTable } from '../entity-table.ts';
import { type Lookups, lookupColumnOf, targetsOf } from './lookup.ts';

/** Columns that the platform sets; a value that is sent for them never arrives. */
const systemColumns: ReadonlySet<string> = new Set(['createdon', 'modifiedon', 'versionnumber']);

/** Lookups that the platform sets. */
const systemLookups: ReadonlySet<string> = new Set([
  'createdby',
  'createdonbehalfby',
  'modifiedby',
  'modifiedonbehalfby',
  'owninguser',
  'owningteam',
]);

/** The schema of the body of a create or an update. */
export function recordSchema(table: EntityTable, lookups: Lookups, use: 'create' | 'update'): JsonSchema {
  const { entityType, model } = table;
  const properties: Record<string, JsonValue> = {};
  for (const column of entityType.properties) {
    const isKey = entityType.key.includes(column.name);
    if (isWritable(column) && !(isKey && use === 'update')) properties[column.name] = columnSchema(column, model);
  }
  for (const [column, branches] of lookups) {
    if (!systemLookups.has(column)) Object.assign(properties, lookupSchema(column, targetsOf(branches)));
  }
  for (const navigation of entityType.navigationProperties) {
    const bind = { type: ['string', 'null'], 'x-ms-visibility': 'advanced' };
    properties[`${navigation.name}@odata.bind`] = navigation.isCollection ? { type: 'array', items: bind } : bind;
  }
  return objectSchema(properties);
}

function isWritable(column: Property): boolean {
  return (
    lookupColumnOf(column.name) === undefined &&
    !systemColumns.has(column.name) &&
    column.annotations['Org.OData.Core.V1.Computed'] !== true &&
    column.annotations['Org.OData.Core.V1.Permissions'] !== 'Org.OData.Core.V1.Permission/Read'
  );
}

function lookupSchema(column: string, targets: readonly string[]): JsonObject {
  return {
    [`_${column}_value`]: { type: ['string', 'null'], format: 'uuid-or-blank', 'x-ms-summary': column },
    [`_${column}_type`]: { type: ['string', 'null'], enum: [...targets, '', null], 'x-ms-summary': `${column} type` },
  };
}
