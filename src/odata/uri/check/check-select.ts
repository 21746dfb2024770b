/** One item of `$select` against a type. */

import type { QueryOptions, SelectItem } from '../tree/query-options.ts';
import { type CheckScope, nested } from './check-scope.ts';
import { type ExpressionType, typeName } from './expression-type.ts';
import { boundActions, boundFunctions, chooseOverload, qualifiedName } from './operations.ts';
import { resolvePath } from './resolve-path.ts';
import { mismatch } from './type-errors.ts';
import { structuredType } from './type-hierarchy.ts';

/** Checks query options within an item; passed in, since the two check each other. */
export type OptionsCheck = (options: QueryOptions, scope: CheckScope) => unknown;

/** A path over properties, annotations and casts, `*`, `Ns.*`, or an operation (OData 4.01 URL 5.1.4). */
export function checkSelectItem(item: SelectItem, outer: CheckScope, checkOptions: OptionsCheck): void {
  const scope = { ...nested(outer), crossesCollections: true };
  const last = item.path.at(-1) ?? '';
  if (last === '*' || last.endsWith('.*')) {
    resolvePath({ ...item, path: item.path.slice(0, -1) }, scope);
    return;
  }
  if (last.includes('.') && isOperation(item, last, scope)) return;
  const { type } = resolvePath(item, scope);
  if (item.options !== undefined) checkOptions(item.options, optionsScope(type, outer));
}

/** The scope of options within an item: paths begin at the value, or at each item of the collection. */
export function optionsScope(type: ExpressionType, outer: CheckScope): CheckScope {
  return { ...nested(outer), current: type.kind === 'collection' ? type.item : type, variables: new Map(), slots: 0 };
}

/** A bound action or function by its qualified name; one that is bound to something else is ignored by services. */
function isOperation(item: SelectItem, name: string, scope: CheckScope): boolean {
  const { model } = scope;
  const owner =
    item.path.length === 1 ? scope.current : resolvePath({ ...item, path: item.path.slice(0, -1) }, scope).type;
  if (structuredType(name, model) !== undefined) return false;
  const functions = boundFunctions(name, owner, model);
  const { parameterNames } = item;
  if (parameterNames !== undefined && functions.length > 0 && chooseOverload(functions, parameterNames) === undefined) {
    const at = `${name}(${parameterNames.join(',')}) at position ${item.position}`;
    throw mismatch(`${at} is no overload of a function that is bound to ${typeName(owner)}.`);
  }
  if (functions.length > 0 || boundActions(name, owner, model).length > 0) return true;
  const wanted = qualifiedName(name, model);
  return [...model.functions, ...model.actions].some((operation) => operation.qualifiedName === wanted);
}
