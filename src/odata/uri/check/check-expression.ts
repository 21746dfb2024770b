/** Finds the type of every node of an expression, and refuses what does not go together. */

import { RialtoError } from '../../../base/errors.ts';
import { didYouMean } from '../../../base/nearest.ts';
import type { Literal } from '../../literal/literal.ts';
import type { Model } from '../../model/model.ts';
import type {
  Arithmetic,
  Comparison,
  FilterExpression,
  FunctionCall,
  InList,
  Lambda,
} from '../tree/filter-expression.ts';
import { canonicalFunctions } from './canonical-functions.ts';
import {
  areComparable,
  booleanType,
  type ExpressionType,
  isAny,
  isFloating,
  isInteger,
  isNumeric,
  isPrimitive,
  primitiveType,
  typeName,
  unknownType,
} from './expression-type.ts';
import { type PathScope, resolvePath } from './resolve-path.ts';

/** Types by node. */
export type ExpressionTypes = ReadonlyMap<FilterExpression, ExpressionType>;

/**
 * The types of an expression and all its parts. Raises ODATA_PROPERTY_UNKNOWN, ODATA_TYPE_MISMATCH, and
 * ODATA_LITERAL_INVALID for an enumeration literal that names no member.
 */
export function checkExpression(tree: FilterExpression, scope: PathScope): ExpressionTypes {
  const types = new Map<FilterExpression, ExpressionType>();
  infer(tree, scope, types);
  return types;
}

/** Infers the type of one node after those of its parts. */
function infer(tree: FilterExpression, scope: PathScope, types: Map<FilterExpression, ExpressionType>): ExpressionType {
  const of = (part: FilterExpression) => infer(part, scope, types);
  const type = inferNode(tree, scope, of, types);
  types.set(tree, type);
  return type;
}

function inferNode(
  tree: FilterExpression,
  scope: PathScope,
  of: (part: FilterExpression) => ExpressionType,
  types: Map<FilterExpression, ExpressionType>,
): ExpressionType {
  switch (tree.kind) {
    case 'literal':
      return literalType(tree, scope.model);
    case 'propertyPath':
      return resolvePath(tree, scope);
    case 'comparison':
      return comparisonType(tree, of(tree.left), of(tree.right));
    case 'logical':
      wantBoolean(tree.operator, of(tree.left), tree.position);
      wantBoolean(tree.operator, of(tree.right), tree.position);
      return booleanType;
    case 'not':
      wantBoolean('not', of(tree.operand), tree.position);
      return booleanType;
    case 'negate':
      return wantNumeric('-', of(tree.operand), tree.position);
    case 'arithmetic':
      return arithmeticType(tree, of(tree.left), of(tree.right));
    case 'functionCall':
      return callType(
        tree,
        tree.arguments.map(({ value }) => of(value)),
      );
    case 'inList':
      return inListType(tree, of(tree.operand), tree.items.map(of));
    case 'array':
      tree.items.map(of);
      return { kind: 'collection', item: unknownType };
    case 'lambda':
      return lambdaType(tree, scope, types);
  }
}

function literalType(literal: Literal, model: Model): ExpressionType {
  if (literal.type === 'null') return { kind: 'null' };
  if (literal.type !== 'enum') return primitiveType(literal.type);
  const name = literal.enumType ?? '';
  const enumType = model.enumType(name);
  if (enumType === undefined) {
    const hint = didYouMean(
      name,
      model.enumTypes.map(({ qualifiedName }) => qualifiedName),
    );
    throw mismatch(`There is no enumeration type ${name}, at position ${literal.position}.${hint}`);
  }
  for (const member of literal.text.split(',').map((part) => part.trim())) {
    if (enumType.member(member) !== undefined || /^-?\d+$/.test(member)) continue;
    const hint = didYouMean(
      member,
      enumType.members.map(({ name: known }) => known),
    );
    throw new RialtoError(
      'ODATA_LITERAL_INVALID',
      `'${member}' is not a member of ${enumType.qualifiedName}, at position ${literal.position}.${hint}`,
    );
  }
  return { kind: 'enum', name: enumType.qualifiedName };
}

function comparisonType(tree: Comparison, left: ExpressionType, right: ExpressionType): ExpressionType {
  const { operator, position } = tree;
  const isOrder = operator !== 'eq' && operator !== 'ne' && operator !== 'has';
  const both = `${typeName(left)} and ${typeName(right)}`;
  if (!areComparable(left, right)) {
    throw mismatch(
      `${operator} at position ${position} is given ${both}; expected operands of one type.${hintFor(tree)}`,
    );
  }
  const isEnum = left.kind === 'enum' || right.kind === 'enum';
  if (operator === 'has' && !isEnum && !(isAny(left) && isAny(right))) {
    throw mismatch(`has at position ${position} is given ${both}; expected enumeration values.`);
  }
  if (isOrder && (isPrimitive(left, 'Edm.Boolean') || isPrimitive(left, 'Edm.Binary')) && !isAny(left)) {
    throw mismatch(`${operator} at position ${position} is given ${both}, which have no order.`);
  }
  return booleanType;
}

/** `not` binds tighter than `eq`, which surprises many. */
function hintFor(tree: Comparison): string {
  return tree.left.kind === 'not' ? ` Write not (… ${tree.operator} …) to negate the comparison.` : '';
}

function arithmeticType(tree: Arithmetic, left: ExpressionType, right: ExpressionType): ExpressionType {
  wantNumeric(tree.operator, left, tree.position);
  wantNumeric(tree.operator, right, tree.position);
  if (isFloating(left) || isFloating(right)) return primitiveType('Edm.Double');
  // `div` of integers is an integer, `divby` never (OData 4.01 URL 5.1.1.2.4).
  const isWhole = isInteger(left) && isInteger(right) && tree.operator !== 'divby';
  return primitiveType(isWhole ? 'Edm.Int64' : 'Edm.Decimal');
}

function callType(tree: FunctionCall, types: readonly ExpressionType[]): ExpressionType {
  const { name, position } = tree;
  const found = canonicalFunctions.get(name);
  if (found === undefined) {
    // A function of the service itself: what it takes is the service's business.
    if (name.includes('.')) return unknownType;
    throw mismatch(
      `There is no function ${name}, at position ${position}.${didYouMean(name, canonicalFunctions.keys())}`,
    );
  }
  const { parameters, optional } = found;
  const least = parameters.length - optional;
  if (types.length < least || types.length > parameters.length) {
    const count = optional === 0 ? `${least}` : `${least} to ${parameters.length}`;
    throw mismatch(`${name} at position ${position} takes ${count} arguments; got ${types.length}.`);
  }
  for (const [index, type] of types.entries()) {
    const parameter = parameters[index];
    if (parameter?.accepts(type) === false) {
      const place = `Argument ${index + 1} of ${name} at position ${position}`;
      throw mismatch(`${place} is ${typeName(type)}; expected ${parameter.what}.`);
    }
  }
  return found.result(types[0] ?? unknownType);
}

function inListType(tree: InList, operand: ExpressionType, items: readonly ExpressionType[]): ExpressionType {
  const wrong = items.findIndex((item) => !areComparable(operand, item));
  const item = items[wrong];
  if (item === undefined) return booleanType;
  const both = `${typeName(operand)} and ${typeName(item)}`;
  throw mismatch(`in at position ${tree.position} is given ${both} (item ${wrong + 1}); expected values of one type.`);
}

function lambdaType(tree: Lambda, scope: PathScope, types: Map<FilterExpression, ExpressionType>): ExpressionType {
  const collection = resolvePath(tree.collection, scope);
  types.set(tree.collection, collection);
  if (collection.kind !== 'collection' && !isAny(collection)) {
    throw mismatch(
      `${tree.operator} at position ${tree.position} is given ${typeName(collection)}; expected a collection.`,
    );
  }
  const item = collection.kind === 'collection' ? collection.item : unknownType;
  if (tree.predicate === undefined || tree.variable === undefined || item.kind !== 'structured') return booleanType;
  const variables = new Map([...scope.variables, [tree.variable, item.type] as const]);
  wantBoolean(tree.operator, infer(tree.predicate, { ...scope, variables }, types), tree.position);
  return booleanType;
}

function wantBoolean(operator: string, type: ExpressionType, position: number): void {
  if (isPrimitive(type, 'Edm.Boolean')) return;
  throw mismatch(`${operator} at position ${position} is given ${typeName(type)}; expected Edm.Boolean.`);
}

function wantNumeric(operator: string, type: ExpressionType, position: number): ExpressionType {
  if (isNumeric(type)) return type;
  throw mismatch(`${operator} at position ${position} is given ${typeName(type)}; expected a number.`);
}

function mismatch(message: string): RialtoError {
  return new RialtoError('ODATA_TYPE_MISMATCH', message);
}
