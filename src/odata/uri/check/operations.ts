/** Finds the actions and functions that a name means, and the overload that arguments choose. */

import type { Model, ODataAction, ODataFunction } from '../../model/model.ts';
import type { ExpressionType } from './expression-type.ts';
import { structuredType } from './type-hierarchy.ts';

/** The name with its namespace in place of an alias. */
export function qualifiedName(name: string, model: Model): string {
  const dot = name.lastIndexOf('.');
  const alias = name.slice(0, Math.max(dot, 0));
  return dot > 0 && Object.hasOwn(model.aliases, alias) ? `${model.aliases[alias]}${name.slice(dot)}` : name;
}

/** The functions of this name that are bound to a type; without a namespace any of that name (OData 4.01 URL 4.5.2). */
export function boundFunctions(name: string, binding: ExpressionType, model: Model): readonly ODataFunction[] {
  return boundOperations(name, binding, model, model.boundFunctions, model.functions);
}

/** The actions of this name that are bound to a type. */
export function boundActions(name: string, binding: ExpressionType, model: Model): readonly ODataAction[] {
  return boundOperations(name, binding, model, model.boundActions, model.actions);
}

/**
 * The overload whose parameters have the names given (OData CSDL 4.01 12.1, 12.4): all that are not optional, and no
 * other. Of a base type and its derived type the overload of the latter comes first.
 */
export function chooseOverload<T extends ODataAction>(
  overloads: readonly T[],
  names: readonly (string | undefined)[],
): T | undefined {
  const given = new Set(names);
  return overloads.find(({ isBound, parameters }) => {
    const own = isBound ? parameters.slice(1) : parameters;
    const fits = own.filter(({ name }) => given.has(name)).length === given.size && given.size === names.length;
    return fits && own.every((parameter) => given.has(parameter.name) || isOptional(parameter));
  });
}

/** True for a parameter that may be left out (`Org.OData.Core.V1.OptionalParameter`). */
function isOptional({ annotations }: ODataAction['parameters'][number]): boolean {
  return Object.hasOwn(annotations, 'Org.OData.Core.V1.OptionalParameter');
}

function boundOperations<T extends ODataAction>(
  name: string,
  binding: ExpressionType,
  model: Model,
  boundTo: (bindingType: string, isCollection: boolean) => readonly T[],
  all: readonly T[],
): readonly T[] {
  const isCollection = binding.kind === 'collection';
  const item = isCollection ? binding.item : binding;
  const wanted = qualifiedName(name, model);
  const isWanted = (operation: T) =>
    name.includes('.') ? operation.qualifiedName === wanted : operation.name === name;
  if (item.kind !== 'structured' && item.kind !== 'primitive' && item.kind !== 'enum') {
    return all.filter((operation) => operation.isBound && isWanted(operation));
  }
  const typeName = item.kind === 'structured' ? item.type.qualifiedName : item.name;
  const found = boundTo(typeName, isCollection).filter(isWanted);
  // Those of a complex type's base types are not among them.
  const base = item.kind === 'structured' ? structuredType(item.type.baseType, model) : undefined;
  if (found.length > 0 || base === undefined) return found;
  const from: ExpressionType = { kind: 'structured', type: base };
  return boundOperations(name, isCollection ? { kind: 'collection', item: from } : from, model, boundTo, all);
}
