/** What the handlers look up about a table: columns by property, lookups by navigation name, collections. */

import { RialtoError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import type { EntityType, Model } from '../../odata/index.ts';
import type { DataverseSettings } from '../options.ts';
import { crmNamespace } from './edm-model.ts';
import { activityPointerBase } from './model/activity-pointer.ts';
import { type ColumnData, isLookup, propertyName, type TableData } from './model/table-data.ts';

/** A lookup as one of its navigation properties addresses it. */
export interface LookupNavigation {
  readonly name: string;
  readonly column: ColumnData;
  /** Logical names of the tables it may point to: one, or both kinds of owner. */
  readonly targets: readonly string[];
  /** Whether it is a plain name of the activity base type. */
  readonly isInherited: boolean;
}

/** A collection-valued navigation property. */
export interface CollectionNavigation {
  readonly name: string;
  /** Logical name of the table whose rows it holds. */
  readonly table: string;
  /** The lookup of those rows that points here. */
  readonly column: string;
}

export interface TableSchema {
  readonly data: TableData;
  readonly name: string;
  readonly entityType: EntityType;
  readonly columns: ReadonlyMap<string, ColumnData>;
  readonly columnsByProperty: ReadonlyMap<string, ColumnData>;
  readonly lookups: ReadonlyMap<string, LookupNavigation>;
  readonly collections: ReadonlyMap<string, CollectionNavigation>;
  /** Navigation properties to tables that the emulator does not serve. */
  readonly elsewhere: ReadonlySet<string>;
  readonly alternateKeys: readonly (readonly string[])[];
  /** What a row says of columns it does not set. */
  readonly rowDefaults: JsonObject;
}

/** All tables of the environment, by logical name and by entity set. */
export interface DataverseSchema {
  readonly model: Model;
  readonly tables: readonly TableSchema[];
  table(logicalName: string): TableSchema;
  tableOfSet(entitySet: string): TableSchema | undefined;
}

/** Prepares the tables for the handlers. Raises OPTION_INVALID for an alternate key of an unknown table or column. */
export function dataverseSchema(
  tables: readonly TableData[],
  model: Model,
  settings: DataverseSettings,
): DataverseSchema {
  checkAlternateKeys(tables, settings);
  const schemas = tables.map((table) => tableSchema(table, tables, model, settings));
  const byName = new Map(schemas.map((schema) => [schema.name, schema]));
  const bySet = new Map(schemas.map((schema) => [schema.data.entitySet, schema]));
  return {
    model,
    tables: schemas,
    table(logicalName) {
      const schema = byName.get(logicalName);
      if (schema === undefined) throw new RialtoError('INTERNAL', `The emulator has no table '${logicalName}'.`);
      return schema;
    },
    tableOfSet: (entitySet) => bySet.get(entitySet),
  };
}

function checkAlternateKeys(tables: readonly TableData[], settings: DataverseSettings): void {
  const path = "Option 'emulator.dataverse.alternateKeys'";
  for (const [name, keys] of Object.entries(settings.alternateKeys)) {
    const table = tables.find((candidate) => candidate.logicalName === name);
    if (table === undefined) throw new RialtoError('OPTION_INVALID', `${path} names the unknown table '${name}'.`);
    for (const column of keys.flat()) {
      if (table.columns.some((candidate) => candidate.name === column)) continue;
      throw new RialtoError('OPTION_INVALID', `${path} names the unknown column '${column}' of '${name}'.`);
    }
  }
}

/** The hidden member of a row that names the table a polymorphic lookup points to. */
export function targetMember(column: ColumnData): string {
  return `#${column.name}`;
}

function tableSchema(
  data: TableData,
  tables: readonly TableData[],
  model: Model,
  settings: DataverseSettings,
): TableSchema {
  const entityType = model.entityType(`${crmNamespace}.${data.logicalName}`);
  if (entityType === undefined) throw new RialtoError('INTERNAL', `The model has no type '${data.logicalName}'.`);
  const columns = new Map(data.columns.map((column) => [column.name, column]));
  return {
    data,
    name: data.logicalName,
    entityType,
    columns,
    columnsByProperty: new Map(data.columns.map((column) => [propertyName(column), column])),
    lookups: new Map(
      [...inheritedLookups(data, columns), ...declaredLookups(data)].map((lookup) => [lookup.name, lookup]),
    ),
    collections: new Map([...data.collections, ...ownedCollections(data, tables)].map((item) => [item.name, item])),
    elsewhere: new Set(data.columns.flatMap((column) => column.elsewhere ?? [])),
    alternateKeys: settings.alternateKeys[data.logicalName] ?? [],
    rowDefaults: Object.fromEntries(entityType.properties.map((property) => [property.name, null])),
  };
}

function declaredLookups(data: TableData): readonly LookupNavigation[] {
  return data.columns.filter(isLookup).flatMap((column) => {
    const names = new Set((column.targets ?? []).flatMap((target) => target.navigation ?? []));
    return [...names].map((name) => ({
      name,
      column,
      targets: (column.targets ?? []).filter((target) => target.navigation === name).map((target) => target.table),
      isInherited: false,
    }));
  });
}

function inheritedLookups(data: TableData, columns: ReadonlyMap<string, ColumnData>): readonly LookupNavigation[] {
  if (data.baseType !== 'activitypointer') return [];
  return activityPointerBase.navigation.flatMap(({ name, type, column }) => {
    const found = columns.get(column);
    if (found === undefined) return [];
    return [
      { name, column: found, targets: type === 'principal' ? ['systemuser', 'team'] : [type], isInherited: true },
    ];
  });
}

function ownedCollections(data: TableData, tables: readonly TableData[]): readonly CollectionNavigation[] {
  if (data.baseType !== 'principal') return [];
  return tables
    .filter((table) => table.isUserOwned)
    .map((table) => ({ name: `owner_${table.entitySet}`, table: table.logicalName, column: 'ownerid' }));
}
