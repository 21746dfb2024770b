/** Pages of lists: `$top`, `$skiptoken` and relative next links. */

import type { ListAnswer } from '../wire.ts';

/**
 * A page from one item more than it may hold: with the extra one there is a next link, which repeats the query and goes
 * on behind the last item shown.
 */
export function pageOf<Item extends { readonly name: string }>(
  items: readonly Item[],
  page: {
    readonly top: number;
    readonly path: string;
    readonly query: Readonly<Record<string, string | number | undefined>>;
  },
): ListAnswer<Item> {
  if (items.length <= page.top) return { value: items };
  const value = items.slice(0, page.top);
  const query = new URLSearchParams();
  for (const [name, part] of Object.entries(page.query)) if (part !== undefined) query.set(name, String(part));
  query.set('$top', String(page.top));
  query.set('$skiptoken', value.at(-1)?.name ?? '');
  return { value, nextLink: `${page.path}?${query}` };
}

/** A path of the API with each part encoded: `apiPath('workflows', name)`. */
export function apiPath(...parts: readonly string[]): string {
  return `/api/v1/${parts.map(encodeURIComponent).join('/')}`;
}
