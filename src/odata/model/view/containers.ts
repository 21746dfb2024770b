/** Entity containers of a model (OData CSDL 4.01 13). */

import { serviceContainers } from '../image/check-image.ts';
import { attributeOf, childrenOf, flagOf, requiredOf } from '../image/csdl-image.ts';
import type { Declared } from '../image/image-index.ts';
import { word } from '../image/vocabulary.ts';
import type { EntityContainer, EntitySet, Model, NavigationBinding, OperationImport, Singleton } from '../model.ts';
import { byName, once } from './frozen.ts';
import { annotated, type ViewContext } from './view-context.ts';

/** What a model says of the container of the service. */
export interface ContainerView {
  readonly containers: () => readonly EntityContainer[];
  /** The container that no other extends. */
  readonly service: () => EntityContainer | undefined;
  readonly entitySets: () => readonly EntitySet[];
  readonly singletons: () => readonly Singleton[];
  readonly actionImports: () => readonly OperationImport[];
  readonly functionImports: () => readonly OperationImport[];
  readonly lookup: Pick<Model, 'entitySet' | 'singleton'>;
  actionImport(name: string): OperationImport | undefined;
  functionImport(name: string): OperationImport | undefined;
}

export function createContainerView(context: ViewContext): ContainerView {
  const byQualifiedName = once(
    () =>
      new Map(
        [...context.index().named(word.EntityContainer).values()].map((declared) => [
          declared.qualifiedName,
          createContainer(context, declared),
        ]),
      ),
  );
  const service = once(() => {
    const [declared] = serviceContainers(context.index());
    return declared === undefined ? undefined : byQualifiedName().get(declared.qualifiedName);
  });
  /** The container of the service after those that it extends. */
  const chain = once(() => {
    const found: EntityContainer[] = [];
    for (let container = service(); container !== undefined && !found.includes(container); ) {
      found.unshift(container);
      container = container.extends === undefined ? undefined : byQualifiedName().get(container.extends);
    }
    return found;
  });
  const entitySets = once(() => Object.freeze(chain().flatMap((container) => container.entitySets)));
  const singletons = once(() => Object.freeze(chain().flatMap((container) => container.singletons)));
  const actionImports = once(() => Object.freeze(chain().flatMap((container) => container.actionImports)));
  const functionImports = once(() => Object.freeze(chain().flatMap((container) => container.functionImports)));
  const setsByName = once(() => byName(entitySets()));
  const singletonsByName = once(() => byName(singletons()));
  const actionsByName = once(() => byName(actionImports()));
  const functionsByName = once(() => byName(functionImports()));
  return {
    containers: once(() => Object.freeze([...byQualifiedName().values()])),
    service,
    entitySets,
    singletons,
    actionImports,
    functionImports,
    lookup: {
      entitySet: (name) => setsByName().get(name),
      singleton: (name) => singletonsByName().get(name),
    },
    actionImport: (name) => actionsByName().get(name),
    functionImport: (name) => functionsByName().get(name),
  };
}

function createContainer(context: ViewContext, { node, name, namespace, qualifiedName }: Declared): EntityContainer {
  const base = attributeOf(context.image, node, 'Extends');
  const parts = <T>(kind: number, make: (context: ViewContext, child: number, owner: string) => T) =>
    once(() =>
      Object.freeze(childrenOf(context.image, node, kind).map((child) => make(context, child, qualifiedName))),
    );
  const entitySets = parts(word.EntitySet, entitySetOf);
  const singletons = parts(word.Singleton, singletonOf);
  const actionImports = parts(word.ActionImport, actionImportOf);
  const functionImports = parts(word.FunctionImport, functionImportOf);
  return Object.freeze({
    name,
    namespace,
    qualifiedName,
    ...(base === undefined ? {} : { extends: context.resolve(base) }),
    get entitySets() {
      return entitySets();
    },
    get singletons() {
      return singletons();
    },
    get actionImports() {
      return actionImports();
    },
    get functionImports() {
      return functionImports();
    },
    annotations: context.annotations.of(node, qualifiedName),
  });
}

function entitySetOf(context: ViewContext, node: number, owner: string): EntitySet {
  const navigationBindings = once(() => bindingsOf(context, node));
  const name = requiredOf(context.image, node, 'Name');
  return Object.freeze({
    name,
    entityType: context.resolve(requiredOf(context.image, node, 'EntityType')),
    includeInServiceDocument: flagOf(context.image, node, 'IncludeInServiceDocument', true),
    get navigationBindings() {
      return navigationBindings();
    },
    annotations: context.annotations.of(node, `${owner}/${name}`),
  });
}

function singletonOf(context: ViewContext, node: number, owner: string): Singleton {
  const navigationBindings = once(() => bindingsOf(context, node));
  const name = requiredOf(context.image, node, 'Name');
  return Object.freeze({
    name,
    entityType: context.resolve(requiredOf(context.image, node, 'Type')),
    isNullable: flagOf(context.image, node, 'Nullable', false),
    get navigationBindings() {
      return navigationBindings();
    },
    annotations: context.annotations.of(node, `${owner}/${name}`),
  });
}

function bindingsOf(context: ViewContext, node: number): readonly NavigationBinding[] {
  const bindings = childrenOf(context.image, node, word.NavigationPropertyBinding);
  if (bindings.length === 0) return noBindings;
  return Object.freeze(
    bindings.map((binding) =>
      Object.freeze({
        path: requiredOf(context.image, binding, 'Path'),
        target: requiredOf(context.image, binding, 'Target'),
      }),
    ),
  );
}

function actionImportOf(context: ViewContext, node: number, owner: string): OperationImport {
  return Object.freeze(operationImportOf(context, node, 'Action', owner));
}

/** A function import is in the service document only when it says so (OData CSDL 4.01 13.6). */
function functionImportOf(context: ViewContext, node: number, owner: string): OperationImport {
  const data = operationImportOf(context, node, 'Function', owner);
  const isIncluded = flagOf(context.image, node, 'IncludeInServiceDocument', false);
  return Object.freeze(isIncluded ? { ...data, includeInServiceDocument: true } : data);
}

function operationImportOf(
  context: ViewContext,
  node: number,
  kind: 'Action' | 'Function',
  owner: string,
): OperationImport {
  const name = requiredOf(context.image, node, 'Name');
  const entitySet = attributeOf(context.image, node, 'EntitySet');
  return {
    name,
    operation: context.resolve(requiredOf(context.image, node, kind)),
    ...(entitySet === undefined ? {} : { entitySet }),
    ...annotated(context, node, `${owner}/${name}`),
  };
}

const noBindings: readonly NavigationBinding[] = Object.freeze([]);
