/** Context URLs. */

import type { ExpandItem, SelectItem } from '../../uri/tree/query-options.ts';

export interface ContextUrlOptions {
  /** With its final slash. */
  readonly serviceRoot: string;
  /** An entity set; or a type name, `Edm.String`, for the result of an action. */
  readonly entitySet: string;
  readonly select?: readonly SelectItem[];
  readonly expand?: readonly ExpandItem[];
  /** A single entity of the set. */
  readonly isEntity?: boolean;
}

/** `…/$metadata#CustomersV3(dataAreaId,SalesOrderLines(ItemNumber))/$entity` (OData 4.01 Protocol 10). */
export function contextUrl(options: ContextUrlOptions): string {
  const { serviceRoot, entitySet, isEntity = false } = options;
  const list = selectList(options.select ?? [], options.expand ?? []);
  return `${serviceRoot}$metadata#${entitySet}${list === '' ? '' : `(${list})`}${isEntity ? '/$entity' : ''}`;
}

/** Selected paths, then each expanded navigation property with a list of its own, which may be empty; `+` for `$levels`. */
function selectList(select: readonly SelectItem[], expand: readonly ExpandItem[]): string {
  const expanded = expand.map(({ path, options }) => {
    const recursive = options.levels === undefined ? '' : '+';
    return `${path.join('/')}${recursive}(${selectList(options.select ?? [], options.expand ?? [])})`;
  });
  return [...select.map(({ path }) => path.join('/')), ...expanded].join(',');
}
