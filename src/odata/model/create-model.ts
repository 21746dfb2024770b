/** Plain data → Model. */

import { RialtoError } from '../../base/errors.ts';
import { createOperations } from './create-operations.ts';
import { createComplexType, createEntityType, type TypeContext } from './create-structured-type.ts';
import type { EntitySet, EnumMember, EnumType, Model } from './model.ts';
import type { EntitySetData, EnumTypeData, ModelData, SchemaData } from './model-data.ts';
import { createTypeNames } from './type-names.ts';

/**
 * Makes a model: aliases are resolved, inherited members are found when first asked for. Raises CSDL_INVALID for a
 * name that is declared twice, a base type or entity type that is not declared, and a second container.
 */
export function createModel(data: ModelData): Model {
  const names = createTypeNames(data.schemas);
  const types: TypeContext = { names, entityTypes: new Map(), complexTypes: new Map() };
  for (const schema of data.schemas) {
    for (const type of schema.entityTypes ?? []) add(types.entityTypes, createEntityType(type, schema, types));
    for (const type of schema.complexTypes ?? []) add(types.complexTypes, createComplexType(type, schema, types));
  }
  checkBaseTypes(types);
  const enumTypes = new Map<string, EnumType>();
  for (const schema of data.schemas) {
    for (const type of schema.enumTypes ?? []) add(enumTypes, createEnumType(type, schema));
  }
  const container = findContainer(data.schemas);
  const entitySets = createSets(container?.container.entitySets ?? [], types);
  const singletons = createSets(container?.container.singletons ?? [], types);
  return Object.freeze({
    namespaces: data.schemas.map(({ namespace }) => namespace),
    aliases: names.aliases,
    containerName: container?.container.name,
    containerNamespace: container?.namespace,
    containerAnnotations: container?.container.annotations ?? {},
    entitySets: [...entitySets.values()],
    entitySet: (name: string) => entitySets.get(name),
    singletons: [...singletons.values()],
    singleton: (name: string) => singletons.get(name),
    entityTypes: [...types.entityTypes.values()],
    entityType: (name: string) => types.entityTypes.get(names.resolve(name)),
    complexTypes: [...types.complexTypes.values()],
    complexType: (name: string) => types.complexTypes.get(names.resolve(name)),
    enumTypes: [...enumTypes.values()],
    enumType: (name: string) => enumTypes.get(names.resolve(name)),
    ...createOperations(data.schemas, types),
  });
}

function createEnumType(data: EnumTypeData, schema: SchemaData): EnumType {
  const members: readonly EnumMember[] = data.members.map(({ name, value, annotations = {} }) => ({
    name,
    value,
    annotations,
  }));
  const byName = new Map(members.map((member) => [member.name, member]));
  return {
    kind: 'enumType',
    name: data.name,
    namespace: schema.namespace,
    qualifiedName: `${schema.namespace}.${data.name}`,
    isFlags: data.isFlags ?? false,
    underlyingType: data.underlyingType ?? 'Edm.Int32',
    members,
    member: (name) => byName.get(name),
    annotations: data.annotations ?? {},
  };
}

function createSets(sets: readonly EntitySetData[], types: TypeContext): ReadonlyMap<string, EntitySet> {
  const created = new Map<string, EntitySet>();
  for (const { name, entityType, navigationBindings = [], annotations = {} } of sets) {
    const qualifiedName = types.names.resolve(entityType);
    if (!types.entityTypes.has(qualifiedName))
      throw invalid(`Entity set '${name}' is of type '${entityType}', which is not declared.`);
    if (created.has(name)) throw invalid(`Entity set '${name}' is declared twice.`);
    created.set(name, { name, entityType: qualifiedName, navigationBindings, annotations });
  }
  return created;
}

/** Every base type is declared, and none is its own ancestor. */
function checkBaseTypes(types: TypeContext): void {
  for (const declared of [types.entityTypes, types.complexTypes]) {
    for (const type of declared.values()) {
      const seen = new Set([type.qualifiedName]);
      for (let base = type.baseType; base !== undefined; base = declared.get(base)?.baseType) {
        if (!declared.has(base))
          throw invalid(`'${type.qualifiedName}' has the base type '${base}', which is not declared.`);
        if (seen.has(base)) throw invalid(`'${type.qualifiedName}' inherits from itself through '${base}'.`);
        seen.add(base);
      }
    }
  }
}

function findContainer(schemas: readonly SchemaData[]) {
  const found = schemas.flatMap(({ namespace, container }) =>
    container === undefined ? [] : [{ namespace, container }],
  );
  if (found.length > 1) throw invalid(`There are ${found.length} entity containers; expected at most one.`);
  return found[0];
}

function add<T extends { readonly qualifiedName: string }>(declared: Map<string, T>, type: T): void {
  if (declared.has(type.qualifiedName)) throw invalid(`'${type.qualifiedName}' is declared twice.`);
  declared.set(type.qualifiedName, type);
}

function invalid(message: string): RialtoError {
  return new RialtoError('CSDL_INVALID', `The model is not valid: ${message}`);
}
