/**
 * Annotation values as JSON, near to CSDL JSON 4.01 14: booleans, integers, texts, arrays and records are themselves;
 * every other constant keeps its kind: `{"$EnumMember":"Ns.T/A"}`, `{"$PropertyPath":"name"}`, `{"$Decimal":"1.0"}`.
 */

import { isJsonObject, type JsonValue } from '../../../base/json.ts';

/** Member that holds the type of a record. */
export const recordTypeMember = '@type';

/** The value of a constant expression: of the attribute or element `kind` with this text. */
export function constantValue(kind: string, text: string): JsonValue {
  switch (kind) {
    case 'String':
      return text;
    case 'Bool':
      return text === 'true';
    case 'Int': {
      const value = Number(text);
      return Number.isSafeInteger(value) ? value : BigInt(text);
    }
    case 'Null':
      return null;
    default:
      return { [`$${kind}`]: text };
  }
}

/** The kind and text of a constant, the inverse of `constantValue`; undefined for arrays, records and null. */
export function constantOf(value: JsonValue): { readonly kind: string; readonly text: string } | undefined {
  if (typeof value === 'string') return { kind: 'String', text: value };
  if (typeof value === 'boolean') return { kind: 'Bool', text: String(value) };
  if (typeof value === 'number' || typeof value === 'bigint') {
    return { kind: Number.isInteger(Number(value)) ? 'Int' : 'Decimal', text: String(value) };
  }
  if (!isJsonObject(value)) return undefined;
  const [only, ...others] = Object.entries(value);
  if (only === undefined || others.length > 0 || !only[0].startsWith('$') || typeof only[1] !== 'string') {
    return undefined;
  }
  return { kind: only[0].slice(1), text: only[1] };
}

/** Kinds that stand as an attribute of an annotation, property value or element (OData CSDL XML 4.01 14.3). */
export const constantKinds: ReadonlySet<string> = new Set([
  'AnnotationPath',
  'Binary',
  'Bool',
  'Date',
  'DateTimeOffset',
  'Decimal',
  'Duration',
  'EnumMember',
  'Float',
  'Guid',
  'Int',
  'ModelElementPath',
  'NavigationPropertyPath',
  'Path',
  'PropertyPath',
  'String',
  'TimeOfDay',
  'UrlRef',
]);
