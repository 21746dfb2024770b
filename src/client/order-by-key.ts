/** A total order, so that pages neither repeat nor skip records. */

import { type EntityType, type OrderByItem, property } from '../odata/index.ts';

/** The order given, followed by the key properties it does not name: records that are equal in it keep their places. */
export function orderByKey(
  orderby: readonly OrderByItem[] | undefined,
  entityType: EntityType,
): readonly OrderByItem[] {
  const given = orderby ?? [];
  const named = new Set(
    given.map(({ expression }) => (expression.kind === 'propertyPath' ? expression.path.join('/') : '')),
  );
  const missing = entityType.key.filter((name) => !named.has(name));
  return [
    ...given,
    ...missing.map(
      (name): OrderByItem => ({
        kind: 'orderByItem',
        expression: property(name),
        direction: 'asc',
        position: 0,
      }),
    ),
  ];
}
