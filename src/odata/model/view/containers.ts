/** Entity containers of a model (OData CSDL 4.01 13). */

import { serviceContainers } from '../image/check-image.ts';
import { attributeOf, childrenOf, flagOf, requiredOf } from '../image/csdl-image.ts';
import type { Declared } from '../image/image-index.ts';
import { word } from '../image/vocabulary.ts';
import type { EntityContainer, EntitySet, NavigationBinding, OperationImport, Singleton } from '../model.ts';
import { once } from './frozen.ts';
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
  entitySet(name: string): EntitySet | undefined;
  singleton(name: string): Singleton | undefined;
  actionImport(name: string): OperationImport | undefined;
  functionImport(name: string): OperationImport | undefined;
}

export function createContainerView(context: ViewContext): ContainerView {
  const members = once(
    () =>
      new Map(
        [...context.index().named(word.EntityContainer).values()].map((declared) => [
          declared.qualifiedName,
          createMembers(context, declared),
        ]),
      ),
  );
  const service = once(() => {
    const [declared] = serviceContainers(context.index());
    return declared === undefined ? undefined : members().get(declared.qualifiedName);
  });
  /** The container of the service after those that it extends. */
  const chain = once(() => {
    const found: ContainerMembers[] = [];
    for (let container = service(); container !== undefined && !found.includes(container); ) {
      found.unshift(container);
      const base: string | undefined = container.view.extends;
      container = base === undefined ? undefined : members().get(base);
    }
    return found;
  });
  const parts = <T>(of: (container: ContainerMembers) => NamedViews<T>) => ({
    all: once(() => Object.freeze(chain().flatMap((container) => of(container).all()))),
    find(name: string): T | undefined {
      for (const container of chain()) {
        const found = of(container).find(name);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  });
  const entitySets = parts((container) => container.entitySets);
  const singletons = parts((container) => container.singletons);
  const actionImports = parts((container) => container.actionImports);
  const functionImports = parts((container) => container.functionImports);
  return {
    containers: once(() => Object.freeze([...members().values()].map(({ view }) => view))),
    service: () => service()?.view,
    entitySets: entitySets.all,
    entitySet: entitySets.find,
    singletons: singletons.all,
    singleton: singletons.find,
    actionImports: actionImports.all,
    actionImport: actionImports.find,
    functionImports: functionImports.all,
    functionImport: functionImports.find,
  };
}

/** Parts of one kind, each made when it is first looked up. */
interface NamedViews<T> {
  readonly all: () => readonly T[];
  find(name: string): T | undefined;
}

/** A container with lookups. */
interface ContainerMembers {
  readonly view: EntityContainer;
  readonly entitySets: NamedViews<EntitySet>;
  readonly singletons: NamedViews<Singleton>;
  readonly actionImports: NamedViews<OperationImport>;
  readonly functionImports: NamedViews<OperationImport>;
}

function createMembers(context: ViewContext, { node, name, namespace, qualifiedName }: Declared): ContainerMembers {
  const base = attributeOf(context.image, node, 'Extends');
  const parts = <T>(kind: number, make: (context: ViewContext, child: number, owner: string) => T) =>
    namedViews(context, childrenOf(context.image, node, kind), (child) => make(context, child, qualifiedName));
  const entitySets = parts(word.EntitySet, entitySetOf);
  const singletons = parts(word.Singleton, singletonOf);
  const actionImports = parts(word.ActionImport, actionImportOf);
  const functionImports = parts(word.FunctionImport, functionImportOf);
  const view: EntityContainer = Object.freeze({
    name,
    namespace,
    qualifiedName,
    ...(base === undefined ? {} : { extends: context.resolve(base) }),
    get entitySets() {
      return entitySets.all();
    },
    get singletons() {
      return singletons.all();
    },
    get actionImports() {
      return actionImports.all();
    },
    get functionImports() {
      return functionImports.all();
    },
    annotations: context.annotations.of(node, qualifiedName),
  });
  return { view, entitySets, singletons, actionImports, functionImports };
}

function namedViews<T>(context: ViewContext, nodes: readonly number[], make: (node: number) => T): NamedViews<T> {
  const made = new Map<number, T>();
  const byName = once(() => new Map(nodes.toReversed().map((node) => [requiredOf(context.image, node, 'Name'), node])));
  function view(node: number): T {
    const known = made.get(node);
    if (known !== undefined) return known;
    const part = make(node);
    made.set(node, part);
    return part;
  }
  return {
    all: once(() => Object.freeze(nodes.map(view))),
    find(name) {
      const node = byName().get(name);
      return node === undefined ? undefined : view(node);
    },
  };
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
