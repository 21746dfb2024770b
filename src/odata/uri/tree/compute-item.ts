/** One item of `$compute`. */

import type { FilterExpression } from './filter-expression.ts';

/** `expression as alias` (OData 4.01 URL 5.1.2). */
export interface ComputeItem {
  readonly kind: 'computeItem';
  readonly expression: FilterExpression;
  readonly alias: string;
  readonly position: number;
}
