/** A model as plain data, for instance a catalogue's. `createModel` makes a Model of it. */

import type {
  AnnotationGroup,
  Annotations,
  Facets,
  NavigationBinding,
  OnDelete,
  PropertyRef,
  Reference,
  ReferentialConstraint,
} from './model.ts';

/** `isNullable` is true and `isCollection` false unless said otherwise. Type names may use the schema's alias. */
export interface TypeReferenceData extends Facets {
  readonly type: string;
  readonly isCollection?: boolean;
  readonly isNullable?: boolean;
}

export interface PropertyData extends TypeReferenceData {
  readonly name: string;
  readonly defaultValue?: string;
  readonly annotations?: Annotations;
}

export interface NavigationPropertyData {
  readonly name: string;
  readonly type: string;
  readonly isCollection?: boolean;
  readonly isNullable?: boolean;
  readonly partner?: string;
  readonly containsTarget?: boolean;
  readonly referentialConstraints?: readonly ReferentialConstraint[];
  readonly onDelete?: OnDelete;
  readonly annotations?: Annotations;
}

/** Declared members only; what is inherited comes from the base type. */
export interface StructuredTypeData {
  readonly name: string;
  readonly baseType?: string;
  readonly isAbstract?: boolean;
  readonly isOpen?: boolean;
  readonly properties?: readonly PropertyData[];
  readonly navigationProperties?: readonly NavigationPropertyData[];
  readonly annotations?: Annotations;
}

export interface EntityTypeData extends StructuredTypeData {
  readonly hasStream?: boolean;
  /** Names of properties, or paths with their alias. */
  readonly key?: readonly (string | PropertyRef)[];
  readonly alternateKeys?: readonly (readonly string[])[];
}

export interface EnumTypeData {
  readonly name: string;
  readonly isFlags?: boolean;
  readonly underlyingType?: string;
  readonly members: readonly {
    readonly name: string;
    readonly value: number | bigint;
    readonly annotations?: Annotations;
  }[];
  readonly annotations?: Annotations;
}

export interface TypeDefinitionData extends Facets {
  readonly name: string;
  readonly underlyingType: string;
  readonly annotations?: Annotations;
}

export interface TermData extends TypeReferenceData {
  readonly name: string;
  readonly baseTerm?: string;
  readonly defaultValue?: string;
  readonly appliesTo?: readonly string[];
  readonly annotations?: Annotations;
}

export interface OperationData {
  readonly name: string;
  readonly isBound?: boolean;
  readonly entitySetPath?: string;
  readonly parameters?: readonly (TypeReferenceData & { readonly name: string; readonly annotations?: Annotations })[];
  readonly returnType?: TypeReferenceData & { readonly annotations?: Annotations };
  readonly isComposable?: boolean;
  readonly annotations?: Annotations;
}

export interface EntitySetData {
  readonly name: string;
  readonly entityType: string;
  /** Of an entity set; true unless said otherwise. */
  readonly includeInServiceDocument?: boolean;
  /** Of a singleton; false unless said otherwise. */
  readonly isNullable?: boolean;
  readonly navigationBindings?: readonly NavigationBinding[];
  readonly annotations?: Annotations;
}

export interface OperationImportData {
  readonly name: string;
  readonly operation: string;
  readonly entitySet?: string;
  readonly includeInServiceDocument?: boolean;
  readonly annotations?: Annotations;
}

export interface ContainerData {
  readonly name: string;
  readonly extends?: string;
  readonly entitySets?: readonly EntitySetData[];
  readonly singletons?: readonly EntitySetData[];
  /** Without it, every unbound action of the model has an import of its own name. */
  readonly actionImports?: readonly OperationImportData[];
  /** Without it, every unbound function of the model has an import of its own name. */
  readonly functionImports?: readonly OperationImportData[];
  readonly annotations?: Annotations;
}

export interface SchemaData {
  readonly namespace: string;
  readonly alias?: string;
  readonly entityTypes?: readonly EntityTypeData[];
  readonly complexTypes?: readonly StructuredTypeData[];
  readonly enumTypes?: readonly EnumTypeData[];
  readonly typeDefinitions?: readonly TypeDefinitionData[];
  readonly terms?: readonly TermData[];
  readonly actions?: readonly OperationData[];
  readonly functions?: readonly OperationData[];
  readonly container?: ContainerData;
  readonly annotationGroups?: readonly Omit<AnnotationGroup, 'namespace'>[];
  readonly annotations?: Annotations;
}

/** The schemas of a service. Several may have a container when all but one are extended. */
export interface ModelData {
  /** `4.0` unless said otherwise. */
  readonly version?: string;
  readonly references?: readonly Reference[];
  readonly schemas: readonly SchemaData[];
}
