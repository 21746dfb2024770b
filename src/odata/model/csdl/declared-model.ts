/** A model as its document had it: by schema, with annotations where they stood. */

import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../../../base/json.ts';
import type { Annotations, EntityContainer, Facets, Model, Property, Schema, TypeReference } from '../model.ts';
import { grouped } from '../view/frozen.ts';

/** The parts of a model that one schema declares. */
export interface DeclaredSchema {
  readonly schema: Schema;
  readonly enumTypes: Model['enumTypes'];
  readonly typeDefinitions: Model['typeDefinitions'];
  readonly entityTypes: Model['entityTypes'];
  readonly complexTypes: Model['complexTypes'];
  readonly terms: Model['terms'];
  readonly actions: Model['actions'];
  readonly functions: Model['functions'];
  readonly containers: readonly EntityContainer[];
  readonly annotationGroups: Model['annotationGroups'];
}

/** The schemas in document order. */
export function declaredSchemas(model: Model): readonly DeclaredSchema[] {
  const parts = {
    enumTypes: byNamespace(model.enumTypes),
    typeDefinitions: byNamespace(model.typeDefinitions),
    entityTypes: byNamespace(model.entityTypes),
    complexTypes: byNamespace(model.complexTypes),
    terms: byNamespace(model.terms),
    actions: byNamespace(model.actions),
    functions: byNamespace(model.functions),
    containers: byNamespace(model.containers),
    annotationGroups: grouped(model.annotationGroups, ({ namespace }) => namespace),
  };
  return model.schemas.map((schema) => {
    const of = <T>(parts: ReadonlyMap<string, readonly T[]>) => parts.get(schema.namespace) ?? [];
    return {
      schema,
      enumTypes: of(parts.enumTypes),
      typeDefinitions: of(parts.typeDefinitions),
      entityTypes: of(parts.entityTypes),
      complexTypes: of(parts.complexTypes),
      terms: of(parts.terms),
      actions: of(parts.actions),
      functions: of(parts.functions),
      containers: of(parts.containers),
      annotationGroups: of(parts.annotationGroups),
    };
  });
}

/** The annotations that stand on the element itself: those that stand apart are written apart. */
export type Inline = (annotations: Annotations | undefined, ...targets: readonly string[]) => Annotations | undefined;

export function inlineAnnotations(model: Model): Inline {
  const apart = new Map<string, Map<string, JsonValue>>();
  for (const { target, annotations } of model.annotationGroups) {
    const known = apart.get(target) ?? new Map<string, JsonValue>();
    for (const [name, value] of Object.entries(annotations)) known.set(name, value);
    apart.set(target, known);
  }
  return (annotations, ...targets) => {
    if (annotations === undefined) return undefined;
    const others = targets.flatMap((target) => apart.get(target) ?? []);
    if (others.length === 0) return annotations;
    return Object.fromEntries(
      Object.entries(annotations).filter(
        ([name, value]) => !others.some((known) => known.has(name) && isDeepStrictEqual(known.get(name), value)),
      ),
    );
  };
}

/** Paths by which annotations may target an operation: all overloads of it, or this one (OData CSDL 4.01 14.2.2). */
export function operationTargets(
  operation: {
    readonly qualifiedName: string;
    readonly isBound: boolean;
    readonly parameters: readonly TypeReference[];
  },
  isFunction: boolean,
): readonly [string, string] {
  const { qualifiedName, parameters, isBound } = operation;
  const telling = isFunction ? parameters : parameters.slice(0, isBound ? 1 : 0);
  const types = telling.map((parameter) => {
    const type = parameter.typeDefinition ?? parameter.type;
    return parameter.isCollection ? `Collection(${type})` : type;
  });
  return [qualifiedName, `${qualifiedName}(${types.join(',')})`];
}

/** The type as it was written, and the facets that its definition does not have. */
export function declaredReference(model: Model, reference: TypeReference | Property) {
  const { typeDefinition, isCollection, isNullable } = reference;
  const facets = facetsOf(reference);
  if (typeDefinition === undefined) return { type: reference.type, isCollection, isNullable, facets };
  const definition = model.typeDefinition(typeDefinition);
  const own = Object.entries(facets).filter(([name, value]) => definition?.[name as keyof Facets] !== value);
  return { type: typeDefinition, isCollection, isNullable, facets: Object.fromEntries(own) as Facets };
}

/** The facets alone. */
export function facetsOf({ maxLength, precision, scale, unicode, srid }: Facets): Facets {
  return {
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(precision === undefined ? {} : { precision }),
    ...(scale === undefined ? {} : { scale }),
    ...(unicode === undefined ? {} : { unicode }),
    ...(srid === undefined ? {} : { srid }),
  };
}

/** Puts aliases in place of namespaces. */
export type Shorten = (qualifiedName: string) => string;

/** By the aliases of the model's schemas, and those of included ones when they are asked for. */
export function aliasShortener(model: Model, options: { readonly included: boolean }): Shorten {
  const schemas = [...(options.included ? model.references.flatMap(({ includes }) => includes) : []), ...model.schemas];
  const aliases = new Map(schemas.flatMap(({ namespace, alias }) => (alias === undefined ? [] : [[namespace, alias]])));
  return (name) => {
    const dot = name.lastIndexOf('.');
    const alias = aliases.get(name.slice(0, Math.max(dot, 0)));
    return alias === undefined ? name : `${alias}${name.slice(dot)}`;
  };
}

function byNamespace<T extends { readonly name: string; readonly qualifiedName: string }>(
  parts: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return grouped(parts, ({ name, qualifiedName }) => qualifiedName.slice(0, -name.length - 1));
}
