/** Typed value → JSON text. */

import { RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import { parseDecimal, printDecimal } from '../../literal/decimal.ts';
import { payloadLimits } from '../payload-limits.ts';
import type { PrintContext } from './print-context.ts';

/**
 * A value of a primitive type as JSON has it (OData JSON 4.01 7.1): Edm.Int64 and Edm.Decimal as texts where the format
 * is IEEE754Compatible, else as numbers with all their digits; INF and NaN as texts. Without a type, what it seems to be.
 */
export function printPrimitive(value: JsonValue, type: string | undefined, context: PrintContext): string {
  switch (typeof value) {
    case 'bigint':
      return isTextual(type ?? 'Edm.Int64', context) ? `"${value}"` : value.toString();
    case 'number':
      return printNumber(value, type, context);
    case 'string':
      return isExact(type) ? printDigits(value, type ?? '', context) : JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      return printUntyped(value, context);
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
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${printUntyped(member, context, depth + 1)}`,
  );
  return `{${members.join(',')}}`;
}

function isExact(type: string | undefined): boolean {
  return type === 'Edm.Int64' || type === 'Edm.Decimal';
}

function isTextual(type: string, context: PrintContext): boolean {
  return context.format.ieee754Compatible && isExact(type);
}

function printNumber(value: number, type: string | undefined, context: PrintContext): string {
  if (!Number.isFinite(value)) return `"${String(value).replace('Infinity', 'INF')}"`;
  const text = Object.is(value, -0) ? '-0' : String(value);
  return isExact(type) ? printDigits(text, type ?? '', context) : text;
}

/** A number as text: its digits, in quotes or not. Raises ODATA_LITERAL_INVALID when it is none. */
function printDigits(text: string, type: string, context: PrintContext): string {
  if (type === 'Edm.Decimal' && /^(?:-?INF|NaN)$/.test(text)) return `"${text}"`;
  const isInteger = /^-?(?:0|[1-9]\d*)$/.test(text);
  const isNumber = isInteger || (type === 'Edm.Decimal' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text));
  if (!isNumber) {
    throw new RialtoError(
      'ODATA_LITERAL_INVALID',
      `Expected the digits of an ${type}; got ${JSON.stringify(text.slice(0, 64))}.`,
    );
  }
  // As a JSON number an exponent is always allowed; in a text only where the format says so.
  if (!isTextual(type, context)) return text;
  return `"${context.format.exponentialDecimals ? text : withoutExponent(text)}"`;
}

function withoutExponent(text: string): string {
  const decimal = /[eE]/.test(text) ? parseDecimal(text) : undefined;
  return decimal === undefined ? text : printDecimal(decimal);
}
