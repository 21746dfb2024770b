/** The type of what `aggregate` computes. */

import type { AggregateItem } from '../tree/filter-expression.ts';
import {
  type ExpressionType,
  isFloating,
  isInteger,
  isNumeric,
  primitiveType,
  typeName,
  unknownType,
} from './expression-type.ts';
import { mismatch } from './type-errors.ts';

/**
 * The type that an aggregation method gives (OData Data Aggregation 4.0, section 3.2.1). Raises ODATA_TYPE_MISMATCH for
 * a method that does not take the values, and for one that is not defined.
 */
export function aggregatedType(item: AggregateItem, value: ExpressionType): ExpressionType {
  const methods = [item.method, ...item.from.map(({ method }) => method)];
  return methods.reduce((type: ExpressionType, method) => methodType(item, method, type), valueType(item, value));
}

/** The type of the values, behind the collections that the path crosses. */
function valueType(item: AggregateItem, type: ExpressionType): ExpressionType {
  if (isCount(item)) return type;
  let inner = type;
  while (inner.kind === 'collection') inner = inner.item;
  return inner;
}

function methodType(item: AggregateItem, method: string | undefined, type: ExpressionType): ExpressionType {
  const at = `${method} at position ${item.position} is given ${typeName(type)}`;
  switch (method) {
    case undefined:
      return isCount(item) ? primitiveType('Edm.Decimal') : unknownType;
    case 'min':
    case 'max':
      if (type.kind === 'structured' || type.kind === 'object')
        throw mismatch(`${at}; expected values that have an order.`);
      return type;
    case 'sum':
    case 'average':
      if (!isNumeric(type)) throw mismatch(`${at}; expected numbers.`);
      if (isFloating(type)) return primitiveType('Edm.Double');
      return primitiveType(method === 'sum' && isInteger(type) ? 'Edm.Int64' : 'Edm.Decimal');
    case 'countdistinct':
      return primitiveType('Edm.Decimal');
    default:
      if (method.includes('.')) return unknownType;
      throw mismatch(`There is no aggregation method ${method}, at position ${item.position}.`);
  }
}

/** True for `$count`, also behind a path. */
export function isCount({ expression }: AggregateItem): boolean {
  return expression.kind === 'propertyPath' && expression.path.at(-1) === '$count';
}
