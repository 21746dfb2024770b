/**
 * Constants of annotations as JSON (OData CSDL JSON 4.01 14.3). Booleans, integers, texts and decimals that a double
 * holds are themselves. CSDL JSON writes all others as strings and leaves their kind to the term; here they keep it:
 * `{"$EnumMember":"Ns.T/A"}`, `{"$PropertyPath":"name"}`, `{"$Decimal":"1.0"}`. So do those whose text is not of
 * their kind: `{"$Int":"1.5"}`.
 */

import { isJsonObject, type JsonValue } from '../../../base/json.ts';
import { isTrue } from '../image/csdl-image.ts';
import { constantWords } from '../image/vocabulary.ts';

/** The value of a constant expression: of the attribute or element `kind` with this text. */
export function constantValue(kind: string, text: string): JsonValue {
  switch (kind) {
    case 'String':
      return text;
    case 'Bool':
      return /^\s*(?:true|false|0|1)\s*$/i.test(text) ? isTrue(text.trim()) : { $Bool: text };
    case 'Int': {
      const trimmed = text.trim();
      if (!/^[+-]?\d{1,100}$/.test(trimmed)) return { $Int: text };
      const value = Number(trimmed);
      return Number.isSafeInteger(value) ? value : BigInt(trimmed.replace(/^\+/, ''));
    }
    case 'Decimal': {
      const value = Number(text);
      return text === String(value) && !Number.isInteger(value) && Number.isFinite(value) ? value : { $Decimal: text };
    }
    default:
      return { [`$${kind}`]: text };
  }
}

/** The kind and text of a constant, the inverse of `constantValue`; undefined for everything else. */
export function constantOf(value: JsonValue): { readonly kind: string; readonly text: string } | undefined {
  if (typeof value === 'string') return { kind: 'String', text: value };
  if (typeof value === 'boolean') return { kind: 'Bool', text: String(value) };
  if (typeof value === 'number' || typeof value === 'bigint') {
    return { kind: Number.isInteger(Number(value)) ? 'Int' : 'Decimal', text: decimalText(value) };
  }
  if (!isJsonObject(value)) return undefined;
  const [only, ...others] = Object.entries(value);
  if (only === undefined || others.length > 0 || typeof only[1] !== 'string') return undefined;
  const kind = only[0].slice(1);
  return only[0].startsWith('$') && (constantKinds.has(kind) || kind === 'UrlRef')
    ? { kind, text: only[1] }
    : undefined;
}

/** Digits without an exponent, which `decimalValue` allows and int64Value does not. */
function decimalText(value: number | bigint): string {
  const text = String(value);
  return typeof value === 'number' && Number.isInteger(value) && text.includes('e') ? String(BigInt(value)) : text;
}

const constantKinds: ReadonlySet<string> = new Set(constantWords);
