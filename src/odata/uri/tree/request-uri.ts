/** A request URI relative to the service root. */

import type { FunctionArgument } from './filter-expression.ts';
import type { KeyPredicate } from './key-predicate.ts';
import type { QueryOptions } from './query-options.ts';

/** An entity set, singleton, property or import, with its key predicate. `Name()` has empty `parameters`. */
export interface NameSegment {
  readonly kind: 'name';
  readonly name: string;
  readonly key?: KeyPredicate;
  readonly parameters?: readonly FunctionArgument[];
  readonly position: number;
}

/** A bound action or function, or a type cast: `Microsoft.Dynamics.DataEntities.GetAzureWriteUrl`. */
export interface QualifiedNameSegment {
  readonly kind: 'qualifiedName';
  readonly name: string;
  readonly parameters?: readonly FunctionArgument[];
  readonly position: number;
}

export type SystemSegmentName =
  | '$all'
  | '$batch'
  | '$count'
  | '$crossjoin'
  | '$entity'
  | '$metadata'
  | '$ref'
  | '$value';

/** A segment that the protocol defines (OData 4.01 URL 4). */
export interface SystemSegment {
  readonly kind: 'system';
  readonly name: SystemSegmentName;
  readonly position: number;
}

export type PathSegment = NameSegment | QualifiedNameSegment | SystemSegment;

/** Path and query options; the empty path is the service root. */
export interface RequestUri {
  readonly kind: 'requestUri';
  readonly path: readonly PathSegment[];
  readonly options: QueryOptions;
}
