/** Types of comparisons, logical operators, arithmetic and membership. */

import type { EdmPrimitiveName } from '../../literal/literal.ts';
import type { Model } from '../../model/model.ts';
import type { Arithmetic, Comparison, InCollection, InList, Logical } from '../tree/filter-expression.ts';
import { retyped } from './check-literal.ts';
import {
  areComparable,
  booleanType,
  type ExpressionType,
  isAny,
  isInteger,
  isNumeric,
  isOpaque,
  isPrimitive,
  primitiveType,
  promoted,
  typeName,
  unknownType,
} from './expression-type.ts';
import { mismatch } from './type-errors.ts';
import type { TypedExpression } from './typed-expression.ts';

/** `left eq right` and its kin (OData 4.01 URL 5.1.1.1). Raises ODATA_TYPE_MISMATCH. */
export function checkComparison(
  tree: Comparison,
  givenLeft: TypedExpression,
  givenRight: TypedExpression,
  model: Model,
): TypedExpression {
  const { operator, position } = tree;
  const left = retyped(givenLeft, givenRight.type, model);
  const right = retyped(givenRight, givenLeft.type, model);
  const both = `${typeName(left.type)} and ${typeName(right.type)}`;
  const at = `${operator} at position ${position} is given ${both}`;
  if (!areComparable(left.type, right.type, model))
    throw mismatch(`${at}; expected operands of one type.${hintFor(tree)}`);
  const isEnum = left.type.kind === 'enum' || right.type.kind === 'enum';
  if (operator === 'has' && !isEnum && !(isAny(left.type) && isAny(right.type))) {
    throw mismatch(`${at}; expected enumeration values.`);
  }
  const isOrder = operator !== 'eq' && operator !== 'ne' && operator !== 'has';
  for (const { type } of [left, right]) {
    if (
      isOrder &&
      (type.kind === 'structured' || type.kind === 'collection' || type.kind === 'object' || isOpaque(type))
    ) {
      throw mismatch(`${at}, which have no order.`);
    }
  }
  // Only null stands beside them (OData 4.01 URL 5.1.1.1).
  if (isOpaque(left.type) && isOpaque(right.type)) throw mismatch(`${at}, which can only be compared with null.`);
  return { expression: tree, type: booleanType, parts: [left, right] };
}

/** `not` binds tighter than `eq`, which surprises many. */
function hintFor(tree: Comparison): string {
  return tree.left.kind === 'not' ? ` Write not (… ${tree.operator} …) to negate the comparison.` : '';
}

/** `left and right`, `left or right` (OData 4.01 URL 5.1.1.1.7, 5.1.1.1.8). Raises ODATA_TYPE_MISMATCH. */
export function checkLogical(tree: Logical, left: TypedExpression, right: TypedExpression): TypedExpression {
  wantBoolean(tree.operator, left.type, tree.position);
  wantBoolean(tree.operator, right.type, tree.position);
  return { expression: tree, type: booleanType, parts: [left, right] };
}

/** `left add right` and its kin (OData 4.01 URL 5.1.1.2). Raises ODATA_TYPE_MISMATCH. */
export function checkArithmetic(
  tree: Arithmetic,
  givenLeft: TypedExpression,
  givenRight: TypedExpression,
  model: Model,
): TypedExpression {
  const left = retyped(givenLeft, besideOperand(givenRight.type), model);
  const right = retyped(givenRight, besideOperand(givenLeft.type), model);
  const type = temporalResult(tree.operator, left.type, right.type) ?? numericResult(tree, left.type, right.type);
  return { expression: tree, type, parts: [left, right] };
}

/** `operand in (a,b)` (OData 4.01 URL 5.1.1.1.11). Raises ODATA_TYPE_MISMATCH. */
export function checkInList(
  tree: InList,
  operand: TypedExpression,
  givenItems: readonly TypedExpression[],
  model: Model,
): TypedExpression {
  const items = givenItems.map((item) => retyped(item, operand.type, model));
  const wrong = items.findIndex((item) => !areComparable(operand.type, item.type, model));
  const item = items[wrong];
  if (item === undefined) return { expression: tree, type: booleanType, parts: [operand, ...items] };
  const both = `${typeName(operand.type)} and ${typeName(item.type)}`;
  throw mismatch(`in at position ${tree.position} is given ${both} (item ${wrong + 1}); expected values of one type.`);
}

/** `operand in collection` (OData 4.01 URL 5.1.1.1.11). Raises ODATA_TYPE_MISMATCH. */
export function checkInCollection(
  tree: InCollection,
  operand: TypedExpression,
  given: TypedExpression,
  model: Model,
): TypedExpression {
  const collection = retyped(given, { kind: 'collection', item: operand.type }, model);
  const { type } = collection;
  const item = type.kind === 'collection' ? type.item : isAny(type) ? unknownType : undefined;
  const both = `${typeName(operand.type)} and ${typeName(type)}`;
  const at = `in at position ${tree.position} is given ${both}`;
  if (item === undefined) throw mismatch(`${at}; expected a collection.`);
  if (!areComparable(operand.type, item, model)) throw mismatch(`${at}; expected values of one type.`);
  return { expression: tree, type: booleanType, parts: [operand, collection] };
}

/** Raises ODATA_TYPE_MISMATCH for what is not true or false. */
export function wantBoolean(operator: string, type: ExpressionType, position: number): void {
  if (isPrimitive(type, 'Edm.Boolean')) return;
  throw mismatch(`${operator} at position ${position} is given ${typeName(type)}; expected Edm.Boolean.`);
}

/** The type of `-operand` (OData 4.01 URL 5.1.1.2.3). Raises ODATA_TYPE_MISMATCH. */
export function negatedType(type: ExpressionType, position: number): ExpressionType {
  if (isNumeric(type) || isPrimitive(type, 'Edm.Duration')) return type;
  throw mismatch(`- at position ${position} is given ${typeName(type)}; expected a number or Edm.Duration.`);
}

function numericResult(
  { operator, position }: Arithmetic,
  left: ExpressionType,
  right: ExpressionType,
): ExpressionType {
  for (const type of [left, right]) {
    if (isNumeric(type)) continue;
    throw mismatch(`${operator} at position ${position} is given ${typeName(type)}; expected a number.`);
  }
  if (left.kind === 'null' && right.kind === 'null') return left;
  if (isAny(left) || isAny(right)) {
    // What is not known may be a number or, beside a number too, a duration; only evaluation sees which.
    const isNumber = !(isAny(left) && isAny(right)) && /^(?:add|sub|mod)$/.test(operator);
    return isNumber ? primitiveType('Edm.Decimal') : unknownType;
  }
  // `div` of integers is an integer, `divby` never (OData 4.01 URL 5.1.1.2.5).
  if (operator === 'divby' && isInteger(left) && isInteger(right)) return primitiveType('Edm.Decimal');
  return promoted(left, right);
}

/** Results of computing with dates and durations: left type, operator, right type (OData 4.01 URL 5.1.1.2). */
const temporalResults: ReadonlyMap<string, EdmPrimitiveName> = new Map([
  ['Edm.DateTimeOffset add Edm.Duration', 'Edm.DateTimeOffset'],
  ['Edm.DateTimeOffset sub Edm.Duration', 'Edm.DateTimeOffset'],
  ['Edm.DateTimeOffset sub Edm.DateTimeOffset', 'Edm.Duration'],
  ['Edm.Date add Edm.Duration', 'Edm.Date'],
  ['Edm.Date sub Edm.Duration', 'Edm.Date'],
  ['Edm.Date sub Edm.Date', 'Edm.Duration'],
  ['Edm.Duration add Edm.Duration', 'Edm.Duration'],
  ['Edm.Duration sub Edm.Duration', 'Edm.Duration'],
]);

function temporalResult(
  operator: Arithmetic['operator'],
  left: ExpressionType,
  right: ExpressionType,
): ExpressionType | undefined {
  if (!isTemporal(left) && !isTemporal(right)) return undefined;
  const isScaling = operator === 'mul' || operator === 'div' || operator === 'divby';
  if (isScaling && isDuration(left) && isNumeric(right)) return primitiveType('Edm.Duration');
  if (operator === 'mul' && isDuration(right) && isNumeric(left)) return primitiveType('Edm.Duration');
  if (isAny(left) || isAny(right)) {
    // Any of them may stand beside it, but for what no rule gives.
    return operator === 'add' || operator === 'sub' ? unknownType : undefined;
  }
  const found = temporalResults.get(`${typeName(left)} ${operator} ${typeName(right)}`);
  return found === undefined ? undefined : primitiveType(found);
}

/** A text beside a date, or beside what is not known, can only be a duration. */
function besideOperand(type: ExpressionType): ExpressionType {
  return isTemporal(type) || isAny(type) ? primitiveType('Edm.Duration') : type;
}

function isDuration(type: ExpressionType): boolean {
  return type.kind === 'primitive' && type.name === 'Edm.Duration';
}

function isTemporal(type: ExpressionType): boolean {
  return type.kind === 'primitive' && /^Edm\.(?:Date|DateTimeOffset|Duration)$/.test(type.name);
}
