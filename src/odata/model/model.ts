/** The entity data model of a service, as readers of it see it. `createModel` and `readCsdlXml` make one. */

import type { JsonValue } from '../../base/json.ts';

/** Annotations by term; `Term#Qualifier` where there is a qualifier (OData CSDL 4.01 14). */
export type Annotations = Readonly<Record<string, JsonValue>>;

/** A structural property (OData CSDL 4.01 7). Facets are undefined when not declared. */
export interface Property {
  readonly name: string;
  /** Type name without `Collection()`: `Edm.String`, or the qualified name of an enumeration or complex type. */
  readonly type: string;
  readonly isCollection: boolean;
  readonly isNullable: boolean;
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number | 'variable' | 'floating';
  readonly unicode?: boolean;
  readonly annotations: Annotations;
}

export interface ReferentialConstraint {
  readonly property: string;
  readonly referencedProperty: string;
}

/** A navigation property (OData CSDL 4.01 8); `type` is the qualified name of the target. */
export interface NavigationProperty {
  readonly name: string;
  readonly type: string;
  readonly isCollection: boolean;
  readonly isNullable: boolean;
  readonly partner?: string;
  readonly referentialConstraints: readonly ReferentialConstraint[];
  readonly annotations: Annotations;
}

/** What entity types and complex types share: members, declared and inherited, those of the base type first. */
export interface StructuredType {
  readonly name: string;
  readonly namespace: string;
  readonly qualifiedName: string;
  readonly baseType?: string;
  readonly isAbstract: boolean;
  readonly isOpen: boolean;
  readonly properties: readonly Property[];
  property(name: string): Property | undefined;
  readonly navigationProperties: readonly NavigationProperty[];
  navigationProperty(name: string): NavigationProperty | undefined;
  readonly annotations: Annotations;
}

/** An entity type (OData CSDL 4.01 6). The key may be inherited. */
export interface EntityType extends StructuredType {
  readonly kind: 'entityType';
  readonly key: readonly string[];
  readonly alternateKeys: readonly (readonly string[])[];
}

/** A complex type (OData CSDL 4.01 9). */
export interface ComplexType extends StructuredType {
  readonly kind: 'complexType';
}

export interface EnumMember {
  readonly name: string;
  readonly value: number | bigint;
  readonly annotations: Annotations;
}

/** An enumeration type (OData CSDL 4.01 10). */
export interface EnumType {
  readonly kind: 'enumType';
  readonly name: string;
  readonly namespace: string;
  readonly qualifiedName: string;
  readonly isFlags: boolean;
  readonly underlyingType: string;
  readonly members: readonly EnumMember[];
  member(name: string): EnumMember | undefined;
  readonly annotations: Annotations;
}

/** A type where it is used: of a parameter, of a return value. */
export interface TypeReference {
  readonly type: string;
  readonly isCollection: boolean;
  readonly isNullable: boolean;
}

export interface ODataParameter extends TypeReference {
  readonly name: string;
  readonly annotations: Annotations;
}

/** An action (OData CSDL 4.01 12.2). The first parameter of a bound one is the binding parameter. */
export interface ODataAction {
  readonly name: string;
  readonly qualifiedName: string;
  readonly isBound: boolean;
  readonly parameters: readonly ODataParameter[];
  readonly returnType?: TypeReference;
  readonly annotations: Annotations;
}

/** A function (OData CSDL 4.01 12.4). */
export interface ODataFunction extends ODataAction {
  readonly isComposable: boolean;
}

export interface NavigationBinding {
  readonly path: string;
  readonly target: string;
}

/** An entity set of the container (OData CSDL 4.01 13.2). */
export interface EntitySet {
  readonly name: string;
  /** Qualified name of the entity type. */
  readonly entityType: string;
  readonly navigationBindings: readonly NavigationBinding[];
  readonly annotations: Annotations;
}

/** A singleton of the container (OData CSDL 4.01 13.3). */
export interface Singleton {
  readonly name: string;
  readonly entityType: string;
  readonly navigationBindings: readonly NavigationBinding[];
  readonly annotations: Annotations;
}

/** Makes an unbound action or function callable by `name` (OData CSDL 4.01 13.5, 13.6). */
export interface OperationImport {
  readonly name: string;
  /** Qualified name of the action or function. */
  readonly operation: string;
  readonly entitySet?: string;
}

/** Lookups take qualified names, with the namespace or its alias. */
export interface Model {
  readonly namespaces: readonly string[];
  /** Namespace by alias. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly containerName: string | undefined;
  /** Namespace of the schema that holds the container. */
  readonly containerNamespace: string | undefined;
  readonly containerAnnotations: Annotations;

  readonly entitySets: readonly EntitySet[];
  entitySet(name: string): EntitySet | undefined;
  readonly singletons: readonly Singleton[];
  singleton(name: string): Singleton | undefined;

  readonly entityTypes: readonly EntityType[];
  entityType(qualifiedName: string): EntityType | undefined;
  readonly complexTypes: readonly ComplexType[];
  complexType(qualifiedName: string): ComplexType | undefined;
  readonly enumTypes: readonly EnumType[];
  enumType(qualifiedName: string): EnumType | undefined;

  readonly actions: readonly ODataAction[];
  readonly functions: readonly ODataFunction[];
  readonly actionImports: readonly OperationImport[];
  readonly functionImports: readonly OperationImport[];
  /** Actions bound to this type or one of its base types: to a collection of it, or to one instance. */
  boundActions(bindingType: string, isCollection: boolean): readonly ODataAction[];
  boundFunctions(bindingType: string, isCollection: boolean): readonly ODataFunction[];
  /** By the name of its import, or by its qualified name. */
  unboundAction(name: string): ODataAction | undefined;
  /** Overloads by the name of their import, or by their qualified name. */
  unboundFunctions(name: string): readonly ODataFunction[];
}
