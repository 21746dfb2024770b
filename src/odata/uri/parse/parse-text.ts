/** The public readers of texts that are not percent-encoded. */

import type { ApplySequence } from '../tree/apply-transformation.ts';
import type { ComputeItem } from '../tree/compute-item.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import type { KeyPredicate } from '../tree/key-predicate.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import type { ExpandItem, SelectItem } from '../tree/query-options.ts';
import type { SearchExpression } from '../tree/search-expression.ts';
import { parseApplySequence } from './apply.ts';
import { parseKeyParts } from './arguments.ts';
import { parseComputeItems } from './compute.ts';
import type { Cursor, ParseOptions } from './cursor.ts';
import { parseExpandItems } from './expand.ts';
import { parseExpressionRule } from './expression.ts';
import { beginText, parseWhole } from './grammar.ts';
import { parseOrderByItems } from './order-by.ts';
import { parseSearchExpression } from './search.ts';
import { parseSelectItems } from './select.ts';

/** Reads any expression (OData 4.01 ABNF `commonExpr`). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseExpression(text: string, options: ParseOptions = {}): FilterExpression {
  return parseWhole(beginText(text, 'The expression', options), parseExpressionRule, 'an operator or the end');
}

/** Reads a `$filter` value (OData 4.01 URL 5.1.1). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseFilter(text: string, options: ParseOptions = {}): FilterExpression {
  return parseWhole(beginText(text, '$filter', options), parseExpressionRule, 'an operator or the end');
}

/** Reads a `$orderby` value (OData 4.01 URL 5.1.6). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseOrderBy(text: string, options: ParseOptions = {}): readonly OrderByItem[] {
  return parseWhole(beginText(text, '$orderby', options), parseOrderByItems, 'asc, desc, "," or the end');
}

/** Reads a `$select` value (OData 4.01 URL 5.1.4). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseSelect(text: string, options: ParseOptions = {}): readonly SelectItem[] {
  return parseWhole(beginText(text, '$select', options), parseSelectItems, '"," or the end');
}

/** Reads a `$expand` value (OData 4.01 URL 5.1.3). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseExpand(text: string, options: ParseOptions = {}): readonly ExpandItem[] {
  return parseWhole(beginText(text, '$expand', options), parseExpandItems, '"(", "," or the end');
}

/** Reads a `$search` value (OData 4.01 URL 5.1.8). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseSearch(text: string, options: ParseOptions = {}): SearchExpression {
  return parseWhole(beginText(text, '$search', options), parseSearchExpression, 'a word, AND, OR or the end');
}

/** Reads a `$compute` value (OData 4.01 URL 5.1.2). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseCompute(text: string, options: ParseOptions = {}): readonly ComputeItem[] {
  return parseWhole(beginText(text, '$compute', options), parseComputeItems, '"," or the end');
}

/** Reads a `$apply` value (OData Data Aggregation 4.0, section 3). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseApply(text: string, options: ParseOptions = {}): ApplySequence {
  return parseWhole(beginText(text, '$apply', options), parseApplySequence, '"/" or the end');
}

/**
 * Reads a key predicate (OData 4.01 URL 4.3.1): `('x')`, `(7d1b…1111)`, `(dataAreaId='usmf',CustomerAccount='C-1')`, or
 * values as segments (4.01): `/usmf/C-1`. Raises ODATA_SYNTAX, LIMIT_EXCEEDED.
 */
export function parseKeyPredicate(text: string, options: ParseOptions = {}): KeyPredicate {
  const cursor = beginText(text, 'The key predicate', options);
  const tree = cursor.sees('/') ? parseKeySegments(cursor) : parseKeyParts(cursor);
  cursor.expectEnd('the end of the key predicate');
  return tree;
}

/** `keyPathSegments`. */
function parseKeySegments(cursor: Cursor): KeyPredicate {
  cursor.requireVersion401('A key as segments');
  const position = cursor.at(0);
  const parts: KeyPredicate['parts'][number][] = [];
  while (cursor.take('/')) {
    cursor.countClause();
    const at = cursor.at(cursor.position);
    const text = cursor.match(/[^/?#]+/y) ?? cursor.fail('a key value');
    const value = { kind: 'literal', type: 'Edm.String', text, position: at } as const;
    parts.push({ name: undefined, value, position: at });
  }
  return { kind: 'keyPredicate', isSegments: true, parts, position };
}
