/** Filters and other expressions → text, not percent-encoded. */

import type { FilterExpression } from '../tree/filter-expression.ts';
import { printExpressionNode } from './expression.ts';

/** The value of `$filter` (OData 4.01 URL 5.1.1), with no parentheses but those that are needed. */
export function printFilter(tree: FilterExpression): string {
  return printExpressionNode(tree);
}

/** Any expression (OData 4.01 ABNF `commonExpr`), with no parentheses but those that are needed. */
export function printExpression(tree: FilterExpression): string {
  return printExpressionNode(tree);
}
