/** Values → key predicate. */

import { isRialtoError, RialtoError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { isLiteral, type KeyValue } from '../literal/literal.ts';
import { literalOf } from '../literal/literal-of.ts';
import type { EntityType } from '../model/model.ts';
import { keyLiteral } from './key-literal.ts';
import { isKeyPredicate, type KeyPart, type KeyPredicate } from './tree/key-predicate.ts';

/** A key as callers give it: one value, values by name, or the tree. */
export type KeySource = KeyValue | Readonly<Record<string, KeyValue>> | KeyPredicate;

/**
 * The key predicate of a key. With the entity type, the values are in the order and of the types that it declares, for
 * its key or one of its alternate keys; a key of one property is written without its name (OData 4.01 URL 4.3.1).
 * Raises ODATA_KEY_INVALID for what is missing or unknown, ODATA_LITERAL_INVALID for a value of the wrong type.
 */
export function keyPredicateOf(key: KeySource, entityType?: EntityType): KeyPredicate {
  const given = givenParts(key);
  const position = isKeyPredicate(key) ? key.position : 0;
  if (given.length === 0) throw new RialtoError('ODATA_KEY_INVALID', 'A key predicate needs at least one value.');
  const parts =
    entityType === undefined
      ? given.map((part) => ({ ...part, value: literalOf(part.value) }))
      : typedParts(given, entityType);
  return { kind: 'keyPredicate', parts, position };
}

/** A part whose value is a literal already, or a bare value that takes its type from the property. */
interface GivenPart {
  readonly name: string | undefined;
  readonly value: KeyValue;
  readonly position: number;
}

function givenParts(key: KeySource): readonly GivenPart[] {
  if (isKeyPredicate(key)) return key.parts.map((part) => ({ ...part, value: keyLiteral(part) }));
  if (typeof key !== 'object' || key === null || isLiteral(key)) return [{ name: undefined, value: key, position: 0 }];
  return Object.entries(key).map(([name, value]) => ({ name, value, position: 0 }));
}

function typedParts(parts: readonly GivenPart[], entityType: EntityType): readonly KeyPart[] {
  const [single] = parts;
  const [only, ...others] = entityType.key;
  if (single !== undefined && single.name === undefined) {
    if (only === undefined || others.length > 0) throw mismatch(entityType, 'one value without a name');
    return [typedPart({ ...single, name: undefined }, only, entityType)];
  }
  const given = new Map(parts.map((part) => [part.name ?? '', part]));
  const keys = [entityType.key, ...entityType.alternateKeys];
  const names = keys.find((candidate) => {
    return candidate.length > 0 && candidate.length === given.size && candidate.every((name) => given.has(name));
  });
  if (names === undefined) throw mismatch(entityType, `${listed([...given.keys()])} only`, [...given.keys()]);
  const isShort = names === entityType.key && names.length === 1;
  return names.flatMap((name) => {
    const part = given.get(name);
    return part === undefined ? [] : [typedPart({ ...part, name: isShort ? undefined : name }, name, entityType)];
  });
}

function typedPart(part: GivenPart, property: string, entityType: EntityType): KeyPart {
  try {
    return { ...part, value: literalOf(part.value, entityType.property(property)?.type) };
  } catch (cause) {
    if (!isRialtoError(cause)) throw cause;
    const message = `Key property ${property} of '${entityType.name}': ${cause.message}`;
    throw new RialtoError('ODATA_LITERAL_INVALID', message, { cause });
  }
}

/** What the key needs, what was given, and the nearest name to one that is unknown. */
function mismatch(entityType: EntityType, got: string, given: readonly string[] = []): RialtoError {
  const known = new Set([...entityType.key, ...entityType.alternateKeys.flat()]);
  const unknown = given.filter((name) => !known.has(name));
  const alternatives = entityType.alternateKeys.map((names) => `, or ${listed(names)}`).join('');
  const found =
    unknown.length === 0
      ? got
      : `${listed(given)}; ${listed(unknown)} ${unknown.length === 1 ? 'is' : 'are'} no part of it`;
  const hint = unknown.map((name) => didYouMean(name, known)).join('');
  return new RialtoError(
    'ODATA_KEY_INVALID',
    `Key predicate of '${entityType.name}' needs ${listed(entityType.key)}${alternatives}; got ${found}.${hint}`,
  );
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const last = names.at(-1) ?? '';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
