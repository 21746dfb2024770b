/** Finds the type of every node of an expression, and refuses what does not go together. */

import type { Arithmetic, Comparison, FilterExpression, Logical } from '../tree/filter-expression.ts';
import type { ParameterAlias } from '../tree/parameter-alias.ts';
import { checkCall } from './check-call.ts';
import { checkAggregateOf, checkCountOf, checkFiltered, checkKeyLookup, checkLambda } from './check-collection.ts';
import { arrayType, literalType } from './check-literal.ts';
import {
  checkArithmetic,
  checkComparison,
  checkInCollection,
  checkInList,
  checkLogical,
  negatedType,
  wantBoolean,
} from './check-operators.ts';
import { type CheckScope, countNode, nested } from './check-scope.ts';
import { checkCase, checkTypeFunction } from './check-type-function.ts';
import { booleanType, unknownType } from './expression-type.ts';
import { followPath, resolvePath } from './resolve-path.ts';
import { mismatch } from './type-errors.ts';
import type { TypedExpression } from './typed-expression.ts';

/**
 * An expression with the types of all its parts (OData 4.01 URL 5.1.1). Raises ODATA_PROPERTY_UNKNOWN,
 * ODATA_TYPE_MISMATCH, ODATA_LITERAL_INVALID for an enumeration literal that names no member, ODATA_KEY_INVALID, and
 * LIMIT_EXCEEDED for trees that are nested too deep.
 */
export function checkExpression(tree: FilterExpression, outer: CheckScope): TypedExpression {
  let scope = nested(outer);
  // A chain `a and b and …` groups from the left: its operators are walked in a loop, so that it may be long.
  const chain: { readonly node: Binary; readonly scope: CheckScope }[] = [];
  let first = tree;
  while (first.kind === 'logical' || first.kind === 'arithmetic' || first.kind === 'comparison') {
    countNode(scope);
    const before = chain.at(-1)?.node;
    if (before !== undefined && !areOneChain(before, first)) scope = nested(scope);
    chain.push({ node: first, scope });
    first = first.left;
  }
  let typed = checkNode(first, scope);
  for (let link = chain.pop(); link !== undefined; link = chain.pop()) {
    const right = checkExpression(link.node.right, link.scope);
    typed = checkBinary(link.node, typed, right, link.scope);
  }
  return typed;
}

type Binary = Comparison | Logical | Arithmetic;

/** Whether evaluation takes both operators in one loop. */
function areOneChain(outer: Binary, inner: Binary): boolean {
  if (outer.kind === 'arithmetic') return inner.kind === 'arithmetic';
  return outer.kind === 'logical' && inner.kind === 'logical' && outer.operator === inner.operator;
}

function checkBinary(
  node: Binary,
  left: TypedExpression,
  right: TypedExpression,
  { model }: CheckScope,
): TypedExpression {
  if (node.kind === 'logical') return checkLogical(node, left, right);
  return node.kind === 'comparison'
    ? checkComparison(node, left, right, model)
    : checkArithmetic(node, left, right, model);
}

type OtherNode = Exclude<FilterExpression, Binary>;

function checkNode(tree: OtherNode, scope: CheckScope): TypedExpression {
  const typed = (part: FilterExpression) => checkExpression(part, scope);
  switch (tree.kind) {
    case 'literal':
      return { expression: tree, type: literalType(tree, scope.model), parts: [] };
    case 'propertyPath':
      return { expression: tree, ...resolvePath(tree, scope), parts: [] };
    case 'not': {
      const operand = typed(tree.operand);
      wantBoolean('not', operand.type, tree.position);
      return { expression: tree, type: booleanType, parts: [operand] };
    }
    case 'negate': {
      const operand = typed(tree.operand);
      return { expression: tree, type: negatedType(operand.type, tree.position), parts: [operand] };
    }
    case 'functionCall': {
      const source = tree.source === undefined ? undefined : typed(tree.source);
      return checkCall(
        tree,
        source,
        tree.arguments.map(({ value }) => typed(value)),
        scope,
      );
    }
    case 'inList':
      return checkInList(tree, typed(tree.operand), tree.items.map(typed), scope.model);
    case 'inCollection':
      return checkInCollection(tree, typed(tree.operand), typed(tree.collection), scope.model);
    case 'array': {
      const parts = tree.items.map(typed);
      return { expression: tree, type: arrayType(parts, scope.model), parts };
    }
    case 'object':
      return { expression: tree, type: { kind: 'object' }, parts: tree.members.map(({ value }) => typed(value)) };
    case 'member': {
      const source = typed(tree.source);
      return { expression: tree, ...followPath(tree, source.type, { kind: 'source' }, scope), parts: [source] };
    }
    case 'parameterAlias':
      return checkAlias(tree, scope);
    case 'typeFunction':
      return checkTypeFunction(tree, scope);
    case 'case':
      return checkCase(tree, scope);
    case 'lambda':
      return checkLambda(tree, scope);
    case 'keyLookup':
      return checkKeyLookup(tree, scope);
    case 'filteredCollection':
      return checkFiltered(tree, scope);
    case 'countOf':
      return checkCountOf(tree, scope);
    case 'aggregateOf':
      return checkAggregateOf(tree, scope);
  }
}

/** An alias has the type of its value; without one nothing is known of it. Raises ODATA_TYPE_MISMATCH for a cycle. */
function checkAlias(tree: ParameterAlias, scope: CheckScope): TypedExpression {
  const { name, position } = tree;
  const value = Object.hasOwn(scope.aliases, name) ? scope.aliases[name] : undefined;
  if (value === undefined) return { expression: tree, type: unknownType, parts: [] };
  if (scope.openAliases.includes(name)) {
    const cycle = [...scope.openAliases, name].map((alias) => `@${alias}`).join(' → ');
    throw mismatch(`The parameter alias @${name} at position ${position} stands for itself: ${cycle}.`);
  }
  const part = checkExpression(value, { ...scope, openAliases: [...scope.openAliases, name] });
  return { expression: tree, type: part.type, parts: [part] };
}
