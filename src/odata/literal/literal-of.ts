/** JavaScript value → literal. */

import { RialtoError } from '../../base/errors.ts';
import { parseDecimal, printDecimal } from './decimal.ts';
import { readGeoShape } from './geo-literal.ts';
import {
  type EdmPrimitiveName,
  isEdmPrimitiveName,
  isLiteral,
  type KeyValue,
  type Literal,
  numericTypes,
} from './literal.ts';
import { dateExists, type GeoName, isGeoName, primitiveShapes } from './primitive-patterns.ts';

/**
 * The literal of a value; `type` is a primitive type or the qualified name of an enumeration type. Without it a text
 * is an Edm.String and a number is of the narrowest type. Raises ODATA_LITERAL_INVALID when the value does not fit.
 */
export function literalOf(value: KeyValue, type?: string): Literal {
  if (value === null) return literal('null', 'null');
  if (isLiteral(value)) return type === undefined ? value : retyped(value, type);
  if (!valueKinds.has(typeof value)) {
    const found = Array.isArray(value)
      ? 'an array'
      : value === undefined
        ? 'undefined'
        : `a value of type ${typeof value}`;
    throw invalid(`Expected a text, number, boolean, null or literal; got ${found}.`);
  }
  if (type === undefined) return untyped(value);
  if (isEdmPrimitiveName(type)) return primitive(value, type);
  if (type.startsWith('Edm.')) throw invalid(`A literal of type ${type} is not supported.`);
  return enumeration(value, type);
}

/** What a caller without types may give besides has no literal. */
const valueKinds: ReadonlySet<string> = new Set(['string', 'number', 'bigint', 'boolean']);

/** A literal of another type is taken when its value fits: an Int32 where the type wanted is Edm.Decimal. */
function retyped(value: Literal, type: string): Literal {
  if (value.type === type || value.type === 'null') return value;
  if (value.type === 'enum') {
    if (value.enumType === type) return value;
    throw invalid(`Expected ${expected(type)}; got ${value.enumType}'${value.text}'.`);
  }
  if (!numericTypes.has(value.type) || !numericTypes.has(type)) {
    throw invalid(`Expected ${expected(type)}; got ${value.type} ${excerpt(value.text)}.`);
  }
  return { ...primitive(value.text, type as EdmPrimitiveName), position: value.position };
}

function untyped(value: string | number | bigint | boolean): Literal {
  if (typeof value === 'string') return literal('Edm.String', value);
  if (typeof value === 'boolean') return literal('Edm.Boolean', String(value));
  if (typeof value === 'number' && !Number.isInteger(value)) {
    const text = floatingText(value);
    return literal(/^-?[\d.]+$/.test(text) ? 'Edm.Decimal' : 'Edm.Double', text);
  }
  const text = BigInt(value).toString();
  for (const type of ['Edm.Int32', 'Edm.Int64'] as const) {
    if (problemOf(text, type) === undefined) return literal(type, text);
  }
  return literal('Edm.Decimal', text);
}

function primitive(value: string | number | bigint | boolean, type: EdmPrimitiveName): Literal {
  const text = textOf(value, type);
  if (text === undefined) throw invalid(`Expected ${expected(type)}; got the ${typeof value} ${excerpt(value)}.`);
  const problem = problemOf(text, type);
  if (problem !== undefined) throw invalid(`Expected ${expected(type)}; got ${excerpt(value)}.`);
  return literal(type, type === 'Edm.Binary' ? base64url(text) : text);
}

/** Payloads have base64 with `+` and `/`, URIs have base64url. */
function base64url(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_');
}

/** The text of a value as `type` writes it; undefined when a value of this kind has no place there. */
function textOf(value: string | number | bigint | boolean, type: EdmPrimitiveName): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return type === 'Edm.Boolean' ? String(value) : undefined;
  if (!numericTypes.has(type)) return undefined;
  if (typeof value === 'bigint') return value.toString();
  if (type === 'Edm.Double' || type === 'Edm.Single') return floatingText(value);
  // Integers and decimals have no exponent in OData 4.0.
  const decimal = parseDecimal(String(value));
  return decimal === undefined ? String(value) : printDecimal(decimal);
}

/** What is wrong with the text of a value, or undefined. */
function problemOf(text: string, type: EdmPrimitiveName): string | undefined {
  if (isGeoName(type)) return isGeoText(text, type) ? undefined : looksLike(type);
  const shape = primitiveShapes[type];
  if (!shape.pattern.test(text) || !dateExists(type.startsWith('Edm.Date') ? text : '')) return shape.looksLike;
  if (shape.min === undefined || shape.max === undefined) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return value < shape.min || value > shape.max ? shape.looksLike : undefined;
}

/** `Edm.Int32 (an integer from … to …)`, for messages. */
function expected(type: string): string {
  return isEdmPrimitiveName(type) ? `${type} (${looksLike(type)})` : `a member of ${type}`;
}

function looksLike(type: EdmPrimitiveName): string {
  return isGeoName(type) ? 'well-known text such as SRID=4326;Point(142.1 64.1)' : primitiveShapes[type].looksLike;
}

/** `Edm.Geography` and `Edm.Geometry` take every shape. */
function isGeoText(text: string, type: GeoName): boolean {
  const shape = readGeoShape(text);
  return typeof shape === 'string' && (type.endsWith(shape) || type === 'Edm.Geography' || type === 'Edm.Geometry');
}

function enumeration(value: string | number | bigint | boolean, enumType: string): Literal {
  const text = typeof value === 'boolean' ? '' : String(value);
  if (!enumText.test(text)) throw invalid(`Expected ${expected(enumType)}; got ${excerpt(value)}.`);
  return { kind: 'literal', type: 'enum', text, enumType, position: 0 };
}

/** `enumValue` (OData 4.01 ABNF): member names or numbers, separated by commas. */
const enumText = /^(?:[\p{L}_][\p{L}\p{N}_]*|-?\d+)(?:,(?:[\p{L}_][\p{L}\p{N}_]*|-?\d+))*$/u;

function floatingText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return String(value).replace('Infinity', 'INF');
}

function literal(type: Literal['type'], text: string): Literal {
  return { kind: 'literal', type, text, position: 0 };
}

/** A value for messages: quoted when it is a text, and never longer than 64 characters. */
function excerpt(value: string | number | bigint | boolean): string {
  const text = String(value);
  const short = text.length > 64 ? `${text.slice(0, 64)}…` : text;
  return typeof value === 'string' ? `'${short}'` : short;
}

function invalid(message: string): RialtoError {
  return new RialtoError('ODATA_LITERAL_INVALID', message);
}
