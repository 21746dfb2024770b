/** The entity data model of a service, as readers of it see it. `createModel`, `readCsdlXml` and `readCsdlJson` make one. */

import type { JsonValue } from '../../base/json.ts';

/**
 * Annotations by term; `Term#Qualifier` where there is a qualifier, `Term@Other` for an annotation of the annotation
 * (OData CSDL 4.01 14). Values have the form of CSDL JSON; constants that it writes like strings keep their kind:
 * `{"$EnumMember":"Ns.T/A"}`, `{"$PropertyPath":"name"}`, `{"$Date":"2000-01-01"}`.
 */
export type Annotations = Readonly<Record<string, JsonValue>>;

/** What restricts values of a type (OData CSDL 4.01 7.2). Facets are undefined when not declared. */
export interface Facets {
  /** `max` is what 4.0 services may write for the longest that they can store. */
  readonly maxLength?: number | 'max';
  readonly precision?: number;
  /** Not declared means 0 in XML, and variable in JSON (OData CSDL JSON 4.01 7.2.4). */
  readonly scale?: number | 'variable' | 'floating';
  readonly unicode?: boolean;
  readonly srid?: number | 'variable';
}

/** A type where it is used: of a property, a parameter, a return value. */
export interface TypeReference extends Facets {
  /**
   * Type name without `Collection()`: `Edm.String`, or the qualified name of an enumeration, complex or entity type. Of
   * a type definition it is the underlying type; facets that are not declared here are those of the definition.
   */
  readonly type: string;
  /** Qualified name of the type definition that was used (OData CSDL 4.01 11). */
  readonly typeDefinition?: string;
  readonly isCollection: boolean;
  readonly isNullable: boolean;
}

/** A structural property (OData CSDL 4.01 7). */
export interface Property extends TypeReference {
  readonly name: string;
  /** As text, in the form of a literal without quotes (OData CSDL XML 4.01 7.2.7). */
  readonly defaultValue?: string;
  readonly annotations: Annotations;
}

export interface ReferentialConstraint {
  readonly property: string;
  readonly referencedProperty: string;
  readonly annotations?: Annotations;
}

/** What becomes of related entities: `Cascade`, `None`, `SetNull`, `SetDefault` (OData CSDL 4.01 8.6). */
export interface OnDelete {
  readonly action: string;
  readonly annotations?: Annotations;
}

/** A navigation property (OData CSDL 4.01 8); `type` is the qualified name of the target. */
export interface NavigationProperty {
  readonly name: string;
  readonly type: string;
  readonly isCollection: boolean;
  /** True for collections, which may be empty. */
  readonly isNullable: boolean;
  readonly partner?: string;
  readonly containsTarget: boolean;
  readonly referentialConstraints: readonly ReferentialConstraint[];
  readonly onDelete?: OnDelete;
  readonly annotations: Annotations;
}

/** What entity types and complex types share: members, declared and inherited, those of the base type first. */
export interface StructuredType {
  readonly name: string;
  readonly namespace: string;
  readonly qualifiedName: string;
  /** Qualified name; of a type that a reference includes, nothing more is known. */
  readonly baseType?: string;
  readonly isAbstract: boolean;
  readonly isOpen: boolean;
  readonly properties: readonly Property[];
  property(name: string): Property | undefined;
  readonly navigationProperties: readonly NavigationProperty[];
  navigationProperty(name: string): NavigationProperty | undefined;
  /** Without those of the base type. */
  readonly declaredProperties: readonly Property[];
  /** Without those of the base type. */
  readonly declaredNavigationProperties: readonly NavigationProperty[];
  readonly annotations: Annotations;
}

/** A part of a key (OData CSDL 4.01 6.5): the path to a property, with an alias when it is not the type's own. */
export interface PropertyRef {
  readonly path: string;
  readonly alias?: string;
}

/** An entity type (OData CSDL 4.01 6). The key may be inherited. */
export interface EntityType extends StructuredType {
  readonly kind: 'entityType';
  readonly hasStream: boolean;
  /** The names that a key predicate has: aliases where there are some. */
  readonly key: readonly string[];
  readonly keyParts: readonly PropertyRef[];
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

/** A type definition (OData CSDL 4.01 11): a primitive type under a name of its own. */
export interface TypeDefinition extends Facets {
  readonly kind: 'typeDefinition';
  readonly name: string;
  readonly namespace: string;
  readonly qualifiedName: string;
  readonly underlyingType: string;
  readonly annotations: Annotations;
}

/** A term that annotations apply (OData CSDL 4.01 14.1). */
export interface Term extends TypeReference {
  readonly kind: 'term';
  readonly name: string;
  readonly namespace: string;
  readonly qualifiedName: string;
  readonly baseTerm?: string;
  readonly defaultValue?: string;
  readonly appliesTo: readonly string[];
  readonly annotations: Annotations;
}

export interface ODataParameter extends TypeReference {
  readonly name: string;
  readonly annotations: Annotations;
}

export interface ReturnType extends TypeReference {
  readonly annotations?: Annotations;
}

/** One overload of an action (OData CSDL 4.01 12.2). The first parameter of a bound one is the binding parameter. */
export interface ODataAction {
  readonly name: string;
  readonly qualifiedName: string;
  readonly isBound: boolean;
  /** Path from the binding parameter to where the returned entities are (OData CSDL 4.01 12.6). */
  readonly entitySetPath?: string;
  readonly parameters: readonly ODataParameter[];
  readonly returnType?: ReturnType;
  readonly annotations: Annotations;
}

/** One overload of a function (OData CSDL 4.01 12.4). */
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
  readonly includeInServiceDocument: boolean;
  readonly navigationBindings: readonly NavigationBinding[];
  readonly annotations: Annotations;
}

/** A singleton of the container (OData CSDL 4.01 13.3). */
export interface Singleton {
  readonly name: string;
  readonly entityType: string;
  readonly isNullable: boolean;
  readonly navigationBindings: readonly NavigationBinding[];
  readonly annotations: Annotations;
}

/** Makes an unbound action or function callable by `name` (OData CSDL 4.01 13.5, 13.6). */
export interface OperationImport {
  readonly name: string;
  /** Qualified name of the action or function. */
  readonly operation: string;
  readonly entitySet?: string;
  /** Only a function import can be in the service document. */
  readonly includeInServiceDocument?: boolean;
  readonly annotations?: Annotations;
}

/** An entity container with what it declares itself (OData CSDL 4.01 13). */
export interface EntityContainer {
  readonly name: string;
  readonly namespace: string;
  readonly qualifiedName: string;
  /** Qualified name of the container that it extends. */
  readonly extends?: string;
  readonly entitySets: readonly EntitySet[];
  readonly singletons: readonly Singleton[];
  readonly actionImports: readonly OperationImport[];
  readonly functionImports: readonly OperationImport[];
  readonly annotations: Annotations;
}

/** A schema (OData CSDL 4.01 5). */
export interface Schema {
  readonly namespace: string;
  readonly alias?: string;
  readonly annotations: Annotations;
}

/** A reference to another document (OData CSDL 4.01 4.1). */
export interface Reference {
  readonly uri: string;
  readonly includes: readonly {
    readonly namespace: string;
    readonly alias?: string;
    readonly annotations?: Annotations;
  }[];
  readonly includeAnnotations: readonly {
    readonly termNamespace: string;
    readonly qualifier?: string;
    readonly targetNamespace?: string;
  }[];
  readonly annotations?: Annotations;
}

/** Annotations that stand apart from what they annotate (OData CSDL 4.01 14.2.2). */
export interface AnnotationGroup {
  /** Namespace of the schema in which they stand. */
  readonly namespace: string;
  /** Path of the model element, its alias resolved: `Ns.Type/Property`. */
  readonly target: string;
  readonly annotations: Annotations;
}

/** Immutable. Lookups take qualified names, with the namespace or its alias. */
export interface Model {
  /** Version of the document, `4.0` or `4.01`. */
  readonly version: string;
  readonly references: readonly Reference[];
  readonly schemas: readonly Schema[];
  readonly namespaces: readonly string[];
  /** Namespace by alias. */
  readonly aliases: Readonly<Record<string, string>>;

  /** All containers; the service's is the one that no other extends. */
  readonly containers: readonly EntityContainer[];
  readonly containerName: string | undefined;
  /** Namespace of the schema that holds the container. */
  readonly containerNamespace: string | undefined;
  readonly containerAnnotations: Annotations;

  /** Of the service's container and those that it extends, as the singletons and imports below. */
  readonly entitySets: readonly EntitySet[];
  entitySet(name: string): EntitySet | undefined;
  readonly singletons: readonly Singleton[];
  singleton(name: string): Singleton | undefined;

  readonly entityTypes: readonly EntityType[];
  entityType(qualifiedName: string): EntityType | undefined;
  readonly complexTypes: readonly ComplexType[];
  complexType(qualifiedName: string): ComplexType | undefined;
  /** The entity type or complex type of this name. */
  structuredType(qualifiedName: string): EntityType | ComplexType | undefined;
  readonly enumTypes: readonly EnumType[];
  enumType(qualifiedName: string): EnumType | undefined;
  readonly typeDefinitions: readonly TypeDefinition[];
  typeDefinition(qualifiedName: string): TypeDefinition | undefined;
  readonly terms: readonly Term[];
  term(qualifiedName: string): Term | undefined;
  /** Types that inherit from this one, directly or through others, in document order. */
  derivedTypes(qualifiedName: string): readonly (EntityType | ComplexType)[];
  /** Whether `type` inherits from `base`, directly or through others; a type does not inherit from itself. */
  isDerivedFrom(type: string, base: string): boolean;

  readonly actions: readonly ODataAction[];
  readonly functions: readonly ODataFunction[];
  readonly actionImports: readonly OperationImport[];
  readonly functionImports: readonly OperationImport[];
  /** Actions bound to this type or one of its base types: to a collection of it, or to one instance. */
  boundActions(bindingType: string, isCollection: boolean): readonly ODataAction[];
  boundFunctions(bindingType: string, isCollection: boolean): readonly ODataFunction[];
  /** All overloads of an action, bound or not, by its qualified name. */
  actionOverloads(qualifiedName: string): readonly ODataAction[];
  functionOverloads(qualifiedName: string): readonly ODataFunction[];
  /** By the name of its import, or by its qualified name. */
  unboundAction(name: string): ODataAction | undefined;
  /** Overloads by the name of their import, or by their qualified name. */
  unboundFunctions(name: string): readonly ODataFunction[];

  /** Annotations that stand apart; those whose target is in the model are among its annotations as well. */
  readonly annotationGroups: readonly AnnotationGroup[];
}
