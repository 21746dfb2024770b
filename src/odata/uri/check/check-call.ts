/** Types of function calls: canonical functions, and functions that the model declares. */

import { didYouMean, nearestName } from '../../../base/nearest.ts';
import type { Model, ODataFunction } from '../../model/model.ts';
import type { FunctionCall } from '../tree/filter-expression.ts';
import { type CanonicalFunction, canonicalFunctions } from './canonical-functions.ts';
import { typedLookup } from './check-collection.ts';
import { retyped } from './check-literal.ts';
import type { CheckScope } from './check-scope.ts';
import { areComparable, type ExpressionType, isAny, referencedType, typeName, unknownType } from './expression-type.ts';
import { boundFunctions, chooseOverload, qualifiedName } from './operations.ts';
import { memberType } from './resolve-path.ts';
import { mismatch } from './type-errors.ts';
import type { TypedExpression } from './typed-expression.ts';

/**
 * A call of a canonical function (OData 4.01 URL 5.1.1.4) or of a function of the service (OData 4.01 URL 4.5.2), whose
 * arguments are checked against the model where the model declares it. Raises ODATA_TYPE_MISMATCH.
 */
export function checkCall(
  tree: FunctionCall,
  source: TypedExpression | undefined,
  given: readonly TypedExpression[],
  scope: CheckScope,
): TypedExpression {
  const overloads = source === undefined ? canonicalFunctions.get(tree.name) : undefined;
  if (overloads !== undefined) return checkCanonicalCall(tree, overloads, given, scope.model);
  const collection = collectionNamed(tree, source, scope);
  return collection === undefined
    ? checkServiceCall(tree, source, given, scope)
    : typedLookup(tree, collection, given, scope);
}

/** `Items(Order=1,Line=2)` is a key lookup where the model has such a property, a call where it has not. */
function collectionNamed(
  { name, position }: FunctionCall,
  source: TypedExpression | undefined,
  scope: CheckScope,
): TypedExpression | undefined {
  const owner = source?.type ?? scope.current;
  const type = owner.kind === 'structured' && !name.includes('.') ? memberType(owner, name, scope) : undefined;
  if (type?.kind !== 'collection') return undefined;
  const steps = [{ kind: 'member', name } as const];
  return source === undefined
    ? {
        expression: { kind: 'propertyPath', path: [name], position },
        type,
        parts: [],
        path: { root: { kind: 'current' }, steps },
      }
    : {
        expression: { kind: 'member', source: source.expression, path: [name], position },
        type,
        parts: [source],
        path: { root: { kind: 'source' }, steps },
      };
}

function checkCanonicalCall(
  tree: FunctionCall,
  overloads: readonly CanonicalFunction[],
  given: readonly TypedExpression[],
  model: Model,
): TypedExpression {
  const { name, position } = tree;
  const [leading] = overloads;
  const most = leading?.parameters.length ?? 0;
  const least = most - (leading?.optional ?? 0);
  if (given.length < least || given.length > most) {
    const count = least === most ? `${least}` : `${least} to ${most}`;
    throw mismatch(`${name} at position ${position} takes ${count} arguments; got ${given.length}.`);
  }
  const isOfCollections = given.some(({ type }) => type.kind === 'collection');
  const overload = (isOfCollections ? overloads.at(-1) : leading) ?? leading;
  if (overload === undefined) throw unknownFunction(tree);
  const parts = given.map((part, index) =>
    retyped(part, overload.parameters[index]?.literalType ?? unknownType, model),
  );
  const types = parts.map(({ type }) => type);
  for (const [index, type] of types.entries()) {
    const parameter = overload.parameters[index];
    if (parameter === undefined || parameter.accepts(type, types, model)) continue;
    const what = [...new Set(overloads.map((candidate) => candidate.parameters[index]?.what))].join(' or ');
    const place = `Argument ${index + 1} of ${name} at position ${position}`;
    throw mismatch(`${place} is ${typeName(type)}; expected ${what}.`);
  }
  return { expression: tree, type: resultOf(overload, overloads, types, model), parts };
}

/** Of arguments that may be texts as well as collections the result may be either, too. */
function resultOf(
  overload: CanonicalFunction,
  overloads: readonly CanonicalFunction[],
  types: readonly ExpressionType[],
  model: Model,
): ExpressionType {
  const result = overload.result(types, model);
  const others = overloads.filter((other) =>
    types.every((type, index) => isAny(type) || other.parameters[index] === overload.parameters[index]),
  );
  return others.every((other) => typeName(other.result(types, model)) === typeName(result)) ? result : unknownType;
}

function checkServiceCall(
  tree: FunctionCall,
  source: TypedExpression | undefined,
  given: readonly TypedExpression[],
  scope: CheckScope,
): TypedExpression {
  const { model } = scope;
  const parts = source === undefined ? given : [...given, source];
  const known =
    source === undefined
      ? model.unboundFunctions(qualifiedName(tree.name, model))
      : boundFunctions(tree.name, source.type, model);
  if (known.length === 0) {
    refuseMisspelled(tree, source, model);
    // What takes it is the service's business.
    return { expression: tree, type: unknownType, parts };
  }
  const names = tree.arguments.map(({ name }) => name);
  const operation = chooseOverload(known, names);
  if (operation === undefined) {
    const takes = known.map((candidate) => parameterList(candidate)).join(' or ');
    const got = `(${names.map((name) => name ?? 'a value without name').join(',')})`;
    throw mismatch(`${tree.name} at position ${tree.position} takes ${takes}; got ${got}.`);
  }
  const typed = given.map((part, index) => checkArgument(part, names[index], operation, tree, model));
  const type = operation.returnType === undefined ? unknownType : referencedType(operation.returnType, model);
  return { expression: tree, type, parts: source === undefined ? typed : [...typed, source], operation };
}

/** An argument against the parameter of its name. */
export function checkArgument(
  part: TypedExpression,
  name: string | undefined,
  operation: Pick<ODataFunction, 'parameters' | 'qualifiedName'>,
  at: { readonly position: number },
  model: Model,
): TypedExpression {
  const parameter = operation.parameters.find((candidate) => candidate.name === name);
  const wanted: ExpressionType = parameter === undefined ? unknownType : referencedType(parameter, model);
  const typed = retyped(part, wanted, model);
  if (areComparable(typed.type, wanted, model)) return typed;
  const place = `Argument ${name ?? ''} of ${operation.qualifiedName} at position ${at.position}`;
  throw mismatch(`${place} is ${typeName(typed.type)}; expected ${typeName(wanted)}.`);
}

/** `(a,b)`: the parameters that a call gives, the binding parameter left out. */
export function parameterList(operation: Pick<ODataFunction, 'isBound' | 'parameters'>): string {
  const given = operation.isBound ? operation.parameters.slice(1) : operation.parameters;
  return `(${given.map(({ name }) => name).join(',')})`;
}

/** A name that no model declares is refused where it cannot be a function of the service, or is near to one that is. */
function refuseMisspelled(tree: FunctionCall, source: TypedExpression | undefined, model: Model): void {
  const { name, position } = tree;
  if (!name.includes('.') && source === undefined) throw unknownFunction(tree);
  const namespace = name.slice(0, Math.max(name.lastIndexOf('.'), 0));
  const isDeclared = model.namespaces.includes(namespace) || Object.hasOwn(model.aliases, namespace);
  if (!isDeclared && namespace !== '') return;
  const isBound = source !== undefined;
  const local = model.functions.filter((candidate) => candidate.isBound === isBound).map((candidate) => candidate.name);
  const nearest = nearestName(name.slice(name.lastIndexOf('.') + 1), local);
  if (nearest === undefined) return;
  const what = isBound ? ` bound to ${typeName(source.type)}` : '';
  const qualifier = namespace === '' ? '' : `${namespace}.`;
  throw mismatch(
    `There is no function ${name}${what}, at position ${position}. Did you mean '${qualifier}${nearest}'?`,
  );
}

function unknownFunction({ name, position }: FunctionCall): Error {
  return mismatch(
    `There is no function ${name}, at position ${position}.${didYouMean(name, canonicalFunctions.keys())}`,
  );
}
