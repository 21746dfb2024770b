/** What a property path leads to. */

import type { StructuredType } from '../../model/model.ts';
import type { CheckScope } from './check-scope.ts';
import {
  collectionOf,
  countType,
  declaredType,
  type ExpressionType,
  referencedType,
  type StructuredExpressionType,
  typeName,
  unknownType,
} from './expression-type.ts';
import { mismatch, unknownMember, unknownName } from './type-errors.ts';
import { areInOneHierarchy, derivedTypeNamed, structuredType } from './type-hierarchy.ts';
import type { PathRoot, PathStep, ResolvedPath } from './typed-expression.ts';

/** A path of names, and where it stands in its text. */
export interface PathText {
  readonly path: readonly string[];
  readonly position: number;
}

/** A path with the type that it leads to. */
export interface TypedPath {
  readonly type: ExpressionType;
  readonly path: ResolvedPath;
}

/**
 * Follows a path over properties, navigation properties, annotations and type casts (OData 4.01 URL 5.1.1.15, 5.1.1.16).
 * Raises ODATA_PROPERTY_UNKNOWN, and ODATA_TYPE_MISMATCH where it goes on behind a collection or a primitive value.
 */
export function resolvePath({ path, position }: PathText, scope: CheckScope): TypedPath {
  const begin = beginPath(path, position, scope);
  const end = position + path.slice(0, begin.taken).reduce((sum, name) => sum + name.length + 1, 0);
  return followPath({ path: path.slice(begin.taken), position: end }, begin.type, begin.root, scope);
}

/** Follows a path that begins at a value of `from`. */
export function followPath(
  { path, position }: PathText,
  from: ExpressionType,
  root: PathRoot,
  scope: CheckScope,
): TypedPath {
  const steps: PathStep[] = [];
  let type = from;
  let at = position;
  for (const name of path) {
    type = step(type, name, at, scope, steps);
    at += name.length + 1;
  }
  return { type, path: { root, steps } };
}

/** What the path begins at, and how many of its names say so. */
function beginPath(
  path: readonly string[],
  position: number,
  scope: CheckScope,
): { readonly root: PathRoot; readonly type: ExpressionType; readonly taken: number } {
  const [first = '', second = ''] = path;
  // The variable of a lambda takes precedence over a property of its name (OData 4.01 URL 5.1.1.13).
  const variable = scope.variables.get(first);
  if (variable !== undefined) {
    return { root: { kind: 'variable', slot: variable.slot }, type: variable.type, taken: 1 };
  }
  if (first === '$it') return { root: { kind: 'it' }, type: scope.it, taken: 1 };
  if (first === '$this') return { root: { kind: 'current' }, type: scope.current, taken: 1 };
  if (first === '$these') return { root: { kind: 'these' }, type: collectionOf(scope.current), taken: 1 };
  if (first === '$count' && path.length === 1) {
    return { root: { kind: 'these' }, type: collectionOf(scope.current), taken: 0 };
  }
  if (first !== '$root') return { root: { kind: 'current' }, type: scope.current, taken: 0 };
  return { ...rootResource(second, position + first.length + 1, scope), taken: 2 };
}

/** `$root/Set`, `$root/Singleton` (OData 4.01 URL 5.1.1.14.5). */
function rootResource(
  name: string,
  position: number,
  { model }: CheckScope,
): { readonly root: PathRoot; readonly type: ExpressionType } {
  const set = model.entitySet(name);
  if (set !== undefined) {
    const type = collectionOf(declaredType(set.entityType, model));
    return { root: { kind: 'set', name, isSingleton: false }, type };
  }
  const singleton = model.singleton(name);
  if (singleton !== undefined) {
    return { root: { kind: 'set', name, isSingleton: true }, type: declaredType(singleton.entityType, model) };
  }
  const known = [...model.entitySets, ...model.singletons].map((candidate) => candidate.name);
  throw unknownName({ name, kind: 'an entity set or singleton', of: '$root', known, position });
}

/** One name of a path: gives the type it leads to, and adds the step that evaluation takes. */
function step(
  type: ExpressionType,
  name: string,
  position: number,
  scope: CheckScope,
  steps: PathStep[],
): ExpressionType {
  if (name === '$count' && (type.kind === 'collection' || type.kind === 'unknown')) {
    steps.push({ kind: 'count' });
    return countType;
  }
  if (name.startsWith('@')) return annotation(name, steps);
  if (type.kind === 'unknown') return unknownStep(name, scope, steps);
  if (type.kind === 'collection' && (scope.crossesCollections || name.includes('.'))) {
    const item = step(type.item, name, position, scope, steps);
    return item.kind === 'collection' ? item : collectionOf(item);
  }
  if (type.kind !== 'structured') {
    const hint = type.kind === 'collection' ? ' Use any or all to look into a collection.' : '';
    throw mismatch(`${typeName(type)} has no member ${name}, at position ${position}.${hint}`);
  }
  return structuredStep(type, name, position, scope, steps);
}

/** Behind a value that nothing is known of only a cast says more. */
function unknownStep(name: string, { model }: CheckScope, steps: PathStep[]): ExpressionType {
  const target = name.includes('.') ? structuredType(name, model) : undefined;
  const isCast = name.includes('.');
  steps.push(
    isCast ? { kind: 'cast', typeName: target?.qualifiedName ?? name, from: undefined } : { kind: 'member', name },
  );
  return target === undefined ? unknownType : { kind: 'structured', type: target };
}

function structuredStep(
  owner: StructuredExpressionType,
  name: string,
  position: number,
  scope: CheckScope,
  steps: PathStep[],
): ExpressionType {
  const found = memberType(owner, name, scope);
  if (found !== undefined) {
    steps.push({ kind: 'member', name });
    return found;
  }
  const target = castTarget(owner, name, position, scope);
  if (target === undefined) throw unknownMember(name, owner, position);
  steps.push({ kind: 'cast', typeName: target.qualifiedName, from: owner.type });
  return { ...owner, type: target };
}

/** The type of a member; unknown for a dynamic one, undefined when there is none. */
export function memberType(
  { type, shape }: StructuredExpressionType,
  name: string,
  { model }: Pick<CheckScope, 'model'>,
): ExpressionType | undefined {
  const given = shape?.members.get(name);
  if (given !== undefined || shape?.isClosed === true) return given;
  const member = type.property(name) ?? type.navigationProperty(name);
  if (member !== undefined) return referencedType(member, model);
  return type.isOpen && !name.includes('.') ? unknownType : undefined;
}

/** A segment that names a type casts to it (OData 4.01 URL 4.11); the two are of one hierarchy. */
function castTarget(
  owner: StructuredExpressionType,
  name: string,
  position: number,
  { model }: CheckScope,
): StructuredType | undefined {
  if (!name.includes('.')) return derivedTypeNamed(name, owner.type, model);
  const target = structuredType(name, model);
  if (target === undefined) return undefined;
  if (areInOneHierarchy(target, owner.type, model)) return target;
  throw mismatch(
    `${target.qualifiedName} at position ${position} is neither derived from ${owner.type.qualifiedName} nor its base type.`,
  );
}

/** `@Ns.Term` behind a member is the annotation of that member (OData 4.01 URL 5.1.1.16, OData JSON 4.01 4.6). */
function annotation(name: string, steps: PathStep[]): ExpressionType {
  const last = steps.at(-1);
  if (last?.kind === 'member') steps.splice(-1, 1, { kind: 'member', name: `${last.name}${name}` });
  else steps.push({ kind: 'member', name });
  return unknownType;
}
