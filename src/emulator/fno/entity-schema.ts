/** What the handlers look up about a data entity: fields, key, empty values. */

import { RialtoError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { EntityType, Model } from '../../odata/index.ts';
import { type DataEntityData, dataEntitiesNamespace, type FieldData } from './model/data-entity-data.ts';
import { enumerations } from './model/enumerations.ts';

export interface EntitySchema {
  readonly data: DataEntityData;
  /** The entity set. */
  readonly name: string;
  readonly entityType: EntityType;
  readonly fields: ReadonlyMap<string, FieldData>;
  /** Whether every row belongs to a company. */
  readonly isCompanyScoped: boolean;
  /** What a row says of fields it does not set. */
  readonly rowDefaults: JsonObject;
}

/** All data entities of the environment. */
export interface FnoSchema {
  readonly model: Model;
  readonly entities: readonly EntitySchema[];
  entity(entitySet: string): EntitySchema;
}

/** Prepares the data entities for the handlers. */
export function fnoSchema(entities: readonly DataEntityData[], model: Model): FnoSchema {
  const schemas = entities.map((data) => entitySchema(data, model));
  const bySet = new Map(schemas.map((schema) => [schema.name, schema]));
  return {
    model,
    entities: schemas,
    entity(entitySet) {
      const schema = bySet.get(entitySet);
      if (schema === undefined) throw new RialtoError('INTERNAL', `The emulator has no entity set '${entitySet}'.`);
      return schema;
    },
  };
}

/** The key of a row in the store: the key values in order, without regard to case. */
export function rowKeyOf(values: readonly (JsonValue | undefined)[]): string {
  return values.map((value) => String(value ?? '').toLowerCase()).join('\u0000');
}

/** Hidden members of a row: what its ETag is made of. */
export const recordIdMember = '#recId';
export const recordVersionMember = '#recVersion';

/** The value of an X++ `date` that is not set. */
export const emptyDate = '1900-01-01T12:00:00Z';
/** The value of an X++ `utcdatetime` that is not set. */
export const emptyDateTime = '1900-01-01T00:00:00Z';

function entitySchema(data: DataEntityData, model: Model): EntitySchema {
  const entityType = model.entityType(`${dataEntitiesNamespace}.${data.entityType}`);
  if (entityType === undefined) throw new RialtoError('INTERNAL', `The model has no type '${data.entityType}'.`);
  return {
    data,
    name: data.entitySet,
    entityType,
    fields: new Map(data.fields.map((field) => [field.name, field])),
    isCompanyScoped: data.key.includes('dataAreaId'),
    rowDefaults: Object.fromEntries(data.fields.map((field) => [field.name, emptyValue(field)])),
  };
}

/** Empty strings rather than nulls; null only for an enumeration that holds no member, as time zones do when unset. */
function emptyValue(field: FieldData): JsonValue {
  if (field.enum !== undefined) return field.enum === 'Timezone' ? null : (enumerations[field.enum]?.[0] ?? null);
  switch (field.type) {
    case 'Edm.Int32':
    case 'Edm.Int64':
    case 'Edm.Decimal':
    case 'Edm.Double':
      return 0;
    case 'Edm.DateTimeOffset':
      return field.isDate === true ? emptyDate : emptyDateTime;
    case 'Edm.Guid':
      return '00000000-0000-0000-0000-000000000000';
    case 'Edm.Boolean':
      return false;
    default:
      return '';
  }
}
