/** Typed value → JSON text. */

import { RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import { parseDecimal, printDecimal } from '../../literal/decimal.ts';
import { numericTypes } from '../../literal/literal.ts';
import { isJsonNumber } from '../exact-number.ts';
import { payloadLimits } from '../payload-limits.ts';
import { namesOfNumber } from '../values/enum-value.ts';
import type { PrintContext } from './print-context.ts';

/**
 * A value of a primitive or enumeration type as JSON has it (OData JSON 4.01 7.1): Edm.Int64 and Edm.Decimal as texts
 * where the format is IEEE754Compatible, else numbers with all their digits; INF and NaN as texts; members by their
 * names. Without a type, what it seems to be.
 */
export function printPrimitive(value: JsonValue, declared: string | undefined, context: PrintContext): string {
  const type = underlyingType(declared, context);
  switch (typeof value) {
    case 'bigint':
    case 'number': {
      const enumType = type === undefined ? undefined : context.model?.enumType(type);
      return enumType === undefined ? printNumber(value, type, context) : `"${namesOfNumber(value, enumType)}"`;
    }
    case 'string':
      return type !== undefined && numericTypes.has(type) ? printDigits(value, type, context) : JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      // What callers without types may give, undefined in an array, is null as with JSON.stringify.
      return 'null';
  }
}

/** Any JSON value, bigints and special numbers included. */
export function printUntyped(value: JsonValue, context: PrintContext, depth = 0): string {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, depth, 'The depth of the payload');
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    return `[${(value as readonly JsonValue[]).map((item) => printUntyped(item, context, depth + 1)).join(',')}]`;
  }
  if (!isJsonObject(value)) return printPrimitive(value, undefined, context);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${printUntyped(member, context, depth + 1)}`);
  return `{${members.join(',')}}`;
}

/** The primitive type that a type definition is of; else the type itself. */
function underlyingType(type: string | undefined, { model }: PrintContext): string | undefined {
  return type === undefined ? undefined : (model?.typeDefinition(type)?.underlyingType ?? type);
}

function isExact(type: string | undefined): boolean {
  return type === 'Edm.Int64' || type === 'Edm.Decimal';
}

function printNumber(value: number | bigint, declared: string | undefined, context: PrintContext): string {
  const type = declared ?? (typeof value === 'bigint' ? 'Edm.Int64' : undefined);
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${String(value).replace('Infinity', 'INF')}"`;
  const text = Object.is(value, -0) ? '-0' : String(value);
  return isExact(type) ? printDigits(text, type ?? '', context) : text;
}

/** A number as text: its digits, in quotes or not. Raises ODATA_LITERAL_INVALID when it is none. */
function printDigits(text: string, type: string, context: PrintContext): string {
  const hasFraction = type === 'Edm.Decimal' || type === 'Edm.Double' || type === 'Edm.Single';
  if (hasFraction && /^(?:-?INF|NaN)$/.test(text)) return `"${text}"`;
  if (!(hasFraction ? isJsonNumber(text) : /^-?(?:0|[1-9]\d*)$/.test(text))) {
    throw new RialtoError(
      'ODATA_LITERAL_INVALID',
      `Expected the digits of an ${type}; got ${JSON.stringify(text.slice(0, 64))}.`,
    );
  }
  // 4.01 always allows an exponent, 4.0 only where the format says so (OData JSON 4.01 3.2).
  const { ieee754Compatible, exponentialDecimals } = context.format;
  const isLong = type === 'Edm.Decimal' && context.version === '4.0' && !exponentialDecimals;
  const digits = isLong ? withoutExponent(text) : text;
  return ieee754Compatible && isExact(type) ? `"${digits}"` : digits;
}

function withoutExponent(text: string): string {
  const decimal = /[eE]/.test(text) ? parseDecimal(text) : undefined;
  return decimal === undefined ? text : printDecimal(decimal);
}
