/** Casts between primitive and enumeration types (OData 4.01 URL 5.1.1.10.1). */

import type { EdmPrimitiveName } from '../../literal/literal.ts';
import { dateExists, isGeoName, primitiveShapes } from '../../literal/primitive-patterns.ts';
import type { EnumType, Model } from '../../model/model.ts';
import { type ExpressionType, isFloating, isInteger, isNumeric } from '../check/expression-type.ts';
import { compareNumeric, type Numeric, numericOf, rounded } from './numeric.ts';

/** The value as a primitive or enumeration type; null when the cast fails. */
export function castSimple(value: unknown, from: ExpressionType, to: ExpressionType, model: Model): unknown {
  if (to.kind === 'enum') return castToEnum(value, model.enumType(to.name));
  if (to.kind !== 'primitive') return null;
  const given = from.kind === 'enum' && to.name !== 'Edm.String' ? enumNumber(value, model.enumType(from.name)) : value;
  if (isNumeric(to)) return isText(from) && !holdsLiteral(given, to.name) ? null : castToNumber(given, to.name, to);
  const text = textOf(given);
  if (text === undefined) return null;
  if (to.name === 'Edm.String') return text;
  if (to.name === 'Edm.Boolean') return text === 'true' ? true : text === 'false' ? false : null;
  if (from.kind === 'primitive' && from.name !== 'Edm.String' && from.name !== to.name) return null;
  return castText(text, to.name);
}

function isText(type: ExpressionType): boolean {
  return type.kind === 'primitive' && type.name === 'Edm.String';
}

/** A text becomes a number when it is a literal of just that type: `1.5` is none of Edm.Int32. */
function holdsLiteral(value: unknown, name: EdmPrimitiveName): boolean {
  return typeof value === 'string' && !isGeoName(name) && primitiveShapes[name].pattern.test(value);
}

/** A text that holds a literal of the type; a date with time without an offset is in UTC. */
function castText(text: string, name: EdmPrimitiveName): string | null {
  const complete = name === 'Edm.DateTimeOffset' && /T[\d:.]+$/i.test(text) ? `${text}Z` : text;
  if (isGeoName(name)) return text;
  const isDate = name === 'Edm.Date' || name === 'Edm.DateTimeOffset';
  return primitiveShapes[name].pattern.test(complete) && (!isDate || dateExists(complete)) ? complete : null;
}

function castToNumber(value: unknown, name: EdmPrimitiveName, type: ExpressionType): Numeric | null {
  const number =
    typeof value === 'number' || typeof value === 'bigint'
      ? value
      : typeof value === 'string'
        ? numericOf(value)
        : undefined;
  if (number === undefined) return null;
  if (isFloating(type)) return name === 'Edm.Single' ? Math.fround(Number(number)) : Number(number);
  if (typeof number === 'number' && !Number.isFinite(number)) return null;
  if (!isInteger(type)) return number;
  const whole = rounded('round', number);
  const { min, max } = isGeoName(name) ? {} : primitiveShapes[name];
  const fits =
    min !== undefined && max !== undefined && compareNumeric(whole, min) >= 0 && compareNumeric(whole, max) <= 0;
  return fits ? whole : null;
}

/** The name of the member, or the number itself where flags are united. */
function castToEnum(value: unknown, enumType: EnumType | undefined): unknown {
  if (enumType === undefined) return null;
  if (typeof value === 'string') {
    const isKnown = value.split(',').every((name) => enumType.member(name.trim()) !== undefined);
    return isKnown ? value : castToEnum(numericOf(value), enumType);
  }
  if (typeof value !== 'number' && typeof value !== 'bigint') return null;
  const member = enumType.members.find((candidate) => compareNumeric(candidate.value, value) === 0);
  if (member !== undefined) return member.name;
  return enumType.isFlags && (typeof value === 'bigint' || Number.isInteger(value)) ? value : null;
}

function enumNumber(value: unknown, enumType: EnumType | undefined): unknown {
  if (typeof value !== 'string') return value;
  const numbers = value.split(',').map((name) => enumType?.member(name.trim())?.value ?? numericOf(name.trim()));
  if (numbers.some((number) => typeof number !== 'bigint' && !Number.isInteger(number))) return undefined;
  const united = numbers.reduce((sum: bigint, number) => sum | BigInt(number as number | bigint), 0n);
  return Number.isSafeInteger(Number(united)) ? Number(united) : united;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return typeof value === 'number' ? String(value).replace('Infinity', 'INF') : undefined;
}
