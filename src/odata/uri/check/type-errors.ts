/** The errors of checking: a name that is not there, with the nearest one, and types that do not go together. */

import { RialtoError } from '../../../base/errors.ts';
import { didYouMean, nearestName } from '../../../base/nearest.ts';
import { memberNamesOf, type StructuredExpressionType } from './expression-type.ts';

/** ODATA_TYPE_MISMATCH. */
export function mismatch(message: string): RialtoError {
  return new RialtoError('ODATA_TYPE_MISMATCH', message);
}

/** ODATA_PROPERTY_UNKNOWN: `'CustomerAcount' is not a property of CustomerV3; did you mean 'CustomerAccount'?` */
export function unknownMember(name: string, owner: StructuredExpressionType, position: number): RialtoError {
  return unknownName({ name, kind: 'a property', of: owner.type.name, known: [...memberNamesOf(owner)], position });
}

/** ODATA_PROPERTY_UNKNOWN with the nearest of the names that are known, and the position. */
export function unknownName(options: {
  readonly name: string;
  /** What it should be: `a property`. */
  readonly kind: string;
  readonly of: string;
  readonly known: readonly string[];
  readonly position: number;
}): RialtoError {
  const { name, kind, of, known, position } = options;
  const nearest = nearestName(name, known);
  const end =
    nearest === undefined
      ? `, at position ${position}.`
      : `; did you mean '${nearest}'? It stands at position ${position}.`;
  return new RialtoError('ODATA_PROPERTY_UNKNOWN', `'${name}' is not ${kind} of ${of}${end}`);
}

/** ODATA_TYPE_MISMATCH: `There is no entity type X, at position 7. Did you mean 'Y'?` */
export function unknownTypeName(
  what: string,
  name: string,
  options: { readonly known: Iterable<string>; readonly position: number },
): RialtoError {
  const { known, position } = options;
  return mismatch(`There is no ${what} ${name}, at position ${position}.${didYouMean(name, known)}`);
}
