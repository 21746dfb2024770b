/** Query options, and the expand item, which holds query options in turn. */

import type { FilterExpression } from './filter-expression.ts';
import type { OrderByItem } from './order-by-item.ts';
import type { SelectItem } from './select-item.ts';

/** One item of `$expand`: a navigation path with its own query options (OData 4.01 URL 5.1.3). */
export interface ExpandItem {
  readonly kind: 'expandItem';
  readonly path: readonly string[];
  readonly options: QueryOptions;
  readonly position: number;
}

/** The query options of a request (OData 4.01 URL 5.1) or of an expand item. */
export interface QueryOptions {
  readonly filter?: FilterExpression;
  readonly select?: readonly SelectItem[];
  readonly orderby?: readonly OrderByItem[];
  readonly expand?: readonly ExpandItem[];
  readonly top?: number;
  readonly skip?: number;
  readonly count?: boolean;
  readonly skiptoken?: string;
  readonly format?: string;
  /** As it is written; not parsed. */
  readonly search?: string;
  /** As it is written; not parsed. */
  readonly apply?: string;
  /** Options without `$`, such as `cross-company`. */
  readonly custom: Readonly<Record<string, string>>;
}
