/** Alternate keys, which CSDL has as an annotation. */

import { isJsonObject, type JsonValue } from '../../../base/json.ts';
import type { Annotations } from '../model.ts';

/** Terms that hold alternate keys: OASIS's (Org.OData.Core.V1), and the one Dataverse uses. */
export const alternateKeyTerms: readonly string[] = [
  'OData.Community.Keys.V1.AlternateKeys',
  'Org.OData.Core.V1.AlternateKeys',
];

/** The names of the properties of each alternate key: the alias of each part, as key predicates have it. */
export function readAlternateKeys(annotations: Annotations): readonly (readonly string[])[] {
  const records = alternateKeyTerms.flatMap((term) => asArray(annotations[term]));
  return records.map((record) => Object.freeze(readAlternateKey(record)));
}

/** The annotation value of these alternate keys. */
export function alternateKeysValue(keys: readonly (readonly string[])[]): JsonValue {
  return keys.map((names) => ({
    '@type': 'OData.Community.Keys.V1.AlternateKey',
    Key: names.map((name) => ({
      '@type': 'OData.Community.Keys.V1.PropertyRef',
      Alias: name,
      Name: { $PropertyPath: name },
    })),
  }));
}

function readAlternateKey(record: JsonValue): readonly string[] {
  const parts = isJsonObject(record) ? asArray(record.Key) : [];
  return parts.flatMap((part) => {
    if (!isJsonObject(part)) return [];
    if (typeof part.Alias === 'string' && part.Alias !== '') return [part.Alias];
    const name = isJsonObject(part.Name) ? part.Name.$PropertyPath : part.Name;
    return typeof name === 'string' ? [name] : [];
  });
}

function asArray(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
