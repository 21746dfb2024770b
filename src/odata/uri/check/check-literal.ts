/** Types of literals, and texts that stand for members of an enumeration or for durations. */

import { RialtoError } from '../../../base/errors.ts';
import { didYouMean } from '../../../base/nearest.ts';
import type { Literal } from '../../literal/literal.ts';
import { primitiveShapes } from '../../literal/primitive-patterns.ts';
import type { EnumType, Model } from '../../model/model.ts';
import {
  collectionOf,
  commonType,
  type ExpressionType,
  nullType,
  primitiveType,
  unknownType,
} from './expression-type.ts';
import { unknownTypeName } from './type-errors.ts';
import type { TypedExpression } from './typed-expression.ts';

/**
 * The type of a literal. Raises ODATA_TYPE_MISMATCH for an enumeration type that is not there, ODATA_LITERAL_INVALID
 * for a member that it has not.
 */
export function literalType(literal: Literal, model: Model): ExpressionType {
  if (literal.type === 'null') return nullType;
  if (literal.type !== 'enum') return primitiveType(literal.type);
  const name = literal.enumType ?? '';
  // Without its type's name the members are those of whatever stands beside them (OData 4.01 URL 5.1.1.14.1).
  if (name === '') return unknownType;
  const enumType = model.enumType(name);
  if (enumType === undefined) {
    const known = model.enumTypes.map(({ qualifiedName }) => qualifiedName);
    throw unknownTypeName('enumeration type', name, { known, position: literal.position });
  }
  checkMembers(literal, enumType);
  return { kind: 'enum', name: enumType.qualifiedName };
}

/**
 * A text literal beside an enumeration or a duration is a literal of that type, as 4.01 may leave out the prefix
 * (OData 4.01 URL 5.1.1.14.1). Gives the literal its type; any other expression is given back as it is.
 */
export function retyped(typed: TypedExpression, beside: ExpressionType, model: Model): TypedExpression {
  const { expression } = typed;
  if (beside.kind === 'collection' && expression.kind === 'array') {
    const parts = typed.parts.map((part) => retyped(part, beside.item, model));
    return { ...typed, parts, type: arrayType(parts, model) };
  }
  const [value] = typed.parts;
  if (expression.kind === 'parameterAlias' && value !== undefined) {
    const part = retyped(value, beside, model);
    return { ...typed, type: part.type, parts: [part] };
  }
  if (expression.kind !== 'literal' || expression.type !== 'Edm.String') return typed;
  if (beside.kind === 'enum') {
    const enumType = model.enumType(beside.name);
    if (enumType !== undefined) checkMembers(expression, enumType);
    return { ...typed, type: beside };
  }
  const isDuration = beside.kind === 'primitive' && beside.name === 'Edm.Duration';
  return isDuration && primitiveShapes['Edm.Duration'].pattern.test(expression.text)
    ? { ...typed, type: beside }
    : typed;
}

/** The type of an array: its items are of what takes them all (OData 4.01 URL 5.1.1.14.2). */
export function arrayType(parts: readonly TypedExpression[], model: Model): ExpressionType {
  const item = parts.map(({ type }) => type).reduce((left, right) => commonType(left, right, model), nullType);
  return collectionOf(item.kind === 'null' ? unknownType : item);
}

function checkMembers(literal: Literal, enumType: EnumType): void {
  for (const member of literal.text.split(',').map((part) => part.trim())) {
    if (enumType.member(member) !== undefined || /^-?\d+$/.test(member)) continue;
    const known = enumType.members.map(({ name }) => name);
    throw new RialtoError(
      'ODATA_LITERAL_INVALID',
      `'${member}' is not a member of ${enumType.qualifiedName}, at position ${literal.position}.${didYouMean(member, known)}`,
    );
  }
}
