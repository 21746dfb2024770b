/** A model as plain data: what a catalogue file or the CSDL reader describes. `createModel` makes a Model of it. */

import type { Annotations, NavigationBinding, ReferentialConstraint } from './model.ts';

/** `isNullable` is true and `isCollection` false unless said otherwise. Type names may use the schema's alias. */
export interface PropertyData {
  readonly name: string;
  readonly type: string;
  readonly isCollection?: boolean;
  readonly isNullable?: boolean;
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number | 'variable' | 'floating';
  readonly unicode?: boolean;
  readonly annotations?: Annotations;
}

export interface NavigationPropertyData {
  readonly name: string;
  readonly type: string;
  readonly isCollection?: boolean;
  readonly isNullable?: boolean;
  readonly partner?: string;
  readonly referentialConstraints?: readonly ReferentialConstraint[];
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
  readonly key?: readonly string[];
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

export interface TypeReferenceData {
  readonly type: string;
  readonly isCollection?: boolean;
  readonly isNullable?: boolean;
}

export interface OperationData {
  readonly name: string;
  readonly isBound?: boolean;
  readonly parameters?: readonly (TypeReferenceData & { readonly name: string; readonly annotations?: Annotations })[];
  readonly returnType?: TypeReferenceData;
  readonly isComposable?: boolean;
  readonly annotations?: Annotations;
}

export interface EntitySetData {
  readonly name: string;
  readonly entityType: string;
  readonly navigationBindings?: readonly NavigationBinding[];
  readonly annotations?: Annotations;
}

export interface OperationImportData {
  readonly name: string;
  readonly operation: string;
  readonly entitySet?: string;
}

export interface ContainerData {
  readonly name: string;
  readonly entitySets?: readonly EntitySetData[];
  readonly singletons?: readonly EntitySetData[];
  /** Without it, every unbound action of the schema has an import of its own name. */
  readonly actionImports?: readonly OperationImportData[];
  /** Without it, every unbound function of the schema has an import of its own name. */
  readonly functionImports?: readonly OperationImportData[];
  readonly annotations?: Annotations;
}

export interface SchemaData {
  readonly namespace: string;
  readonly alias?: string;
  readonly entityTypes?: readonly EntityTypeData[];
  readonly complexTypes?: readonly StructuredTypeData[];
  readonly enumTypes?: readonly EnumTypeData[];
  readonly actions?: readonly OperationData[];
  readonly functions?: readonly OperationData[];
  readonly container?: ContainerData;
}

/** The schemas of a service; at most one of them has a container. */
export interface ModelData {
  readonly schemas: readonly SchemaData[];
}
