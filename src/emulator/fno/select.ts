/** Which fields are printed for a `$select`. */

import type { SelectItem } from '../../odata/index.ts';
import type { EntitySchema } from './entity-schema.ts';
import { unknownField } from './filter-rules.ts';

/** The selected fields in metadata order; all of them without a `$select`. Raises SERVICE_ERROR 400. */
export function selectedFields(select: readonly SelectItem[] | undefined, entity: EntitySchema): readonly string[] {
  const all = entity.data.fields.map((field) => field.name);
  if (select === undefined || select.some((item) => item.path[0] === '*')) return all;
  const names = new Set<string>();
  for (const { path } of select) {
    const name = path.join('/');
    if (entity.entityType.navigationProperty(name) !== undefined) continue;
    if (!entity.fields.has(name)) throw unknownField(name, entity.entityType);
    names.add(name);
  }
  return all.filter((name) => names.has(name));
}
