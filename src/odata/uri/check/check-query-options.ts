/** Checks orderby, select and expand against an entity type. */

import { RialtoError } from '../../../base/errors.ts';
import { didYouMean } from '../../../base/nearest.ts';
import type { EntityType, Model } from '../../model/model.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import type { ExpandItem } from '../tree/query-options.ts';
import type { SelectItem } from '../tree/query-options.ts';
import { checkExpression } from './check-expression.ts';
import { checkFilter } from './check-filter.ts';
import { typeName } from './expression-type.ts';
import { resolvePath } from './resolve-path.ts';

/** Checks `$orderby` (OData 4.01 URL 5.1.5). Raises ODATA_PROPERTY_UNKNOWN, ODATA_TYPE_MISMATCH with the position. */
export function checkOrderBy(items: readonly OrderByItem[], entityType: EntityType, model: Model): void {
  for (const { expression, position } of items) {
    const type = checkExpression(expression, { entityType, model, variables: new Map() }).get(expression);
    if (type?.kind !== 'collection' && type?.kind !== 'structured') continue;
    const message = `$orderby at position ${position} is ${typeName(type)}; expected a value that has an order.`;
    throw new RialtoError('ODATA_TYPE_MISMATCH', message);
  }
}

/** Checks `$select` (OData 4.01 URL 5.1.4). Raises ODATA_PROPERTY_UNKNOWN, ODATA_TYPE_MISMATCH with the position. */
export function checkSelect(items: readonly SelectItem[], entityType: EntityType, model: Model): void {
  for (const item of items) {
    if (item.path[0] !== '*') resolvePath(item, { entityType, model, variables: new Map() });
  }
}

/**
 * Checks `$expand` and the query options within (OData 4.01 URL 5.1.3). Raises ODATA_PROPERTY_UNKNOWN and
 * ODATA_TYPE_MISMATCH with the position.
 */
export function checkExpand(items: readonly ExpandItem[], entityType: EntityType, model: Model): void {
  for (const item of items) {
    if (item.path[0] === '*') continue;
    const target = expandTarget(item, entityType, model);
    const { filter, select, orderby, expand } = item.options;
    if (filter !== undefined) checkFilter(filter, target, model);
    if (select !== undefined) checkSelect(select, target, model);
    if (orderby !== undefined) checkOrderBy(orderby, target, model);
    if (expand !== undefined) checkExpand(expand, target, model);
  }
}

/** The entity type that the path of an expand item leads to. */
function expandTarget({ path, position }: ExpandItem, entityType: EntityType, model: Model): EntityType {
  let type: EntityType = entityType;
  for (const name of path.filter((segment) => !segment.startsWith('$'))) {
    const next = name.includes('.') ? name : type.navigationProperty(name)?.type;
    const target = next === undefined ? undefined : model.entityType(next);
    if (target === undefined) {
      const hint = didYouMean(
        name,
        type.navigationProperties.map((property) => property.name),
      );
      const message = `${name} is not a navigation property of ${type.name}, at position ${position}.${hint}`;
      throw new RialtoError('ODATA_PROPERTY_UNKNOWN', message);
    }
    type = target;
  }
  return type;
}
