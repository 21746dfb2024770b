/** Actions and functions of a model, found by name and by what they are bound to. */

import { attributeOf, childrenOf, flagOf, requiredOf } from '../image/csdl-image.ts';
import type { Declared } from '../image/image-index.ts';
import { word } from '../image/vocabulary.ts';
import type { Annotations, ODataAction, ODataFunction, ODataParameter, ReturnType } from '../model.ts';
import { grouped, once } from './frozen.ts';
import { typeReferenceOf, type ViewContext } from './view-context.ts';

/** The overloads of one kind. */
export interface OperationView<T extends ODataAction> {
  readonly all: () => readonly T[];
  /** Those of this qualified name. */
  overloads(qualifiedName: string): readonly T[];
  /** Those bound to the type or one of its bases. */
  boundTo(bindingType: string, isCollection: boolean): readonly T[];
}

/** The actions (OData CSDL 4.01 12.1). */
export function createActions(context: ViewContext, baseOf: (type: string) => string | undefined) {
  return createOperations<ODataAction>(context, word.Action, baseOf, (action) => action);
}

/** The functions (OData CSDL 4.01 12.3). */
export function createFunctions(context: ViewContext, baseOf: (type: string) => string | undefined) {
  return createOperations<ODataFunction>(context, word.Function, baseOf, (operation, node) => ({
    ...operation,
    isComposable: flagOf(context.image, node, 'IsComposable', false),
  }));
}

function createOperations<T extends ODataAction>(
  context: ViewContext,
  kind: number,
  baseOf: (type: string) => string | undefined,
  finish: (operation: ODataAction, node: number) => T,
): OperationView<T> {
  const all = once(() =>
    Object.freeze(
      context
        .index()
        .overloads(kind)
        .map((declared) => Object.freeze(finish(operationOf(context, declared, kind), declared.node))),
    ),
  );
  const named = once(() => grouped(all(), ({ qualifiedName }) => qualifiedName));
  const bound = once(() =>
    grouped(
      all().filter((operation) => operation.isBound && operation.parameters.length > 0),
      ({ parameters: [binding] }) => bindingKey(binding?.type ?? '', binding?.isCollection ?? false),
    ),
  );
  return {
    all,
    overloads: (qualifiedName) => named().get(context.resolve(qualifiedName)) ?? [],
    boundTo(bindingType, isCollection) {
      const found: T[] = [];
      let name: string | undefined = context.resolve(bindingType);
      while (name !== undefined) {
        for (const operation of bound().get(bindingKey(name, isCollection)) ?? []) found.push(operation);
        name = baseOf(name);
      }
      return found;
    },
  };
}

function bindingKey(type: string, isCollection: boolean): string {
  return isCollection ? `Collection(${type})` : type;
}

function operationOf(context: ViewContext, { node, name, qualifiedName }: Declared, kind: number): ODataAction {
  const { image } = context;
  const isBound = flagOf(image, node, 'IsBound', false);
  const entitySetPath = attributeOf(image, node, 'EntitySetPath');
  const nodes = childrenOf(image, node, word.Parameter);
  const [returnNode] = childrenOf(image, node, word.ReturnType);
  const telling = kind === word.Function ? nodes : nodes.slice(0, isBound ? 1 : 0);
  const overload = overloadName(context, qualifiedName, telling);
  const apart = (child: number, path: string): Annotations => {
    if (context.index().annotationGroups.length === 0) return context.annotations.of(child);
    const own = context.annotations.of(child, `${overload}${path}`);
    const all = context.annotations.of(child, `${qualifiedName}${path}`);
    return Object.freeze({ ...all, ...own });
  };
  const parameters = nodes.map((child): ODataParameter => {
    const parameter = requiredOf(image, child, 'Name');
    return Object.freeze({
      name: parameter,
      ...typeReferenceOf(context, child),
      annotations: apart(child, `/${parameter}`),
    });
  });
  return {
    name,
    qualifiedName,
    isBound,
    ...(entitySetPath === undefined ? {} : { entitySetPath }),
    parameters: Object.freeze(parameters),
    ...(returnNode === undefined
      ? {}
      : { returnType: returnTypeOf(context, returnNode, apart(returnNode, '/$ReturnType')) }),
    annotations: apart(node, ''),
  };
}

function returnTypeOf(context: ViewContext, node: number, annotations: Annotations): ReturnType {
  return Object.freeze({
    ...typeReferenceOf(context, node),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  });
}

/** The name with the types that tell an overload from the others (OData CSDL 4.01 14.2.2). */
function overloadName(context: ViewContext, name: string, telling: readonly number[]): string {
  const types = telling.map((node) => {
    const { type, isCollection } = context.typeOf(requiredOf(context.image, node, 'Type'));
    return bindingKey(type, isCollection);
  });
  return `${name}(${types.join(',')})`;
}
