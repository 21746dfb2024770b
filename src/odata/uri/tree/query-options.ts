/** Query options, and the expand and select items, which hold query options in turn. */

import type { ApplySequence } from './apply-transformation.ts';
import type { ComputeItem } from './compute-item.ts';
import type { FilterExpression } from './filter-expression.ts';
import type { OrderByItem } from './order-by-item.ts';
import type { SearchExpression } from './search-expression.ts';

/**
 * One item of `$expand`: a path of navigation properties and type names, which `$ref`, `$count` or `$value` may end, or
 * `['*']`; with its own query options (OData 4.01 URL 5.1.3).
 */
export interface ExpandItem {
  readonly kind: 'expandItem';
  readonly path: readonly string[];
  readonly options: QueryOptions;
  readonly position: number;
}

/** A path of properties and type names, `['*']`, or `['Namespace.*']` (OData 4.01 URL 5.1.4). */
export interface SelectItem {
  readonly kind: 'selectItem';
  readonly path: readonly string[];
  /** Names of the parameters that tell the overloads of a function apart: `Ns.Function(a,b)`. */
  readonly parameterNames?: readonly string[];
  /** Options for the values of a complex or collection property: `Addresses($top=1)`. */
  readonly options?: QueryOptions;
  readonly position: number;
}

/** The query options of a request (OData 4.01 URL 5.1), of an expand item or of a select item. */
export interface QueryOptions {
  readonly filter?: FilterExpression;
  readonly select?: readonly SelectItem[];
  readonly orderby?: readonly OrderByItem[];
  readonly expand?: readonly ExpandItem[];
  readonly compute?: readonly ComputeItem[];
  readonly search?: SearchExpression;
  readonly apply?: ApplySequence;
  readonly top?: number;
  readonly skip?: number;
  /** Position in an ordered collection; negative from its end (OData 4.01 URL 5.1.7). */
  readonly index?: number;
  readonly count?: boolean;
  /** How deep a recursive expand goes; of an expand item only (OData 4.01 URL 5.1.3.1.1). */
  readonly levels?: number | 'max';
  /** The entity id that `$entity` resolves (OData 4.01 URL 4.2). */
  readonly id?: string;
  readonly skiptoken?: string;
  readonly deltatoken?: string;
  readonly format?: string;
  readonly schemaversion?: string;
  /** Values by the name of their parameter alias, without `@` (OData 4.01 URL 5.3). */
  readonly aliases?: Readonly<Record<string, FilterExpression>>;
  /** Options without `$`, such as `cross-company`. */
  readonly custom: Readonly<Record<string, string>>;
}
