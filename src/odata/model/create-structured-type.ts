/** Entity types and complex types of a model. Members are made when first asked for. */

import type { ComplexType, EntityType, NavigationProperty, Property, StructuredType } from './model.ts';
import type {
  EntityTypeData,
  NavigationPropertyData,
  PropertyData,
  SchemaData,
  StructuredTypeData,
} from './model-data.ts';
import type { TypeNames } from './type-names.ts';

/** The types of a model, by qualified name. */
export interface TypeContext {
  readonly names: TypeNames;
  readonly entityTypes: Map<string, EntityType>;
  readonly complexTypes: Map<string, ComplexType>;
}

/** An entity type (OData CSDL 4.01 6). */
export function createEntityType(data: EntityTypeData, schema: SchemaData, types: TypeContext): EntityType {
  const structured = createStructuredType(data, schema, types, types.entityTypes);
  const base = () => (structured.baseType === undefined ? undefined : types.entityTypes.get(structured.baseType));
  return Object.defineProperties(structured, {
    kind: { value: 'entityType', enumerable: true },
    key: { get: once(() => data.key ?? base()?.key ?? []), enumerable: true },
    alternateKeys: {
      get: once(() => [...(base()?.alternateKeys ?? []), ...(data.alternateKeys ?? [])]),
      enumerable: true,
    },
  }) as EntityType;
}

/** A complex type (OData CSDL 4.01 9). */
export function createComplexType(data: StructuredTypeData, schema: SchemaData, types: TypeContext): ComplexType {
  const structured = createStructuredType(data, schema, types, types.complexTypes);
  return Object.defineProperties(structured, { kind: { value: 'complexType', enumerable: true } }) as ComplexType;
}

function createStructuredType(
  data: StructuredTypeData,
  schema: SchemaData,
  types: TypeContext,
  declared: ReadonlyMap<string, StructuredType>,
): StructuredType {
  const baseType = data.baseType === undefined ? undefined : types.names.resolve(data.baseType);
  const base = () => (baseType === undefined ? undefined : declared.get(baseType));
  const properties = once(() => [
    ...(base()?.properties ?? []),
    ...(data.properties ?? []).map((property) => createProperty(property, types.names)),
  ]);
  const navigationProperties = once(() => [
    ...(base()?.navigationProperties ?? []),
    ...(data.navigationProperties ?? []).map((property) => createNavigationProperty(property, types.names)),
  ]);
  const propertiesByName = once(() => byName(properties()));
  const navigationByName = once(() => byName(navigationProperties()));
  return {
    name: data.name,
    namespace: schema.namespace,
    qualifiedName: `${schema.namespace}.${data.name}`,
    ...(baseType === undefined ? {} : { baseType }),
    isAbstract: data.isAbstract ?? false,
    isOpen: data.isOpen ?? false,
    get properties() {
      return properties();
    },
    property: (name) => propertiesByName().get(name),
    get navigationProperties() {
      return navigationProperties();
    },
    navigationProperty: (name) => navigationByName().get(name),
    annotations: data.annotations ?? {},
  };
}

function createProperty(data: PropertyData, names: TypeNames): Property {
  return {
    ...data,
    type: names.resolve(data.type),
    isCollection: data.isCollection ?? false,
    isNullable: data.isNullable ?? true,
    annotations: data.annotations ?? {},
  };
}

function createNavigationProperty(data: NavigationPropertyData, names: TypeNames): NavigationProperty {
  return {
    ...data,
    type: names.resolve(data.type),
    isCollection: data.isCollection ?? false,
    isNullable: data.isNullable ?? true,
    referentialConstraints: data.referentialConstraints ?? [],
    annotations: data.annotations ?? {},
  };
}

function byName<T extends { readonly name: string }>(members: readonly T[]): ReadonlyMap<string, T> {
  return new Map(members.map((member) => [member.name, member]));
}

/** The value of `make`, made at the first call. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
