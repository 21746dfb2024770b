/** The compact form in which the emulator keeps F&O data entities. */

export interface FieldData {
  readonly name: string;
  /** EDM type; `Edm.String` when neither `type` nor `enum` is given. */
  readonly type?: string;
  /** Name of an enumeration. */
  readonly enum?: string;
  readonly maxLength?: number;
  /** An X++ `date`: always noon UTC on the wire. Other `Edm.DateTimeOffset` fields are X++ `utcdatetime`. */
  readonly isDate?: boolean;
}

/** An action bound to the entity set, without parameters. */
export interface ActionData {
  readonly name: string;
  /** EDM type, or `Collection(…)`. */
  readonly returns: string;
}

export interface DataEntityData {
  /** Public collection name. */
  readonly entitySet: string;
  /** Public entity name. */
  readonly entityType: string;
  /** Name in X++, used in error texts. */
  readonly aotName: string;
  readonly label: string;
  readonly key: readonly string[];
  readonly isReadOnly: boolean;
  /** Fields that X++ insists on. */
  readonly mandatory: readonly string[];
  readonly actions: readonly ActionData[];
  /** In response order. */
  readonly fields: readonly FieldData[];
}

/** The EDM namespace of every data entity. */
export const dataEntitiesNamespace = 'Microsoft.Dynamics.DataEntities';

/** The EDM type of a field: an enumeration's is qualified. */
export function edmTypeOfField(field: FieldData): string {
  return field.enum === undefined ? (field.type ?? 'Edm.String') : `${dataEntitiesNamespace}.${field.enum}`;
}
