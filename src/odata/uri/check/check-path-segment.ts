/** Segments that go on from what a resource path has come to. */

import type { NavigationBinding } from '../../model/model.ts';
import type { KeySegment, NameSegment, QualifiedNameSegment } from '../tree/request-uri.ts';
import { isKeyOf } from './check-key.ts';
import { checkPathKey, checkSegmentKey, entityTypeOf } from './check-path-key.ts';
import { argumentsOf, checkPathCall } from './check-path-operation.ts';
import { type ExpressionType, referencedType, typeName, unknownType } from './expression-type.ts';
import { boundActions, boundFunctions, qualifiedName } from './operations.ts';
import { followPath, memberType } from './resolve-path.ts';
import { type CheckedSegment, type PathState, reached, reachedType, structureOf } from './resource.ts';
import { mismatch, unknownMember, unknownOperation } from './type-errors.ts';
import { derivedTypeNamed, structuredType } from './type-hierarchy.ts';

/**
 * A property, or without its namespace a derived type, an action or a function; behind a collection of entities a key
 * (OData 4.01 URL 4.3.6, 4.6). Raises ODATA_PROPERTY_UNKNOWN.
 */
export function checkNameSegment(segment: NameSegment, state: PathState): void {
  const { name, position } = segment;
  const type = reachedType(state);
  if (state.keyValues.length > 0) {
    checkSegmentKey(segment, name, state);
    return;
  }
  if (type.kind === 'unknown') {
    state.segments.push({ segment, role: 'property', type: unknownType });
    return;
  }
  if (type.kind === 'structured') {
    const member = memberType(type, name, state.scope);
    if (member !== undefined && !isCallOfOperation(segment, type, state)) {
      checkMember(segment, member, state);
      return;
    }
  }
  if (checkOperation(segment, state)) return;
  const structure = structureOf(type);
  const derived = structure === undefined ? undefined : derivedTypeNamed(name, structure, state.scope.model);
  if (derived !== undefined) checkCast(segment, derived.qualifiedName, state);
  else if (type.kind === 'collection' && entityTypeOf({ type }, state) !== undefined && segment.key === undefined) {
    checkSegmentKey(segment, name, state);
  } else if (type.kind === 'structured') throw unknownMember(name, type, position);
  else throw mismatch(`${typeName(type)} has no member ${name}, at position ${position}.`);
}

/** A type cast, or a bound action or function (OData 4.01 URL 4.5, 4.11). Raises ODATA_ACTION_UNKNOWN. */
export function checkQualifiedSegment(segment: QualifiedNameSegment, state: PathState): void {
  const { name, position } = segment;
  const { model } = state.scope;
  if (structuredType(name, model) !== undefined) {
    checkCast(segment, name, state);
    return;
  }
  if (checkOperation(segment, state)) return;
  const type = reachedType(state);
  const wanted = qualifiedName(name, model);
  const bound = [...model.functions, ...model.actions].filter((operation) => operation.isBound);
  const bindings = bound
    .filter((operation) => operation.qualifiedName === wanted)
    .flatMap(({ parameters: [binding] }) => (binding === undefined ? [] : [typeName(referencedType(binding, model))]));
  const known = bound.map((operation) => operation.qualifiedName);
  throw unknownOperation(name, { boundTo: typeName(type), bindings, known, position });
}

/** A key value, or the position in an ordered collection (OData 4.01 URL 4.3.6, 4.10). */
export function checkKeySegment(segment: KeySegment, state: PathState): void {
  const { text, position } = segment;
  const type = reachedType(state);
  if (type.kind === 'unknown') {
    state.segments.push({ segment, role: 'key', type });
  } else if (type.kind !== 'collection') {
    throw mismatch(`${typeName(type)} has neither key nor index, at position ${position}: ${text}.`);
  } else if (entityTypeOf({ type }, state) !== undefined) {
    checkSegmentKey(segment, text, state);
  } else if (/^-?\d+$/.test(text)) {
    state.segments.push({ segment, role: 'index', type: type.item });
  } else {
    throw mismatch(`${typeName(type)} at position ${position} has no key; expected an index, found ${text}.`);
  }
}

/** `Name(a=1)` is a call where an operation of this name is there and `a` is no key of what the property leads to. */
function isCallOfOperation(segment: NameSegment, owner: ExpressionType, state: PathState): boolean {
  const given = argumentsOf(segment);
  if (segment.key === undefined && segment.parameters === undefined) return false;
  const member = owner.kind === 'structured' ? memberType(owner, segment.name, state.scope) : undefined;
  const target = member === undefined ? undefined : entityTypeOf({ type: member }, state);
  const names = given.map(({ name }) => name);
  if (target !== undefined && given.length > 0 && isKeyOf(names, target)) return false;
  return boundFunctions(segment.name, owner, state.scope.model).length > 0;
}

function checkMember(segment: NameSegment, member: ExpressionType, state: PathState): void {
  const type = reachedType(state);
  const owner = structureOf(type);
  const isNavigation = owner?.navigationProperty(segment.name) !== undefined;
  const entitySet = isNavigation ? boundSet(segment.name, state) : undefined;
  const at: Omit<CheckedSegment, 'segment'> = {
    role: isNavigation ? 'navigationProperty' : 'property',
    type: member,
    ...(entitySet === undefined ? {} : { entitySet }),
  };
  if (segment.parameters !== undefined) {
    throw mismatch(`${segment.name} at position ${segment.position} is a property; it takes no arguments.`);
  }
  if (segment.key === undefined) state.segments.push({ ...at, segment });
  else checkPathKey(segment, segment.key, at, state);
}

/** Adds the action or function that the segment names; false when there is none. */
function checkOperation(segment: NameSegment | QualifiedNameSegment, state: PathState): boolean {
  const { model } = state.scope;
  const binding = reachedType(state);
  const functions = boundFunctions(segment.name, binding, model);
  if (functions.length > 0) {
    checkPathCall(segment, functions, { role: 'function' }, state);
    return true;
  }
  const actions = boundActions(segment.name, binding, model);
  if (actions.length > 0) checkPathCall(segment, actions, { role: 'action' }, state);
  return actions.length > 0;
}

/** Checks the cast, and a key behind it. */
function checkCast(segment: NameSegment | QualifiedNameSegment, target: string, state: PathState): void {
  const { position, key } = segment;
  const last = reached(state);
  const from = reachedType(state);
  const { type } = followPath({ path: [target], position }, from, { kind: 'current' }, state.scope);
  const entitySet = last?.entitySet;
  const at = { role: 'cast', type, ...(entitySet === undefined ? {} : { entitySet }) } as const;
  if (key === undefined) state.segments.push({ ...at, segment });
  else checkPathKey(segment, key, at, state);
}

/** The entity set that a navigation property leads to, by the bindings of the set it begins in (OData CSDL 4.01 13.4). */
function boundSet(name: string, { segments, scope }: PathState): string | undefined {
  const begin = segments.findLastIndex(({ role }) => ['entitySet', 'singleton', 'navigationProperty'].includes(role));
  const set = segments[begin]?.entitySet;
  if (set === undefined) return undefined;
  if (segments.slice(begin).some(({ operation }) => operation !== undefined)) return undefined;
  const between = segments.slice(begin + 1).flatMap(({ role, segment }) => {
    return (role === 'property' || role === 'cast') && 'name' in segment ? [segment.name] : [];
  });
  const bindings: readonly NavigationBinding[] =
    scope.model.entitySet(set)?.navigationBindings ?? scope.model.singleton(set)?.navigationBindings ?? [];
  const paths = [[...between, name].join('/'), name];
  const target = bindings.find(({ path }) => paths.includes(path))?.target;
  return target?.slice(target.lastIndexOf('/') + 1);
}
