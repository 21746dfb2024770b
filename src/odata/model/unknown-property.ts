/** The error of a name that a type does not have. */

import { RialtoError } from '../../base/errors.ts';
import { nearestName } from '../../base/nearest.ts';
import type { StructuredType } from './model.ts';

/** ODATA_PROPERTY_UNKNOWN: `'CustomerAcount' is not a property of CustomerV3, at position 7; did you mean 'CustomerAccount'?` */
export function unknownProperty(options: {
  readonly name: string;
  readonly type: StructuredType;
  /** Where it stands: `at position 7`. */
  readonly place: string;
  /** What it should be, by default `a property`. */
  readonly kind?: string;
}): RialtoError {
  const { name, type, place, kind = 'a property' } = options;
  const known = [...type.properties, ...type.navigationProperties].map((member) => member.name);
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '.' : `; did you mean '${nearest}'?`;
  return new RialtoError('ODATA_PROPERTY_UNKNOWN', `'${name}' is not ${kind} of ${type.name}, ${place}${hint}`);
}
