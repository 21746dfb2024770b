/** The type of the instances of a cross join. */

import type { Model, StructuredType } from '../../model/model.ts';
import type { CrossjoinSegment } from '../tree/request-uri.ts';
import { collectionOf, declaredType, type ExpressionType } from './expression-type.ts';
import { unknownEntitySet } from './type-errors.ts';

/**
 * A collection of instances that have one member for each entity set, of its name (OData 4.01 URL 4.15). Raises
 * ENTITY_SET_UNKNOWN.
 */
export function crossjoinType({ entitySets, position }: CrossjoinSegment, model: Model): ExpressionType {
  const members = new Map<string, ExpressionType>();
  for (const name of entitySets) {
    const set = model.entitySet(name);
    if (set === undefined) throw unknownEntitySet(name, model, position);
    members.set(name, declaredType(set.entityType, model));
  }
  return collectionOf({ kind: 'structured', type: emptyType, shape: { members, isClosed: true } });
}

const emptyType: StructuredType = {
  name: '$crossjoin',
  namespace: '',
  qualifiedName: '$crossjoin',
  isAbstract: false,
  isOpen: false,
  properties: [],
  property: () => undefined,
  navigationProperties: [],
  navigationProperty: () => undefined,
  declaredProperties: [],
  declaredNavigationProperties: [],
  annotations: {},
};
