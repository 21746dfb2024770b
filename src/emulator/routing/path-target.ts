/** What the path of an OData request addresses, in one word (`row/navigation`) and with the model's elements. */

import {
  type EntitySet,
  type EntityType,
  type KeyPredicate,
  type Model,
  type NameSegment,
  type NavigationProperty,
  type PathSegment,
  type Property,
  printResourcePath,
} from '../../odata/index.ts';

/** The shapes of paths that Dynamics services know. */
export type PathShape =
  | 'service'
  | 'metadata'
  | 'batch'
  | 'set'
  | 'set/$count'
  | 'set/operation'
  | 'row'
  | 'row/operation'
  | 'row/property'
  | 'row/property/$value'
  | 'row/navigation'
  | 'row/navigation/$count'
  | 'row/navigation/$ref'
  | 'row/navigation(key)'
  | 'row/navigation(key)/$ref'
  | 'operation';

/** What a path addresses; only the members that its shape has are defined. */
export interface PathTarget {
  readonly shape: PathShape;
  readonly entitySet?: EntitySet;
  readonly entityType?: EntityType;
  readonly key?: KeyPredicate;
  readonly property?: Property;
  readonly navigation?: NavigationProperty;
  readonly operation?: string;
}

/** A segment that names nothing. */
export interface UnknownSegment {
  readonly shape: 'unknown';
  readonly segment: string;
  /** The type on which it was looked for; undefined for the first segment. */
  readonly entityType?: EntityType;
}

/** Resolves the segments of a path against the model. */
export function resolvePath(segments: readonly PathSegment[], model: Model): PathTarget | UnknownSegment {
  const [first, ...rest] = segments;
  if (first === undefined) return { shape: 'service' };
  if (first.kind === 'system' && rest.length === 0) {
    if (first.name === '$metadata') return { shape: 'metadata' };
    if (first.name === '$batch') return { shape: 'batch' };
  }
  if (first.kind !== 'name') return unknown(first);
  const entitySet = model.entitySet(first.name);
  if (entitySet === undefined) {
    const isOperation = model.unboundAction(first.name) !== undefined || model.unboundFunctions(first.name).length > 0;
    return isOperation && rest.length === 0
      ? { shape: 'operation', operation: first.name }
      : { shape: 'unknown', segment: first.name };
  }
  const entityType = model.entityType(entitySet.entityType);
  if (entityType === undefined) return { shape: 'unknown', segment: first.name };
  const key = keyOf(first);
  if (key === undefined) return resolveInSet(rest, { entitySet, entityType });
  return resolveInRow(rest, { entitySet, entityType, key });
}

/** The key of an entity set; what could be the arguments of a function is one behind the name of a set. */
function keyOf({ key, parameters = [] }: NameSegment): KeyPredicate | undefined {
  if (key !== undefined || parameters.length === 0) return key;
  const [first] = parameters;
  const parts = parameters.flatMap(({ name, value, position }) =>
    value.kind === 'literal' ? [{ name, value, position }] : [],
  );
  return parts.length < parameters.length ? undefined : { kind: 'keyPredicate', parts, position: first?.position ?? 0 };
}

type SetTarget = Required<Pick<PathTarget, 'entitySet' | 'entityType'>>;

function resolveInSet(rest: readonly PathSegment[], target: SetTarget): PathTarget | UnknownSegment {
  const [next, ...more] = rest;
  if (next === undefined) return { shape: 'set', ...target };
  if (more.length === 0 && next.kind === 'system' && next.name === '$count') return { shape: 'set/$count', ...target };
  if (more.length === 0 && next.kind === 'qualifiedName') {
    return { shape: 'set/operation', operation: next.name, ...target };
  }
  return unknown(next, target.entityType);
}

function resolveInRow(
  rest: readonly PathSegment[],
  target: SetTarget & { readonly key: KeyPredicate },
): PathTarget | UnknownSegment {
  const [next, after, ...more] = rest;
  if (next === undefined) return { shape: 'row', ...target };
  if (more.length > 0) return unknown(more[0] ?? next, target.entityType);
  if (next.kind === 'qualifiedName' && after === undefined) {
    return { shape: 'row/operation', operation: next.name, ...target };
  }
  if (next.kind !== 'name') return unknown(next, target.entityType);
  const property = target.entityType.property(next.name);
  if (property !== undefined) {
    if (after === undefined) return { shape: 'row/property', property, ...target };
    return isSystem(after, '$value') ? { shape: 'row/property/$value', property, ...target } : unknown(after);
  }
  const navigation = target.entityType.navigationProperty(next.name);
  if (navigation === undefined) return unknown(next, target.entityType);
  const found = { navigation, ...target };
  if (next.key !== undefined) {
    if (after === undefined) return { shape: 'row/navigation(key)', ...found };
    return isSystem(after, '$ref') ? { shape: 'row/navigation(key)/$ref', ...found } : unknown(after);
  }
  if (after === undefined) return { shape: 'row/navigation', ...found };
  if (isSystem(after, '$ref')) return { shape: 'row/navigation/$ref', ...found };
  return isSystem(after, '$count') ? { shape: 'row/navigation/$count', ...found } : unknown(after);
}

function isSystem(segment: PathSegment, name: string): boolean {
  return segment.kind === 'system' && segment.name === name;
}

function unknown(segment: PathSegment, entityType?: EntityType): UnknownSegment {
  return {
    shape: 'unknown',
    segment: printResourcePath([segment]),
    ...(entityType === undefined ? {} : { entityType }),
  };
}
