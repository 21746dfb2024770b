/** The errors of checking: a name that is not there, with the nearest one, and types that do not go together. */

import { RialtoError } from '../../../base/errors.ts';
import { didYouMean, nearestName } from '../../../base/nearest.ts';
import type { Model } from '../../model/model.ts';
import { memberNamesOf, type StructuredExpressionType } from './expression-type.ts';

/** ODATA_TYPE_MISMATCH. */
export function mismatch(message: string): RialtoError {
  return new RialtoError('ODATA_TYPE_MISMATCH', message);
}

/** ODATA_PROPERTY_UNKNOWN: `'CustomerAcount' is not a property of CustomerV3; did you mean 'CustomerAccount'?` */
export function unknownMember(name: string, owner: StructuredExpressionType, position: number): RialtoError {
  return unknownName({ name, kind: 'a property', of: owner.type.name, known: [...memberNamesOf(owner)], position });
}

/** ODATA_PROPERTY_UNKNOWN with the nearest of the names that are known, and the position. */
export function unknownName(options: {
  readonly name: string;
  /** What it should be: `a property`. */
  readonly kind: string;
  readonly of: string;
  readonly known: readonly string[];
  readonly position: number;
}): RialtoError {
  const { name, kind, of, known, position } = options;
  const nearest = nearestName(name, known);
  const end =
    nearest === undefined
      ? `, at position ${position}.`
      : `; did you mean '${nearest}'? It stands at position ${position}.`;
  return new RialtoError('ODATA_PROPERTY_UNKNOWN', `'${name}' is not ${kind} of ${of}${end}`);
}

/** ODATA_TYPE_MISMATCH: `There is no entity type X, at position 7. Did you mean 'Y'?` */
export function unknownTypeName(
  what: string,
  name: string,
  options: { readonly known: Iterable<string>; readonly position: number },
): RialtoError {
  const { known, position } = options;
  return mismatch(`There is no ${what} ${name}, at position ${position}.${didYouMean(name, known)}`);
}

/** ENTITY_SET_UNKNOWN: a path begins with a name that the container does not have. */
export function unknownEntitySet(name: string, model: Model, position: number): RialtoError {
  const all = [model.entitySets, model.singletons, model.functionImports, model.actionImports];
  const known = all.flatMap((each) => each.map((candidate) => candidate.name));
  const message = `The service has no entity set, singleton or import named '${name}', at position ${position}.`;
  return new RialtoError('ENTITY_SET_UNKNOWN', `${message}${didYouMean(name, known)}`);
}

/** ODATA_ACTION_UNKNOWN: no action or function of this name is bound to what the path leads to. */
export function unknownOperation(
  name: string,
  options: {
    readonly boundTo: string;
    /** What operations of this name are bound to. */
    readonly bindings: readonly string[];
    readonly known: readonly string[];
    readonly position: number;
  },
): RialtoError {
  const { boundTo, bindings, known, position } = options;
  const message = `'${name}' is no type derived from ${boundTo}, and no action or function bound to it, at position ${position}.`;
  const hint = bindings.length === 0 ? nearestOperation(name, known) : ` It is bound to ${listed(bindings)}.`;
  return new RialtoError('ODATA_ACTION_UNKNOWN', `${message}${hint}`);
}

/** Within a namespace that is right only the names behind it count: it is most of their length. */
function nearestOperation(name: string, known: readonly string[]): string {
  const namespace = name.slice(0, name.lastIndexOf('.') + 1);
  const inNamespace = known.filter((candidate) => candidate.startsWith(namespace));
  if (inNamespace.length === 0) return didYouMean(name, known);
  const local = inNamespace.map((candidate) => candidate.slice(namespace.length));
  const nearest = nearestName(name.slice(namespace.length), local);
  return nearest === undefined ? '' : ` Did you mean '${namespace}${nearest}'?`;
}

function listed(names: readonly string[]): string {
  const [first = '', second, ...others] = new Set(names);
  if (second === undefined) return first;
  return others.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${others.length} more`;
}
