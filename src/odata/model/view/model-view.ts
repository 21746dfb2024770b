/** Image → Model. Nothing is made before it is asked for. */

import { attributeOf, type CsdlImage, childrenOf, requiredOf } from '../image/csdl-image.ts';
import type { Declared, ImageIndex } from '../image/image-index.ts';
import { word } from '../image/vocabulary.ts';
import type { ComplexType, EntityType, Model, Reference, Schema } from '../model.ts';
import { createContainerView } from './containers.ts';
import { noAnnotations, once } from './frozen.ts';
import { createActions, createFunctions } from './operations.ts';
import { createEnumType, createTerm, createTypeDefinition } from './simple-types.ts';
import { createComplexType, createEntityType } from './structured-type.ts';
import { annotated, createViewContext, type ViewContext } from './view-context.ts';

/** Where a model keeps the image that it is a view of; a copy of the model with other members does not have it. */
const imageMember = Symbol('image');

/** The model of an image whose elements were checked; `index` is made when it is first needed. */
export function createModelView(image: CsdlImage, index: () => ImageIndex): Model {
  const context = createViewContext(image, index);
  const types = typeParts(context);
  const baseOf = (name: string) => types.structuredType(name)?.baseType;
  const parts: Parts = { ...types, ...serviceParts(context, baseOf), ...documentParts(context) };
  const model = Object.defineProperties({}, getters(parts));
  Object.defineProperty(model, imageMember, { value: image });
  return Object.freeze(model) as Model;
}

/** The image of a model that one was made of. */
export function imageOf(model: Model): CsdlImage | undefined {
  return imageMember in model ? (model[imageMember] as CsdlImage) : undefined;
}

/** What takes no argument is a member of the model, what takes one is a method. */
type Parts = {
  readonly [Name in keyof Model]: Model[Name] extends (...parameters: never[]) => unknown
    ? Model[Name]
    : { readonly get: () => Model[Name] };
};

function getters(parts: Parts): PropertyDescriptorMap {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [
      name,
      typeof part === 'function' ? { value: part, enumerable: true } : { get: part.get, enumerable: true },
    ]),
  );
}

function documentParts(context: ViewContext) {
  const { image, index } = context;
  const schemas = once(() =>
    Object.freeze(
      index().schemas.map(
        ({ node, namespace, alias }): Schema =>
          Object.freeze({
            namespace,
            ...(alias === undefined ? {} : { alias }),
            annotations: context.annotations.of(node, namespace),
          }),
      ),
    ),
  );
  return {
    version: { get: () => attributeOf(image, 0, 'Version') ?? '4.0' },
    references: { get: once(() => Object.freeze(index().references.map((node) => referenceOf(context, node)))) },
    schemas: { get: schemas },
    namespaces: { get: once(() => Object.freeze(index().schemas.map(({ namespace }) => namespace))) },
    aliases: { get: () => index().names.aliases },
    annotationGroups: { get: context.annotations.groups },
  };
}

function referenceOf(context: ViewContext, node: number): Reference {
  const { image } = context;
  return Object.freeze({
    uri: attributeOf(image, node, 'Uri') ?? '',
    includes: Object.freeze(childrenOf(image, node, word.Include).map((child) => includeOf(context, child))),
    includeAnnotations: Object.freeze(
      childrenOf(image, node, word.IncludeAnnotations).map((child) => includeAnnotationsOf(image, child)),
    ),
    ...annotated(context, node),
  });
}

function includeOf(context: ViewContext, node: number): Reference['includes'][number] {
  const alias = attributeOf(context.image, node, 'Alias');
  return Object.freeze({
    namespace: requiredOf(context.image, node, 'Namespace'),
    ...(alias === undefined ? {} : { alias }),
    ...annotated(context, node),
  });
}

function includeAnnotationsOf(image: CsdlImage, node: number): Reference['includeAnnotations'][number] {
  const qualifier = attributeOf(image, node, 'Qualifier');
  const targetNamespace = attributeOf(image, node, 'TargetNamespace');
  return Object.freeze({
    termNamespace: requiredOf(image, node, 'TermNamespace'),
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(targetNamespace === undefined ? {} : { targetNamespace }),
  });
}

/** Types, terms and operations. */
function typeParts(context: ViewContext) {
  const entityTypes = lazily(
    context,
    word.EntityType,
    (declared): EntityType => createEntityType(context, declared, (name) => entityTypes.find(name)),
  );
  const complexTypes = lazily(
    context,
    word.ComplexType,
    (declared): ComplexType => createComplexType(context, declared, (name) => complexTypes.find(name)),
  );
  const enumTypes = lazily(context, word.EnumType, (declared) => createEnumType(context, declared));
  const typeDefinitions = lazily(context, word.TypeDefinition, (declared) => createTypeDefinition(context, declared));
  const terms = lazily(context, word.Term, (declared) => createTerm(context, declared));
  const structuredType = (name: string) => entityTypes.find(name) ?? complexTypes.find(name);
  const isDerivedFrom = (type: string, base: string) => {
    const wanted = context.resolve(base);
    let name = structuredType(type)?.baseType;
    while (name !== undefined && name !== wanted) name = structuredType(name)?.baseType;
    return name === wanted;
  };
  const derivedNames = createDerivedNames(context);
  return {
    entityTypes: { get: entityTypes.all },
    entityType: entityTypes.find,
    complexTypes: { get: complexTypes.all },
    complexType: complexTypes.find,
    structuredType,
    enumTypes: { get: enumTypes.all },
    enumType: enumTypes.find,
    typeDefinitions: { get: typeDefinitions.all },
    typeDefinition: typeDefinitions.find,
    terms: { get: terms.all },
    term: terms.find,
    isDerivedFrom,
    derivedTypes: (name: string) => derivedNames(name).flatMap((each) => structuredType(each) ?? []),
  };
}

/** Finds the names of the types that inherit from one, in document order. */
function createDerivedNames(context: ViewContext): (name: string) => readonly string[] {
  const byBase = once(() => {
    const derived = new Map<string, Declared[]>();
    for (const kind of [word.EntityType, word.ComplexType]) {
      for (const declared of context.index().named(kind).values()) {
        const written = attributeOf(context.image, declared.node, 'BaseType');
        if (written === undefined) continue;
        const base = context.resolve(written);
        const others = derived.get(base);
        if (others === undefined) derived.set(base, [declared]);
        else others.push(declared);
      }
    }
    return derived;
  });
  return (name) => {
    const found: Declared[] = [];
    const waiting = [context.resolve(name)];
    for (let base = waiting.pop(); base !== undefined; base = waiting.pop()) {
      for (const derived of byBase().get(base) ?? []) {
        found.push(derived);
        waiting.push(derived.qualifiedName);
      }
    }
    return found.sort((left, right) => left.node - right.node).map(({ qualifiedName }) => qualifiedName);
  };
}

/** Operations, and the container that makes them and the entity sets reachable. */
function serviceParts(context: ViewContext, baseOf: (type: string) => string | undefined) {
  const containers = createContainerView(context);
  const actions = createActions(context, baseOf);
  const functions = createFunctions(context, baseOf);
  return {
    containers: { get: containers.containers },
    containerName: { get: () => containers.service()?.name },
    containerNamespace: { get: () => containers.service()?.namespace },
    containerAnnotations: { get: () => containers.service()?.annotations ?? noAnnotations },
    entitySets: { get: containers.entitySets },
    singletons: { get: containers.singletons },
    entitySet: containers.entitySet,
    singleton: containers.singleton,
    actions: { get: actions.all },
    functions: { get: functions.all },
    actionImports: { get: containers.actionImports },
    functionImports: { get: containers.functionImports },
    boundActions: actions.boundTo,
    boundFunctions: functions.boundTo,
    actionOverloads: actions.overloads,
    functionOverloads: functions.overloads,
    unboundAction: (name: string) =>
      actions.overloads(containers.actionImport(name)?.operation ?? name).find(({ isBound }) => !isBound),
    unboundFunctions: (name: string) =>
      functions.overloads(containers.functionImport(name)?.operation ?? name).filter(({ isBound }) => !isBound),
  };
}

/** Types of one kind: each made when it is first looked up. */
function lazily<T>(context: ViewContext, kind: number, make: (declared: Declared) => T) {
  const made = new Map<string, T>();
  function view(declared: Declared): T {
    const known = made.get(declared.qualifiedName);
    if (known !== undefined) return known;
    const type = make(declared);
    made.set(declared.qualifiedName, type);
    return type;
  }
  return {
    all: once((): readonly T[] => Object.freeze([...context.index().named(kind).values()].map(view))),
    find(name: string): T | undefined {
      const declared = context.index().named(kind).get(context.resolve(name));
      return declared === undefined ? undefined : view(declared);
    },
  };
}
