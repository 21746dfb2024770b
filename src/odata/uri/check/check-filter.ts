/** Checks a filter against an entity type. */

import { RialtoError } from '../../../base/errors.ts';
import type { EntityType, Model } from '../../model/model.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import { checkExpression } from './check-expression.ts';
import { isPrimitive, typeName, unknownType } from './expression-type.ts';

/**
 * Checks that the properties exist and the operands go together (OData 4.01 URL 5.1.1). Raises ODATA_PROPERTY_UNKNOWN
 * and ODATA_TYPE_MISMATCH with the position, ODATA_LITERAL_INVALID for an unknown enumeration member.
 */
export function checkFilter(tree: FilterExpression, entityType: EntityType, model: Model): void {
  const types = checkExpression(tree, { entityType, model, variables: new Map() });
  const type = types.get(tree) ?? unknownType;
  if (isPrimitive(type, 'Edm.Boolean')) return;
  throw new RialtoError('ODATA_TYPE_MISMATCH', `$filter is ${typeName(type)}; expected a condition (Edm.Boolean).`);
}
