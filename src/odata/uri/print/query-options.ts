/** Query options → text, not percent-encoded. */

import type { OrderByItem } from '../tree/order-by-item.ts';
import type { ExpandItem, QueryOptions } from '../tree/query-options.ts';
import type { SelectItem } from '../tree/query-options.ts';
import { printFilter } from './filter.ts';

/** The value of `$orderby` (OData 4.01 URL 5.1.5); `asc` is left out. */
export function printOrderBy(items: readonly OrderByItem[]): string {
  return items
    .map(({ expression, direction }) => `${printFilter(expression)}${direction === 'desc' ? ' desc' : ''}`)
    .join(',');
}

/** The value of `$select` (OData 4.01 URL 5.1.4). */
export function printSelect(items: readonly SelectItem[]): string {
  return items.map(({ path }) => path.join('/')).join(',');
}

/** The value of `$expand` (OData 4.01 URL 5.1.3). */
export function printExpand(items: readonly ExpandItem[]): string {
  return items.map(printExpandItem).join(',');
}

/** Name and value of each option that is set, the custom ones last. */
export function printQueryOptions(options: QueryOptions): readonly (readonly [name: string, value: string])[] {
  const { filter, select, orderby, expand, top, skip, count, search, apply, skiptoken, format, custom } = options;
  const printed: readonly (readonly [string, string | undefined])[] = [
    ['$apply', apply],
    ['$filter', filter && printFilter(filter)],
    ['$search', search],
    ['$select', select && printSelect(select)],
    ['$orderby', orderby && printOrderBy(orderby)],
    ['$expand', expand && printExpand(expand)],
    ['$top', top?.toString()],
    ['$skip', skip?.toString()],
    ['$count', count?.toString()],
    ['$skiptoken', skiptoken],
    ['$format', format],
    ...Object.entries(custom),
  ];
  return printed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function printExpandItem({ path, options }: ExpandItem): string {
  const printed = printQueryOptions(options).map(([name, value]) => `${name}=${value}`);
  return printed.length === 0 ? path.join('/') : `${path.join('/')}(${printed.join(';')})`;
}
