/** Types of expressions, and which go together. */

import { type EdmPrimitiveName, isEdmPrimitiveName } from '../../literal/literal.ts';
import type { Model, StructuredType } from '../../model/model.ts';

/** The type of an expression. `unknown` is that of an open property or of a type the model does not describe. */
export type ExpressionType =
  | { readonly kind: 'primitive'; readonly name: EdmPrimitiveName }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'structured'; readonly type: StructuredType }
  | { readonly kind: 'collection'; readonly item: ExpressionType }
  | { readonly kind: 'null' }
  | { readonly kind: 'unknown' };

export const unknownType: ExpressionType = { kind: 'unknown' };
export const booleanType: ExpressionType = { kind: 'primitive', name: 'Edm.Boolean' };
export const stringType: ExpressionType = { kind: 'primitive', name: 'Edm.String' };

/** The type of a primitive name. */
export function primitiveType(name: EdmPrimitiveName): ExpressionType {
  return { kind: 'primitive', name };
}

/** The type that a property or parameter declares. */
export function declaredType(name: string, model: Model): ExpressionType {
  if (isEdmPrimitiveName(name)) return { kind: 'primitive', name };
  const structured = model.complexType(name) ?? model.entityType(name);
  if (structured !== undefined) return { kind: 'structured', type: structured };
  const enumType = model.enumType(name);
  return enumType === undefined ? unknownType : { kind: 'enum', name: enumType.qualifiedName };
}

/** The type as a message names it. */
export function typeName(type: ExpressionType): string {
  switch (type.kind) {
    case 'primitive':
    case 'enum':
      return type.name;
    case 'structured':
      return type.type.qualifiedName;
    case 'collection':
      return `Collection(${typeName(type.item)})`;
    case 'null':
      return 'null';
    case 'unknown':
      return 'an unknown type';
  }
}

/** True for a type that takes the place of any: null, or one that is not known. */
export function isAny(type: ExpressionType): boolean {
  return type.kind === 'null' || type.kind === 'unknown';
}

/** True when `type` is the primitive type `name`, or may be. */
export function isPrimitive(type: ExpressionType, name: EdmPrimitiveName): boolean {
  return isAny(type) || (type.kind === 'primitive' && type.name === name);
}

/** True for the integer types, decimals and floating-point numbers, or what may be one. */
export function isNumeric(type: ExpressionType): boolean {
  return isAny(type) || (type.kind === 'primitive' && numericTypes.has(type.name));
}

/** True for a whole-number type. */
export function isInteger(type: ExpressionType): boolean {
  return type.kind === 'primitive' && integerTypes.has(type.name);
}

/** True for Edm.Double and Edm.Single. */
export function isFloating(type: ExpressionType): boolean {
  return type.kind === 'primitive' && floatingTypes.has(type.name);
}

/**
 * True when values of both types can be compared (OData 4.01 URL 5.1.1.1): of the same type, both numeric (numeric
 * promotion, OData 4.01 URL 5.1.1.15), or a date and a date with time, which is midnight UTC.
 */
export function areComparable(left: ExpressionType, right: ExpressionType): boolean {
  if (isAny(left) || isAny(right)) return true;
  if (left.kind === 'enum' && right.kind === 'enum') return left.name === right.name;
  if (left.kind !== 'primitive' || right.kind !== 'primitive') return false;
  if (left.name === right.name || (isNumeric(left) && isNumeric(right))) return true;
  return dateTypes.has(left.name) && dateTypes.has(right.name);
}

const integerTypes: ReadonlySet<string> = new Set(['Edm.Byte', 'Edm.SByte', 'Edm.Int16', 'Edm.Int32', 'Edm.Int64']);
const floatingTypes: ReadonlySet<string> = new Set(['Edm.Double', 'Edm.Single']);
const numericTypes: ReadonlySet<string> = new Set([...integerTypes, ...floatingTypes, 'Edm.Decimal']);
const dateTypes: ReadonlySet<string> = new Set(['Edm.Date', 'Edm.DateTimeOffset']);
