/** Types of expressions, and which go together. */

import { type EdmPrimitiveName, isEdmPrimitiveName } from '../../literal/literal.ts';
import type { Model, StructuredType } from '../../model/model.ts';
import { isDerivedFrom } from './type-hierarchy.ts';

/**
 * The type of an expression. `object` is that of an object literal, `unknown` that of an open property or of a type
 * that the model does not describe.
 */
export type ExpressionType =
  | { readonly kind: 'primitive'; readonly name: EdmPrimitiveName }
  | { readonly kind: 'enum'; readonly name: string }
  | StructuredExpressionType
  | { readonly kind: 'collection'; readonly item: ExpressionType }
  | { readonly kind: 'object' }
  | { readonly kind: 'null' }
  | { readonly kind: 'unknown' };

/** An entity or complex type, and what `$compute` or `$apply` made of it. */
export interface StructuredExpressionType {
  readonly kind: 'structured';
  readonly type: StructuredType;
  readonly shape?: Shape;
}

/** Members that `$compute` and `$apply` give: beside those of the type or, when closed, in place of them. */
export interface Shape {
  readonly members: ReadonlyMap<string, ExpressionType>;
  readonly isClosed: boolean;
}

export const unknownType: ExpressionType = { kind: 'unknown' };
export const nullType: ExpressionType = { kind: 'null' };
export const booleanType: ExpressionType = { kind: 'primitive', name: 'Edm.Boolean' };
export const stringType: ExpressionType = { kind: 'primitive', name: 'Edm.String' };
export const countType: ExpressionType = { kind: 'primitive', name: 'Edm.Int64' };

/** The type of a primitive name. */
export function primitiveType(name: EdmPrimitiveName): ExpressionType {
  return { kind: 'primitive', name };
}

/** The type of a collection of `item`. */
export function collectionOf(item: ExpressionType): ExpressionType {
  return { kind: 'collection', item };
}

/** What a model may offer beside the names of `Model`: type definitions (OData CSDL 4.01 11). */
interface TypeDefinitions {
  typeDefinition?(name: string): { readonly underlyingType: string } | undefined;
}

/** The type that a property, parameter or cast names; `Collection(…)` is understood. A type definition is its base. */
export function declaredType(name: string, model: Model): ExpressionType {
  if (isEdmPrimitiveName(name)) return { kind: 'primitive', name };
  const item = collectionItemName(name);
  if (item !== undefined) return collectionOf(declaredType(item, model));
  const structured = model.entityType(name) ?? model.complexType(name);
  if (structured !== undefined) return { kind: 'structured', type: structured };
  const enumType = model.enumType(name);
  if (enumType !== undefined) return { kind: 'enum', name: enumType.qualifiedName };
  const underlying = (model as TypeDefinitions).typeDefinition?.(name)?.underlyingType;
  return underlying !== undefined && isEdmPrimitiveName(underlying) ? primitiveType(underlying) : unknownType;
}

/** `Edm.String` of `Collection(Edm.String)`. A collection of collections does not exist (OData CSDL 4.01 4.5). */
export function collectionItemName(name: string): string | undefined {
  return /^Collection\(([^()]*)\)$/.exec(name)?.[1];
}

/** The type of a property, parameter or return value. */
export function referencedType(
  reference: { readonly type: string; readonly isCollection: boolean },
  model: Model,
): ExpressionType {
  const item = declaredType(reference.type, model);
  return reference.isCollection ? collectionOf(item) : item;
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
    case 'object':
      return 'an object';
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

/** True when `type` is one of these primitive types, or may be. */
export function isPrimitive(type: ExpressionType, ...names: readonly EdmPrimitiveName[]): boolean {
  return isAny(type) || (type.kind === 'primitive' && names.includes(type.name));
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

/** True for Edm.Binary and the geo types, which have neither equality nor order (OData 4.01 URL 5.1.1.1). */
export function isOpaque(type: ExpressionType): boolean {
  return type.kind === 'primitive' && (type.name === 'Edm.Binary' || /^Edm\.Geo(?:graphy|metry)/.test(type.name));
}

/**
 * True when values of both types can be compared (OData 4.01 URL 5.1.1.1): of the same type, both numeric (numeric
 * promotion, OData 4.01 URL 5.1.1.18), a date and a date with time, which is midnight UTC, related structured types,
 * or collections of such.
 */
export function areComparable(left: ExpressionType, right: ExpressionType, model: Model): boolean {
  if (isAny(left) || isAny(right)) return true;
  if (left.kind === 'collection' && right.kind === 'collection') return areComparable(left.item, right.item, model);
  if (left.kind === 'enum' && right.kind === 'enum') return left.name === right.name;
  if (left.kind === 'object') return right.kind === 'object' || right.kind === 'structured';
  if (left.kind === 'structured') return right.kind === 'object' || areRelated(left, right, model);
  if (left.kind !== 'primitive' || right.kind !== 'primitive') return false;
  if (left.name === right.name || (isNumeric(left) && isNumeric(right))) return true;
  return dateTypes.has(left.name) && dateTypes.has(right.name);
}

/** The type that takes values of both; numbers are promoted (OData 4.01 URL 5.1.1.18). Unknown where there is none. */
export function commonType(left: ExpressionType, right: ExpressionType, model: Model): ExpressionType {
  if (left.kind === 'null') return right;
  if (right.kind === 'null') return left;
  if (left.kind === 'primitive' && right.kind === 'primitive') {
    if (left.name === right.name) return left;
    return isNumeric(left) && isNumeric(right) ? promoted(left, right) : unknownType;
  }
  if (left.kind === 'enum' && right.kind === 'enum' && left.name === right.name) return left;
  if (left.kind === 'collection' && right.kind === 'collection') {
    return collectionOf(commonType(left.item, right.item, model));
  }
  if (left.kind !== 'structured' || right.kind !== 'structured') return unknownType;
  if (isDerivedFrom(left.type, right.type.qualifiedName, model)) return right;
  return isDerivedFrom(right.type, left.type.qualifiedName, model) ? left : unknownType;
}

/** The numeric type of a computation with values of both types (OData 4.01 URL 5.1.1.18). */
export function promoted(left: ExpressionType, right: ExpressionType): ExpressionType {
  const names = [left, right].map((type) => (type.kind === 'primitive' ? type.name : 'Edm.Decimal'));
  return primitiveType(promotionOrder.find((name) => names.includes(name)) ?? 'Edm.Int32');
}

/** The type with further members, which take the place of those of the same name. */
export function withMembers(type: ExpressionType, members: ReadonlyMap<string, ExpressionType>): ExpressionType {
  if (type.kind !== 'structured') return type;
  const { shape } = type;
  const all = new Map([...(shape?.members ?? []), ...members]);
  return { ...type, shape: { members: all, isClosed: shape?.isClosed ?? false } };
}

/** The type with these members and no others. */
export function withOnly(type: ExpressionType, members: ReadonlyMap<string, ExpressionType>): ExpressionType {
  return type.kind === 'structured' ? { ...type, shape: { members, isClosed: true } } : unknownType;
}

/** Names of the members of a structured type, those of its shape included. */
export function memberNamesOf(type: ExpressionType): ReadonlySet<string> {
  if (type.kind !== 'structured') return new Set();
  const given = [...(type.shape?.members.keys() ?? [])];
  if (type.shape?.isClosed === true) return new Set(given);
  return new Set([...type.type.properties, ...type.type.navigationProperties].map(({ name }) => name).concat(given));
}

function areRelated(left: StructuredExpressionType, right: ExpressionType, model: Model): boolean {
  if (right.kind !== 'structured') return false;
  return (
    isDerivedFrom(left.type, right.type.qualifiedName, model) ||
    isDerivedFrom(right.type, left.type.qualifiedName, model)
  );
}

const promotionOrder: readonly EdmPrimitiveName[] = ['Edm.Double', 'Edm.Single', 'Edm.Decimal', 'Edm.Int64'];
const integerTypes: ReadonlySet<string> = new Set(['Edm.Byte', 'Edm.SByte', 'Edm.Int16', 'Edm.Int32', 'Edm.Int64']);
const floatingTypes: ReadonlySet<string> = new Set(['Edm.Double', 'Edm.Single']);
const numericTypes: ReadonlySet<string> = new Set([...integerTypes, ...floatingTypes, 'Edm.Decimal']);
const dateTypes: ReadonlySet<string> = new Set(['Edm.Date', 'Edm.DateTimeOffset']);
