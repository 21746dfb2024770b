/** The entity data model of the Dataverse environment, in the layout of the real `$metadata`. */

import {
  createModel,
  type EntityTypeData,
  type Model,
  type NavigationPropertyData,
  type PropertyData,
} from '../../odata/index.ts';
import type { DataverseSettings } from '../options.ts';
import { activityPointerBase } from './model/activity-pointer.ts';
import { type ColumnData, edmTypeOf, isLookup, propertyName, type TableData } from './model/table-data.ts';

/** The EDM namespace of Dataverse; its alias is `mscrm`. */
export const crmNamespace = 'Microsoft.Dynamics.CRM';

/** Builds the model of these tables. */
export function dataverseModel(tables: readonly TableData[], settings: DataverseSettings): Model {
  return createModel({
    schemas: [
      {
        namespace: crmNamespace,
        alias: 'mscrm',
        entityTypes: [...baseTypes(tables), ...tables.map((table) => entityType(table, tables, settings))],
        complexTypes: [
          {
            name: 'WhoAmIResponse',
            properties: ['BusinessUnitId', 'UserId', 'OrganizationId'].map((name) => ({ name, type: 'Edm.Guid' })),
          },
        ],
        functions: [{ name: 'WhoAmI', returnType: { type: 'mscrm.WhoAmIResponse', isNullable: false } }],
        container: {
          name: 'System',
          entitySets: tables.map((table) => ({
            name: table.entitySet,
            entityType: `${crmNamespace}.${table.logicalName}`,
            navigationBindings: navigationBindings(table, tables),
          })),
        },
      },
    ],
  });
}

function baseTypes(tables: readonly TableData[]): readonly EntityTypeData[] {
  const task = tables.find((table) => table.baseType === 'activitypointer');
  const baseColumns = (task?.columns ?? []).filter((column) => activityPointerBase.columns.includes(column.name));
  return [
    { name: 'crmbaseentity', isAbstract: true },
    {
      name: 'principal',
      baseType: 'mscrm.crmbaseentity',
      isAbstract: true,
      key: ['ownerid'],
      properties: [{ name: 'ownerid', type: 'Edm.Guid' }],
      navigationProperties: ownedCollections(tables),
    },
    {
      name: 'activitypointer',
      baseType: 'mscrm.crmbaseentity',
      isAbstract: true,
      key: ['activityid'],
      properties: baseColumns.map(property),
      navigationProperties: activityPointerBase.navigation.map(({ name, type, column }) => ({
        name,
        type: `mscrm.${type}`,
        isNullable: false,
        referentialConstraints: [{ property: `_${column}_value`, referencedProperty: keyOf(type, tables) }],
      })),
    },
  ];
}

/** `owner_leads` and its kin: what a user or team owns. */
function ownedCollections(tables: readonly TableData[]): readonly NavigationPropertyData[] {
  return tables
    .filter((table) => table.isUserOwned)
    .map((table) => ({
      name: `owner_${table.entitySet}`,
      type: `mscrm.${table.logicalName}`,
      isCollection: true,
      partner: table.baseType === 'activitypointer' ? `ownerid_${table.logicalName}` : 'ownerid',
    }));
}

function entityType(table: TableData, tables: readonly TableData[], settings: DataverseSettings): EntityTypeData {
  const isInherited = (column: ColumnData): boolean =>
    table.baseType === 'activitypointer' && activityPointerBase.columns.includes(column.name);
  const alternateKeys = settings.alternateKeys[table.logicalName];
  return {
    name: table.logicalName,
    baseType: `mscrm.${table.baseType}`,
    key: [table.edmKey],
    ...(alternateKeys === undefined
      ? {}
      : { alternateKeys: alternateKeys.map((key) => key.map((name) => keyProperty(name, table))) }),
    properties: table.columns.filter((column) => !isInherited(column)).map(property),
    navigationProperties: [
      ...table.columns.flatMap((column) => lookupNavigation(table, column, tables, isInherited(column))),
      ...table.collections.map((collection) => ({
        name: collection.name,
        type: `mscrm.${collection.table}`,
        isCollection: true,
        partner: collection.partner,
      })),
    ],
  };
}

/** An alternate key names columns; the EDM names their properties. */
function keyProperty(name: string, table: TableData): string {
  const column = table.columns.find((candidate) => candidate.name === name);
  return column === undefined ? name : propertyName(column);
}

function property(column: ColumnData): PropertyData {
  const type = edmTypeOf(column);
  return {
    name: propertyName(column),
    type,
    ...(type === 'Edm.String' ? { unicode: false } : {}),
    ...(type === 'Edm.Decimal' ? { scale: 'variable' as const } : {}),
  };
}

function lookupNavigation(
  table: TableData,
  column: ColumnData,
  tables: readonly TableData[],
  isInherited: boolean,
): readonly NavigationPropertyData[] {
  return navigationNames(column).map(([name, target]) => {
    const partner = partnerOf(table, name, target, tables);
    return {
      name,
      type: `mscrm.${target}`,
      // So says the real document, although the lookup may well be empty.
      isNullable: false,
      ...(partner === undefined ? {} : { partner }),
      // The real document leaves the constraint out where the column stands on the base type.
      ...(isInherited
        ? {}
        : { referentialConstraints: [{ property: propertyName(column), referencedProperty: keyOf(target, tables) }] }),
    };
  });
}

/** Each navigation property of a lookup once, with its target type; the owner's target is `principal`. */
function navigationNames(column: ColumnData): readonly (readonly [string, string])[] {
  if (!isLookup(column)) return [];
  const names = new Map<string, string>();
  for (const { table, navigation } of column.targets ?? []) {
    if (navigation !== undefined) names.set(navigation, column.type === 'Owner' ? 'principal' : table);
  }
  return [...names];
}

function partnerOf(
  table: TableData,
  navigation: string,
  target: string,
  tables: readonly TableData[],
): string | undefined {
  if (target === 'principal') return `owner_${table.entitySet}`;
  return tables
    .find((candidate) => candidate.logicalName === target)
    ?.collections.find((collection) => collection.table === table.logicalName && collection.partner === navigation)
    ?.name;
}

function keyOf(type: string, tables: readonly TableData[]): string {
  return tables.find((table) => table.logicalName === type)?.primaryId ?? 'ownerid';
}

function navigationBindings(
  table: TableData,
  tables: readonly TableData[],
): readonly { readonly path: string; readonly target: string }[] {
  const setOf = (name: string): string | undefined => tables.find((other) => other.logicalName === name)?.entitySet;
  const lookups = table.columns.flatMap((column) =>
    navigationNames(column).map(([path, target]) => ({ path, target: setOf(target) })),
  );
  const collections = table.collections.map(({ name, table: target }) => ({ path: name, target: setOf(target) }));
  return [...lookups, ...collections].flatMap(({ path, target }) => (target === undefined ? [] : [{ path, target }]));
}
