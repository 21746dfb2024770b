/** Default values: text in XML, a value of the type in JSON (OData CSDL JSON 4.01 7.2.7). */

import type { JsonValue } from '../../../base/json.ts';

/** The text as a JSON value; a string where JSON would not keep the text as it is. */
export function defaultValueOf(text: string, type: string): JsonValue {
  if (truthTypes.has(type) && (text === 'true' || text === 'false')) return text === 'true';
  if (!numberTypes.has(type)) return text;
  const value = Number(text);
  return String(value) === text && Number.isFinite(value) ? value : text;
}

/** The JSON value as text. */
export function defaultText(value: JsonValue): string | undefined {
  return value === null || typeof value === 'object' ? undefined : String(value);
}

/** Terms of many vocabularies are tags, whose type their documents only refer to. */
const truthTypes: ReadonlySet<string> = new Set(['Edm.Boolean', 'Org.OData.Core.V1.Tag']);

const numberTypes: ReadonlySet<string> = new Set(
  ['Byte', 'SByte', 'Int16', 'Int32', 'Int64', 'Single', 'Double', 'Decimal'].map((name) => `Edm.${name}`),
);
