/** Filter expression → text. */

import { printLiteral } from '../../literal/print-literal.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';

/** The expression as OData text, not percent-encoded, with no parentheses but those that are needed. */
export function printFilter(tree: FilterExpression): string {
  return print(tree, 0);
}

/** How tightly a node binds (OData 4.01 URL 5.1.1.14); higher is tighter. */
const precedence = {
  or: 1,
  and: 2,
  equality: 3,
  relational: 4,
  additive: 5,
  multiplicative: 6,
  unary: 7,
  suffix: 8,
  atom: 9,
};

/** Prints a node, in parentheses when it binds less tightly than its place demands. */
function print(tree: FilterExpression, demanded: number): string {
  const text = printBare(tree);
  return precedenceOf(tree) < demanded ? `(${text})` : text;
}

function printBare(tree: FilterExpression): string {
  switch (tree.kind) {
    case 'literal':
      return printLiteral(tree);
    case 'propertyPath':
      return tree.path.join('/');
    case 'comparison':
    case 'logical':
    case 'arithmetic': {
      // Operators of one level group from the left, so the right operand must bind tighter.
      const own = precedenceOf(tree);
      return `${print(tree.left, own)} ${tree.operator} ${print(tree.right, own + 1)}`;
    }
    case 'not':
      return `not ${print(tree.operand, precedence.unary)}`;
    case 'negate':
      return printNegate(print(tree.operand, precedence.unary));
    case 'functionCall':
      return `${tree.name}(${tree.arguments
        .map(({ name, value }) => (name === undefined ? print(value, 0) : `${name}=${print(value, 0)}`))
        .join(',')})`;
    case 'lambda': {
      const inner = tree.predicate === undefined ? '' : `${tree.variable}:${print(tree.predicate, 0)}`;
      return `${tree.collection.path.join('/')}/${tree.operator}(${inner})`;
    }
    case 'inList':
      return `${print(tree.operand, precedence.suffix)} in (${printList(tree.items)})`;
    case 'array':
      return `[${printList(tree.items)}]`;
  }
}

/** A sign before digits or INF would become part of the literal. */
function printNegate(operand: string): string {
  return /^(?:[\d+]|INF)/.test(operand) ? `-(${operand})` : `-${operand}`;
}

function printList(items: readonly FilterExpression[]): string {
  return items.map((item) => print(item, 0)).join(',');
}

function precedenceOf(tree: FilterExpression): number {
  switch (tree.kind) {
    case 'logical':
      return precedence[tree.operator];
    case 'comparison':
      if (tree.operator === 'has') return precedence.suffix;
      return tree.operator === 'eq' || tree.operator === 'ne' ? precedence.equality : precedence.relational;
    case 'arithmetic':
      return tree.operator === 'add' || tree.operator === 'sub' ? precedence.additive : precedence.multiplicative;
    case 'not':
    case 'negate':
      return precedence.unary;
    case 'inList':
      return precedence.suffix;
    default:
      return precedence.atom;
  }
}
