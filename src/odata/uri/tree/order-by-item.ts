/** One item of `$orderby`. */

import type { FilterExpression } from './filter-expression.ts';

/** `expression asc` or `expression desc` (OData 4.01 URL 5.1.5). */
export interface OrderByItem {
  readonly kind: 'orderByItem';
  readonly expression: FilterExpression;
  readonly direction: 'asc' | 'desc';
  readonly position: number;
}
