/** One item of `$expand` against a type. */

import type { ExpandItem } from '../tree/query-options.ts';
import { type CheckScope, nested } from './check-scope.ts';
import { type OptionsCheck, optionsScope } from './check-select.ts';
import { type ExpressionType, typeName } from './expression-type.ts';
import { followPath } from './resolve-path.ts';
import { mismatch, unknownName } from './type-errors.ts';
import { areInOneHierarchy } from './type-hierarchy.ts';

/**
 * A path that ends at a navigation property, a stream or an annotation, perhaps with a cast, `$ref` or `$count`; `*`; or
 * `$value` (OData 4.01 URL 5.1.3). Raises ODATA_PROPERTY_UNKNOWN, ODATA_TYPE_MISMATCH.
 */
export function checkExpandItem(item: ExpandItem, outer: CheckScope, checkOptions: OptionsCheck): void {
  const scope = { ...nested(outer), crossesCollections: true };
  const path = item.path.filter((name) => name !== '$ref' && name !== '$count');
  if (path.at(-1) === '*' || path.at(-1) === '$value') {
    followPath({ ...item, path: path.slice(0, -1) }, scope.current, { kind: 'current' }, scope);
    return;
  }
  const { type, owner } = expandTarget({ ...item, path }, scope);
  if (item.options.levels !== undefined) checkLevels(item, owner, type, scope);
  checkOptions(item.options, optionsScope(type, outer));
}

/** What the path leads to, and the type of the instances that the last property belongs to. */
function expandTarget(
  item: ExpandItem,
  scope: CheckScope,
): { readonly type: ExpressionType; readonly owner: ExpressionType } {
  let type: ExpressionType = scope.current;
  let owner = type;
  let at = item.position;
  let isNavigation = false;
  for (const name of item.path) {
    const instance = type.kind === 'collection' ? type.item : type;
    if (instance.kind === 'structured' && !name.includes('.') && !name.startsWith('@')) {
      isNavigation = checkSegment(name, instance, at, isNavigation);
      owner = instance;
    } else if (instance.kind === 'unknown' || name.startsWith('@')) isNavigation = true;
    type = followPath({ path: [name], position: at }, type, { kind: 'current' }, scope).type;
    at += name.length + 1;
  }
  const last = item.path.at(-1) ?? '';
  if (isNavigation) return { type, owner };
  throw unknownNavigation(last, owner, at - last.length - 1);
}

/** Whether the segment is what expand is for: a navigation property, a stream, or what the model does not describe. */
function checkSegment(
  name: string,
  instance: ExpressionType & { readonly kind: 'structured' },
  position: number,
  wasNavigation: boolean,
): boolean {
  const { type, shape } = instance;
  if (wasNavigation) {
    throw mismatch(`$expand ends with a navigation property; ${name} at position ${position} stands behind one.`);
  }
  const given = shape?.members.get(name);
  if (given !== undefined) return given.kind !== 'primitive';
  if (shape?.isClosed === true) throw unknownNavigation(name, instance, position);
  if (type.navigationProperty(name) !== undefined) return true;
  const property = type.property(name);
  if (property === undefined && !type.isOpen) throw unknownNavigation(name, instance, position);
  return property === undefined || property.type === 'Edm.Stream';
}

function unknownNavigation(name: string, owner: ExpressionType, position: number): Error {
  const type = owner.kind === 'structured' ? owner.type : undefined;
  const known = (type?.navigationProperties ?? []).map((property) => property.name);
  return unknownName({ name, kind: 'a navigation property', of: type?.name ?? typeName(owner), known, position });
}

/** `$levels` follows a navigation property from a type to itself (OData 4.01 URL 5.1.3.1). */
function checkLevels(item: ExpandItem, owner: ExpressionType, type: ExpressionType, { model }: CheckScope): void {
  const target = type.kind === 'collection' ? type.item : type;
  if (owner.kind !== 'structured' || target.kind !== 'structured') return;
  if (areInOneHierarchy(owner.type, target.type, model)) return;
  throw mismatch(
    `$levels at position ${item.position} is given ${item.path.join('/')}, which leads from ${owner.type.name} to ${target.type.name}; expected a property that leads to its own type.`,
  );
}
