/** List options against the service's metadata. */

import { isRialtoError, RialtoError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import {
  checkExpand,
  checkFilter,
  checkOrderBy,
  checkSelect,
  type EntityType,
  type Model,
  type QueryOptions,
} from '../odata/index.ts';
import type { ListOptions } from './client.ts';
import { readListOptions } from './read-list-options.ts';

/**
 * Checks the options of a list without sending anything: `checkListOptions(model, 'CustomersV3', { filter })`. Raises
 * ENTITY_SET_UNKNOWN, ODATA_SYNTAX, ODATA_PROPERTY_UNKNOWN and ODATA_TYPE_MISMATCH, each with the position and, for a
 * name, the nearest one that exists.
 */
export function checkListOptions(model: Model, entitySet: string, options: ListOptions): void {
  checkQuery(readListOptions(options), entityTypeOf(model, entitySet), model);
}

/** Checks query options that are trees already. Raises ODATA_PROPERTY_UNKNOWN and ODATA_TYPE_MISMATCH. */
export function checkQuery(query: QueryOptions, entityType: EntityType, model: Model): void {
  const { filter, orderby, select, expand } = query;
  if (filter !== undefined) inOption('$filter', () => checkFilter(filter, entityType, model));
  if (orderby !== undefined) inOption('$orderby', () => checkOrderBy(orderby, entityType, model));
  if (select !== undefined) inOption('$select', () => checkSelect(select, entityType, model));
  if (expand !== undefined) inOption('$expand', () => checkExpand(expand, entityType, model));
}

/** Says of an error in which query option its position is. */
function inOption(option: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    throw new RialtoError(error.code, `${option}: ${error.message}`, { cause: error });
  }
}

/** The type of an entity set's entities. Raises ENTITY_SET_UNKNOWN with the nearest name. */
export function entityTypeOf(model: Model, entitySet: string): EntityType {
  const set = model.entitySet(entitySet);
  if (set === undefined) {
    const names = model.entitySets.map((known) => known.name);
    throw new RialtoError(
      'ENTITY_SET_UNKNOWN',
      `The environment has no entity set '${entitySet}'.${didYouMean(entitySet, names)}`,
    );
  }
  const entityType = model.entityType(set.entityType);
  if (entityType === undefined) {
    throw new RialtoError(
      'CSDL_INVALID',
      `The entity set '${entitySet}' is of the type '${set.entityType}', which the metadata does not declare.`,
    );
  }
  return entityType;
}
