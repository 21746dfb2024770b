/** The transformations of `$apply` (OData Data Aggregation 4.0, section 3). A value of `$apply` is a sequence of them. */

import type { ComputeItem } from './compute-item.ts';
import type { AggregateItem, FilterExpression, FunctionCall, PropertyPath } from './filter-expression.ts';
import type { OrderByItem } from './order-by-item.ts';
import type { SearchExpression } from './search-expression.ts';

/** `a/b/c`: each works on the result of the one before. */
export type ApplySequence = readonly ApplyTransformation[];

/** `aggregate(Amount with sum as Total,$count as Orders)`. */
export interface AggregateTransformation {
  readonly kind: 'aggregate';
  readonly items: readonly AggregateItem[];
  readonly position: number;
}

/** `compute(Amount mul 2 as Twice)`. */
export interface ComputeTransformation {
  readonly kind: 'compute';
  readonly items: readonly ComputeItem[];
  readonly position: number;
}

/** `concat(topcount(2,Amount),aggregate($count as Rest))`: the results one behind the other. */
export interface ConcatTransformation {
  readonly kind: 'concat';
  readonly sequences: readonly ApplySequence[];
  readonly position: number;
}

/** `groupby((Country,Year),aggregate(…))`. */
export interface GroupByTransformation {
  readonly kind: 'groupby';
  readonly groups: readonly GroupByElement[];
  readonly apply?: ApplySequence;
  readonly position: number;
}

/** A grouping property, `rollup(a,b)`, `rollup(Hierarchy)` or `rolluprecursive($root/Set,Hierarchy,Id)`. */
export type GroupByElement = PropertyPath | RollupLevels | RollupRecursive;

/** `rollup(Country,City)`; one name alone is that of a leveled hierarchy. */
export interface RollupLevels {
  readonly kind: 'rollup';
  readonly properties: readonly PropertyPath[];
  readonly position: number;
}

export interface RollupRecursive {
  readonly kind: 'rolluprecursive';
  readonly hierarchy: RecursiveHierarchy;
  readonly apply?: ApplySequence;
  readonly position: number;
}

/** The nodes of a recursive hierarchy, its qualifier, and the property that points to a node. */
export interface RecursiveHierarchy {
  readonly nodes: FilterExpression;
  readonly qualifier: string;
  readonly property: PropertyPath;
}

/** `join(Orders as Order,filter(…))`, `outerjoin(…)`. */
export interface JoinTransformation {
  readonly kind: 'join' | 'outerjoin';
  readonly property: PropertyPath;
  readonly alias: string;
  readonly apply?: ApplySequence;
  readonly position: number;
}

/** `nest(groupby((Country)) as Countries)`, `addnested(Orders,filter(…) as Large)`. */
export interface NestTransformation {
  readonly kind: 'nest' | 'addnested';
  /** Of addnested only. */
  readonly property?: PropertyPath;
  readonly items: readonly { readonly apply: ApplySequence; readonly alias: string }[];
  readonly position: number;
}

/** `topcount(2,Amount)` and its kin: how much, and of what. */
export interface RankTransformation {
  readonly kind: 'topcount' | 'topsum' | 'toppercent' | 'bottomcount' | 'bottomsum' | 'bottompercent';
  readonly amount: FilterExpression;
  readonly by: FilterExpression;
  readonly position: number;
}

export interface FilterTransformation {
  readonly kind: 'filter';
  readonly predicate: FilterExpression;
  readonly position: number;
}

export interface SearchTransformation {
  readonly kind: 'search';
  readonly expression: SearchExpression;
  readonly position: number;
}

export interface OrderByTransformation {
  readonly kind: 'orderby';
  readonly items: readonly OrderByItem[];
  readonly position: number;
}

/** `skip(10)`, `top(5)`. */
export interface LimitTransformation {
  readonly kind: 'skip' | 'top';
  readonly count: number;
  readonly position: number;
}

export interface IdentityTransformation {
  readonly kind: 'identity';
  readonly position: number;
}

/** `ancestors($root/Set,Hierarchy,Id,filter(…),1,keep start)`, `descendants(…)`. */
export interface HierarchyTransformation {
  readonly kind: 'ancestors' | 'descendants';
  readonly hierarchy: RecursiveHierarchy;
  readonly starts: readonly ApplySequence[];
  readonly distance?: number;
  readonly keepStart: boolean;
  readonly position: number;
}

/** `traverse($root/Set,Hierarchy,Id,preorder,filter(…),Name asc)`. */
export interface TraverseTransformation {
  readonly kind: 'traverse';
  readonly hierarchy: RecursiveHierarchy;
  readonly order: 'preorder' | 'postorder';
  readonly starts?: ApplySequence;
  readonly items: readonly OrderByItem[];
  readonly position: number;
}

/** A function of the service that takes and gives a collection: `Ns.TopCustomers(count=5)`. */
export interface CustomTransformation {
  readonly kind: 'custom';
  readonly call: FunctionCall;
  readonly position: number;
}

export type ApplyTransformation =
  | AggregateTransformation
  | ComputeTransformation
  | ConcatTransformation
  | GroupByTransformation
  | JoinTransformation
  | NestTransformation
  | RankTransformation
  | FilterTransformation
  | SearchTransformation
  | OrderByTransformation
  | LimitTransformation
  | IdentityTransformation
  | HierarchyTransformation
  | TraverseTransformation
  | CustomTransformation;
