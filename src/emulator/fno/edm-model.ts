/** The entity data model of the F&O environment, in the layout of the real `$metadata`. */

import {
  createModel,
  type EntityTypeData,
  type Model,
  type NavigationPropertyData,
  type OperationData,
  type PropertyData,
} from '../../odata/index.ts';
import {
  type DataEntityData,
  dataEntitiesNamespace,
  edmTypeOfField,
  type FieldData,
} from './model/data-entity-data.ts';
import { enumerations } from './model/enumerations.ts';

const terms = 'Microsoft.Dynamics.OData.Core.V1';

/** Builds the model of these data entities. */
export function fnoModel(entities: readonly DataEntityData[]): Model {
  return createModel({
    schemas: [
      {
        namespace: dataEntitiesNamespace,
        enumTypes: Object.entries(enumerations).map(([name, members]) => ({
          name,
          members: members.map((member, value) => ({ name: member, value })),
        })),
        entityTypes: entities.map(entityType),
        actions: entities.flatMap(boundActions),
        container: {
          name: 'Resources',
          entitySets: entities.map(({ entitySet, entityType: type }) => ({
            name: entitySet,
            entityType: `${dataEntitiesNamespace}.${type}`,
            navigationBindings: entitySet === 'SalesOrderHeadersV2' ? [salesOrderLines] : [],
          })),
        },
      },
    ],
  });
}

const salesOrderLines = { path: 'SalesOrderLines', target: 'SalesOrderLines' } as const;

function entityType(entity: DataEntityData): EntityTypeData {
  return {
    name: entity.entityType,
    key: entity.key,
    properties: entity.fields.map((field) => property(field, entity)),
    navigationProperties: navigationProperties(entity),
    annotations: entity.isReadOnly ? { [`${terms}.IsReadOnly`]: true } : {},
  };
}

/** Only the navigation whose target the emulator serves. */
function navigationProperties(entity: DataEntityData): readonly NavigationPropertyData[] {
  if (entity.entitySet !== 'SalesOrderHeadersV2') return [];
  return [{ name: 'SalesOrderLines', type: `${dataEntitiesNamespace}.SalesOrderLine`, isCollection: true }];
}

/** Nullability is mechanical: numbers, dates, guids and Booleans are not nullable, nor are string keys. */
function property(field: FieldData, entity: DataEntityData): PropertyData {
  const isKey = entity.key.includes(field.name);
  const isText = field.enum === undefined && (field.type === undefined || field.type === 'Edm.Binary');
  const isNullable = field.enum !== undefined || (isText && !isKey);
  return {
    name: field.name,
    type: edmTypeOfField(field),
    ...(isNullable ? {} : { isNullable: false }),
    annotations: {
      ...(entity.mandatory.includes(field.name) || isKey ? { [`${terms}.IsRequired`]: true } : {}),
      ...(isKey && !entity.isReadOnly ? { [`${terms}.AllowEdit`]: false, [`${terms}.AllowEditOnCreate`]: true } : {}),
    },
  };
}

function boundActions(entity: DataEntityData): readonly OperationData[] {
  return entity.actions.map(({ name, returns }) => {
    const collection = /^Collection\((.+)\)$/.exec(returns)?.[1];
    return {
      name,
      isBound: true,
      parameters: [
        { name: entity.entitySet, type: `${dataEntitiesNamespace}.${entity.entityType}`, isCollection: true },
      ],
      returnType: collection === undefined ? { type: returns } : { type: collection, isCollection: true },
    };
  });
}
