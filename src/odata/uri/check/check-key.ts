/** Key predicates against an entity type. */

import { RialtoError } from '../../../base/errors.ts';
import { didYouMean } from '../../../base/nearest.ts';
import type { EntityType, Model } from '../../model/model.ts';
import { retyped } from './check-literal.ts';
import { areComparable, type ExpressionType, referencedType, typeName, unknownType } from './expression-type.ts';
import type { TypedExpression } from './typed-expression.ts';

/** The names of a key predicate, or of what is written like one. */
export interface GivenKey {
  readonly parts: readonly { readonly name: string | undefined }[];
  readonly position: number;
}

/**
 * The names of the key properties that a key predicate gives values for: those of the key or of an alternate key
 * (OData 4.01 URL 4.3.1, 4.3.5). Raises ODATA_KEY_INVALID for what is missing, unknown, given twice or of another type.
 */
export function checkKey(
  key: GivenKey,
  values: readonly TypedExpression[],
  entityType: EntityType,
  model: Model,
): readonly string[] {
  const names = keyNames(key, entityType);
  for (const [index, name] of names.entries()) {
    const value = values[index];
    const property = entityType.property(name);
    const wanted = property === undefined ? unknownType : referencedType(property, model);
    if (value === undefined || areComparable(retyped(value, wanted, model).type, wanted, model)) continue;
    throw invalid(entityType, key, `has ${typeName(value.type)} for ${name}; expected ${typeName(wanted)}`);
  }
  return names;
}

/** True when the names are those of the key or of an alternate key of a type. */
export function isKeyOf(names: readonly (string | undefined)[], entityType: EntityType): boolean {
  if (names.length === 1 && names[0] === undefined) return entityType.key.length === 1;
  const given = new Set(names);
  return [entityType.key, ...entityType.alternateKeys].some(
    (key) => key.length === names.length && key.every((name) => given.has(name)),
  );
}

/** The value of a key segment of its own, as its property's type has it (OData 4.01 URL 4.3.6). */
export function keySegmentType(entityType: EntityType, model: Model): ExpressionType {
  const property = entityType.property(entityType.key[0] ?? '');
  return property === undefined ? unknownType : referencedType(property, model);
}

function keyNames(key: GivenKey, entityType: EntityType): readonly string[] {
  const names = key.parts.map(({ name }) => name);
  const [only, ...others] = entityType.key;
  if (names.length === 1 && names[0] === undefined && only !== undefined && others.length === 0) return [only];
  if (!names.includes(undefined) && isKeyOf(names, entityType)) return names.map((name) => name ?? '');
  const known = [...new Set([...entityType.key, ...entityType.alternateKeys.flat()])];
  const hint = names
    .map((name) => (name === undefined || known.includes(name) ? '' : didYouMean(name, known)))
    .join('');
  const alternatives = entityType.alternateKeys.map((alternate) => `, or ${alternate.join(' and ')}`).join('');
  const got = names.map((name) => name ?? 'a value without name').join(' and ');
  throw invalid(entityType, key, `needs ${entityType.key.join(' and ')}${alternatives}; got ${got}`, hint);
}

function invalid({ name }: EntityType, { position }: GivenKey, problem: string, hint = ''): RialtoError {
  return new RialtoError('ODATA_KEY_INVALID', `Key predicate of '${name}' at position ${position} ${problem}.${hint}`);
}
