/** What the segments of a resource path lead to. */

import type { ODataAction, StructuredType } from '../../model/model.ts';
import type { PathSegment, ResourcePath } from '../tree/request-uri.ts';
import type { CheckScope } from './check-scope.ts';
import { type ExpressionType, unknownType } from './expression-type.ts';

/** What a segment turns out to be. */
export type SegmentRole =
  | 'entitySet'
  | 'singleton'
  | 'actionImport'
  | 'functionImport'
  | 'property'
  | 'navigationProperty'
  | 'cast'
  | 'key'
  | 'index'
  | 'action'
  | 'function'
  | 'filter'
  | 'crossjoin'
  | 'all'
  | 'batch'
  | 'count'
  | 'each'
  | 'entity'
  | 'metadata'
  | 'query'
  | 'ref'
  | 'value';

/** A segment with what it is and leads to. */
export interface CheckedSegment {
  /** As the model has it: `Name(a=1)` with a key or with arguments. */
  readonly segment: PathSegment;
  readonly role: SegmentRole;
  /** What the path up to here leads to; of a segment with a key, one entity. */
  readonly type: ExpressionType;
  /** The action or function, and of overloads the one that is meant. */
  readonly operation?: ODataAction;
  /** The entity set or singleton that the entities are in, where the model says so. */
  readonly entitySet?: string;
}

/** How far a path has been followed. */
export interface PathState {
  readonly path: ResourcePath;
  readonly scope: CheckScope;
  readonly segments: CheckedSegment[];
  /** Names of query options that may be parameters of a function. */
  readonly implicit: readonly string[];
  /** Values of a key that takes several segments of their own. */
  readonly keyValues: string[];
}

/** Where the path has come to. */
export function reached(state: PathState): CheckedSegment | undefined {
  return state.segments.at(-1);
}

/** The type that the path has come to. */
export function reachedType(state: PathState): ExpressionType {
  return reached(state)?.type ?? unknownType;
}

/** The structured type of an instance, or of the items of a collection. */
export function structureOf(type: ExpressionType): StructuredType | undefined {
  const item = type.kind === 'collection' ? type.item : type;
  return item.kind === 'structured' ? item.type : undefined;
}
