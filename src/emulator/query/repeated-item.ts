/** Finds a property that `$expand` names twice: a row cannot have a member twice. */

import type { ExpandItem } from '../../odata/index.ts';

/** The path that stands more than once among the items, or undefined. */
export function repeatedItem(items: readonly ExpandItem[]): string | undefined {
  const paths = items.map((item) => item.path.join('/'));
  return paths.find((path, index) => paths.indexOf(path) < index);
}
