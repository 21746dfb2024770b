/** A request URI relative to the service root. */

import type { FilterExpression, FunctionArgument } from './filter-expression.ts';
import type { KeyPredicate } from './key-predicate.ts';
import type { QueryOptions } from './query-options.ts';

/**
 * An entity set, singleton, property, import, or (4.01) an operation or type without its namespace; with its key
 * predicate or arguments. `Name()` has empty `parameters`. Without a model `Name(a=1)` may be either; it is taken as a key.
 */
export interface NameSegment {
  readonly kind: 'name';
  readonly name: string;
  readonly key?: KeyPredicate;
  readonly parameters?: readonly FunctionArgument[];
  readonly position: number;
}

/** A bound action or function, or a type cast with or without a key: `Microsoft.Dynamics.DataEntities.GetAzureWriteUrl`. */
export interface QualifiedNameSegment {
  readonly kind: 'qualifiedName';
  readonly name: string;
  readonly key?: KeyPredicate;
  readonly parameters?: readonly FunctionArgument[];
  readonly position: number;
}

/** A key value or an index as a segment of its own: `/Orders/4711`, `/Addresses/-1` (OData 4.01 URL 4.3.6, 4.14). */
export interface KeySegment {
  readonly kind: 'keySegment';
  readonly text: string;
  readonly position: number;
}

/** `/$filter(predicate)` (OData 4.01 URL 4.12). */
export interface FilterSegment {
  readonly kind: 'filterSegment';
  readonly predicate: FilterExpression;
  readonly position: number;
}

/** `$crossjoin(Products,Sales)` (OData 4.01 URL 4.15). */
export interface CrossjoinSegment {
  readonly kind: 'crossjoin';
  readonly entitySets: readonly string[];
  readonly position: number;
}

export type SystemSegmentName =
  | '$all'
  | '$batch'
  | '$count'
  | '$each'
  | '$entity'
  | '$metadata'
  | '$query'
  | '$ref'
  | '$value';

/** A segment that the protocol defines (OData 4.01 URL 4). */
export interface SystemSegment {
  readonly kind: 'system';
  readonly name: SystemSegmentName;
  readonly position: number;
}

export type PathSegment =
  | NameSegment
  | QualifiedNameSegment
  | KeySegment
  | FilterSegment
  | CrossjoinSegment
  | SystemSegment;

/** The part of a request URI before the `?`; the empty path is the service root. */
export type ResourcePath = readonly PathSegment[];

/** Path and query options. */
export interface RequestUri {
  readonly kind: 'requestUri';
  readonly path: ResourcePath;
  readonly options: QueryOptions;
  /** The fragment of `$metadata#…`, decoded, without the `#` (OData 4.01 Protocol 10). */
  readonly context?: string;
}
