/** Names of annotations, on model elements and within their values: `Term#Qualifier@Term#Qualifier`. */

import { isJsonObject, type JsonArray, type JsonObject, type JsonValue } from '../../../base/json.ts';

/** The value with the terms in the names of its members renamed. */
export function renameTerms(value: JsonValue, rename: (term: string) => string): JsonValue {
  return mapObjects(value, (object) =>
    mapMembers(object, ([name, member]) => {
      const at = name.indexOf('@');
      const isTerm = at !== -1 && name !== '@type' && !/^@(?:odata\.|[^.]*$)/.test(name);
      return [isTerm ? `${name.slice(0, at)}@${renamedName(name.slice(at + 1), rename)}` : name, member];
    }),
  );
}

/** A name of the form `Term#Qualifier@Term#Qualifier`, its terms renamed. */
export function renamedName(name: string, rename: (term: string) => string): string {
  return name
    .split('@')
    .map((part) => {
      const hash = part.indexOf('#');
      return hash === -1 ? rename(part) : `${rename(part.slice(0, hash))}${part.slice(hash)}`;
    })
    .join('@');
}

/** The value with every object in it mapped. */
export function mapObjects(value: JsonValue, map: (object: JsonObject) => JsonObject): JsonValue {
  if (Array.isArray(value)) return (value as JsonArray).map((item) => mapObjects(item, map));
  if (!isJsonObject(value)) return value;
  return mapMembers(map(value), ([name, member]) => [name, mapObjects(member, map)]);
}

/** The object with every member mapped; one called `__proto__` stays a member. */
export function mapMembers(object: JsonObject, map: (entry: [string, JsonValue]) => [string, JsonValue]): JsonObject {
  return Object.fromEntries(Object.entries(object).map(map));
}
