/** What F&O accepts in `$filter` and `$orderby`, refused as the service does before anything is evaluated. */

import type {
  Comparison,
  EntityType,
  FilterExpression,
  FunctionCall,
  Model,
  OrderByItem,
  PropertyPath,
} from '../../odata/index.ts';
import type { FnoSettings } from '../options.ts';
import { areComparable, incompatibleTypes, isNumber } from '../query/comparison-types.ts';
import { notQueryable, requestFailure } from './failures.ts';

export interface RulesContext {
  readonly entityType: EntityType;
  readonly model: Model;
  readonly settings: FnoSettings;
}

/** Raises SERVICE_ERROR 400 for a filter that the service refuses. */
export function checkFilterRules(tree: FilterExpression, context: RulesContext): void {
  switch (tree.kind) {
    case 'logical':
      checkFilterRules(tree.left, context);
      checkFilterRules(tree.right, context);
      return;
    case 'not':
      checkFilterRules(tree.operand, context);
      return;
    case 'comparison':
      checkComparison(tree, context);
      return;
    case 'functionCall':
      checkCall(tree, context);
      return;
    case 'propertyPath':
      fieldType(tree, context);
      return;
    case 'inList':
      throw requestFailure("The operator 'in' is not supported.");
    case 'lambda':
      throw requestFailure(`The lambda operator '${tree.operator}' is not supported.`);
    case 'literal':
      return;
    default:
      throw requestFailure(`An expression of kind '${tree.kind}' cannot be a condition.`);
  }
}

/** Raises SERVICE_ERROR 400 for an order that the service refuses. */
export function checkOrderRules(items: readonly OrderByItem[], context: RulesContext): void {
  for (const { expression } of items) {
    if (expression.kind !== 'propertyPath') throw requestFailure('Only ordering by properties is supported.');
    fieldType(expression, context);
  }
}

/** The text of the OData library for a name that a type does not have. */
export function unknownField(name: string, entityType: EntityType): Error {
  return requestFailure(`Could not find a property named '${name}' on type '${entityType.qualifiedName}'.`);
}

function fieldType(path: PropertyPath, { entityType }: RulesContext): string {
  const [name = '', ...more] = path.path;
  const property = entityType.property(name);
  if (property === undefined || more.length > 0) throw unknownField(path.path.join('/'), entityType);
  return property.type;
}

function checkComparison(tree: Comparison, context: RulesContext): void {
  if (tree.operator === 'has') throw requestFailure("The operator 'has' is not supported.");
  const left = operandType(tree.left, context);
  const right = operandType(tree.right, context);
  if (left === undefined || right === undefined) return;
  if (!areComparable(left, right)) throw requestFailure(incompatibleTypes(left, right, tree.operator));
  if (context.model.enumType(left) !== undefined && tree.operator !== 'eq' && tree.operator !== 'ne') {
    throw requestFailure(incompatibleTypes(left, right, tree.operator));
  }
}

/** The type of an operand; undefined for null. */
function operandType(tree: FilterExpression, context: RulesContext): string | undefined {
  switch (tree.kind) {
    case 'propertyPath':
      return fieldType(tree, context);
    case 'literal':
      if (tree.type === 'enum') return enumerationType(tree.enumType ?? '', tree.text, context);
      return tree.type === 'null' ? undefined : tree.type;
    case 'functionCall':
      checkCall(tree, context);
      return 'Edm.Boolean';
    case 'negate':
      return operandType(tree.operand, context);
    case 'arithmetic': {
      const types = [operandType(tree.left, context), operandType(tree.right, context)];
      if (types.every((type) => type !== undefined && isNumber(type))) return 'Edm.Decimal';
      throw requestFailure(`The operator '${tree.operator}' needs two numbers; found ${types.join(' and ')}.`);
    }
    default:
      throw requestFailure(`An expression of kind '${tree.kind}' cannot be compared.`);
  }
}

function enumerationType(name: string, member: string, { model }: RulesContext): string {
  const type = model.enumType(name);
  if (type === undefined) throw requestFailure(`The enumeration type '${name}' is not known.`);
  if (type.member(member) === undefined) {
    throw requestFailure(`The string '${member}' is not a valid enumeration type constant of '${name}'.`);
  }
  return type.qualifiedName;
}

function checkCall(tree: FunctionCall, context: RulesContext): void {
  if (!['contains', 'startswith', 'endswith'].includes(tree.name)) {
    throw requestFailure(`The function '${tree.name}' is not supported.`);
  }
  for (const { value } of tree.arguments) if (value.kind === 'propertyPath') fieldType(value, context);
  if (context.settings.stringFunctions === 'deny') throw notQueryable();
}
