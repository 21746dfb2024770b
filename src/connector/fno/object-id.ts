/** *Object id*: the key of an F&O record, its values joined by commas in the order of the metadata. */

import {
  type EntityType,
  type KeyPredicate,
  type KeyValue,
  keyPredicateOf,
  literalOf,
  parseKeyPredicate,
} from '../../odata/index.ts';
import { inputError, readInputAt } from '../input-error.ts';

/**
 * The key of an object id: `usmf,US-001` as the managed connector takes it, or with names, which also allow commas in
 * values: `dataAreaId='usmf',CustomerAccount='US-001'`.
 * Raises OPERATION_INPUT_INVALID, with the names that are expected.
 */
export function keyOfObjectId(objectId: string, entityType: EntityType): KeyPredicate {
  if (isNamed(objectId, entityType)) {
    return readInputAt('/id', () => keyPredicateOf(parseKeyPredicate(`(${objectId})`), entityType));
  }
  const names = entityType.key;
  // A single key value may hold commas: there is nothing to part.
  const values = names.length === 1 ? [objectId] : objectId.split(',');
  if (values.length !== names.length) {
    const found = values.length < names.length ? `Only ${values.length}` : String(values.length);
    throw inputError(
      '/id',
      `${found} of ${names.length} keys provided for lookup, provide keys for ${names.join(',')}.` +
        ` A value that holds a comma needs names: ${names.map((name) => `${name}='…'`).join(',')}.`,
    );
  }
  return readInputAt('/id', () => {
    const key = Object.fromEntries(names.map((name, index) => [name, keyValue(values[index] ?? '', entityType, name)]));
    return keyPredicateOf(key, entityType);
  });
}

/** True when the record has one company per key: it may be outside the default company of the caller. */
export function isCompanyScoped(entityType: EntityType): boolean {
  return entityType.key.some(isCompanyField);
}

/** True for the field that names the company. */
export function isCompanyField(name: string): boolean {
  return name.toLowerCase() === 'dataareaid';
}

function isNamed(objectId: string, entityType: EntityType): boolean {
  const name = /^\s*([A-Za-z_]\w*)\s*=/.exec(objectId)?.[1];
  return name !== undefined && entityType.key.some((key) => key.toLowerCase() === name.toLowerCase());
}

function keyValue(text: string, entityType: EntityType, name: string): KeyValue {
  const type = entityType.property(name)?.type ?? 'Edm.String';
  if (/^Edm\.(Int16|Int32|Int64|Byte|SByte|Decimal|Double|Single)$/.test(type)) {
    const number = Number(text);
    if (text.trim() === '' || Number.isNaN(number)) {
      throw inputError('/id', `Found '${text}' for key '${name}', expected a number.`);
    }
    return literalOf(Number.isSafeInteger(number) || !/^-?\d+$/.test(text) ? number : BigInt(text), type);
  }
  return literalOf(type === 'Edm.Boolean' ? text === 'true' : text, type);
}
