/** Query options → text, not percent-encoded. */

import type { ExpandItem, QueryOptions, SelectItem } from '../tree/query-options.ts';
import { printApply, printCompute, printOrderBy } from './apply.ts';
import { printExpressionNode } from './expression.ts';
import { printSearch } from './search.ts';

/** The value of `$select` (OData 4.01 URL 5.1.4). */
export function printSelect(items: readonly SelectItem[]): string {
  return items
    .map(({ path, parameterNames, options }) => {
      const names = parameterNames === undefined ? '' : `(${parameterNames.join(',')})`;
      return path.join('/') + names + (options === undefined ? '' : printNested(options));
    })
    .join(',');
}

/** The value of `$expand` (OData 4.01 URL 5.1.3). */
export function printExpand(items: readonly ExpandItem[]): string {
  return items.map(({ path, options }) => path.join('/') + printNested(options)).join(',');
}

/** Name and value of each option that is set, aliases and custom ones last. */
export function queryOptionTexts(options: QueryOptions): readonly (readonly [name: string, value: string])[] {
  const { filter, select, orderby, expand, compute, search, apply, custom, aliases = {} } = options;
  const printed: readonly (readonly [string, string | undefined])[] = [
    ['$id', options.id],
    ['$apply', apply && printApply(apply)],
    ['$compute', compute && printCompute(compute)],
    ['$filter', filter && printExpressionNode(filter)],
    ['$search', search && printSearch(search)],
    ['$select', select && printSelect(select)],
    ['$orderby', orderby && printOrderBy(orderby)],
    ['$expand', expand && printExpand(expand)],
    ['$levels', options.levels?.toString()],
    ['$top', options.top?.toString()],
    ['$skip', options.skip?.toString()],
    ['$index', options.index?.toString()],
    ['$count', options.count?.toString()],
    ['$skiptoken', options.skiptoken],
    ['$deltatoken', options.deltatoken],
    ['$schemaversion', options.schemaversion],
    ['$format', options.format],
    ...Object.entries(aliases).map(([name, value]) => [`@${name}`, printExpressionNode(value)] as const),
    ...Object.entries(custom),
  ];
  return printed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** Options in parentheses, or nothing. */
function printNested(options: QueryOptions): string {
  const printed = queryOptionTexts(options).map(([name, value]) => `${name}=${value}`);
  return printed.length === 0 ? '' : `(${printed.join(';')})`;
}
