/** Expression → text, not percent-encoded, with no parentheses but those that are needed. */

import { printLiteral } from '../../literal/print-literal.ts';
import type { AggregateItem, FilterExpression, FunctionArgument } from '../tree/filter-expression.ts';
import { printKeyPredicate } from './key-predicate.ts';
import { printSearch } from './search.ts';

/** How tightly a node binds (OData 4.01 URL 5.1.1.17); higher is tighter. */
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
export function printExpressionNode(tree: FilterExpression, demanded = 0): string {
  const text = printBare(tree);
  return precedenceOf(tree) < demanded ? `(${text})` : text;
}

const print = printExpressionNode;

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
      return printChain(tree, own);
    }
    case 'not':
      return `not ${print(tree.operand, precedence.unary)}`;
    case 'negate':
      return printNegate(print(tree.operand, precedence.unary));
    case 'inList':
      return `${print(tree.operand, precedence.suffix)} in (${printList(tree.items)})`;
    case 'inCollection':
      return `${print(tree.operand, precedence.suffix)} in ${printCollection(tree.collection)}`;
    case 'parameterAlias':
      return `@${tree.name}`;
    case 'array':
      return `[${printList(tree.items)}]`;
    case 'object':
      return printJson(tree);
    default:
      return printCall(tree);
  }
}

/** `a and b and c` without recursion on the left, where long chains grow. */
function printChain(tree: Extract<FilterExpression, { readonly left: unknown }>, own: number): string {
  const parts: string[] = [];
  let node: FilterExpression = tree;
  while (
    (node.kind === 'logical' || node.kind === 'comparison' || node.kind === 'arithmetic') &&
    precedenceOf(node) === own
  ) {
    parts.push(`${node.operator} ${print(node.right, own + 1)}`);
    node = node.left;
  }
  parts.push(print(node, own));
  return parts.reverse().join(' ');
}

type Call = Exclude<
  FilterExpression,
  {
    readonly kind:
      | 'literal'
      | 'propertyPath'
      | 'comparison'
      | 'logical'
      | 'arithmetic'
      | 'not'
      | 'negate'
      | 'inList'
      | 'inCollection'
      | 'parameterAlias'
      | 'array'
      | 'object';
  }
>;

/** Nodes with parentheses of their own, and paths that go on behind another node. */
function printCall(tree: Call): string {
  switch (tree.kind) {
    case 'functionCall':
      return `${tree.source === undefined ? '' : `${print(tree.source, precedence.atom)}/`}${tree.name}(${printArguments(tree.arguments)})`;
    case 'lambda': {
      const inner = tree.predicate === undefined ? '' : `${tree.variable}:${print(tree.predicate)}`;
      return `${print(tree.collection, precedence.atom)}/${tree.operator}(${inner})`;
    }
    case 'typeFunction': {
      const operand = tree.operand === undefined ? '' : `${print(tree.operand)},`;
      return `${tree.name}(${operand}${tree.typeName})`;
    }
    case 'case':
      return `case(${tree.branches.map(({ condition, value }) => `${beforeColon(print(condition))}:${print(value)}`).join(',')})`;
    case 'member':
      return `${print(tree.source, precedence.atom)}/${tree.path.join('/')}`;
    case 'keyLookup':
      return print(tree.source, precedence.atom) + printKeyPredicate(tree.key);
    case 'filteredCollection':
      return `${print(tree.source, precedence.atom)}/$filter(${print(tree.predicate)})`;
    case 'countOf': {
      const filter = tree.filter === undefined ? [] : [`$filter=${print(tree.filter)}`];
      const search = tree.search === undefined ? [] : [`$search=${printSearch(tree.search)}`];
      return `${print(tree.source, precedence.atom)}/$count(${[...filter, ...search].join(';')})`;
    }
    case 'aggregateOf':
      return `${print(tree.source, precedence.atom)}/aggregate(${printAggregateItem(tree.item)})`;
  }
}

/** Arguments with commas between them, the parentheses left to the caller. */
export function printArguments(list: readonly FunctionArgument[]): string {
  return list.map(({ name, value }) => (name === undefined ? print(value) : `${name}=${print(value)}`)).join(',');
}

/** `Amount with sum from Year with average as Total` (OData Data Aggregation 4.0 3.2). */
export function printAggregateItem({ expression, method, from, alias }: AggregateItem): string {
  const groups = from.map((group) => {
    const properties = group.properties.map((property) => print(property)).join(',');
    return ` from ${properties}${group.method === undefined ? '' : ` with ${group.method}`}`;
  });
  const by = method === undefined ? '' : ` with ${method}`;
  return `${print(expression)}${by}${groups.join('')}${alias === undefined ? '' : ` as ${alias}`}`;
}

/** A sign before digits or INF would become part of the literal. */
function printNegate(operand: string): string {
  return /^(?:[\d+]|INF)/.test(operand) ? `-(${operand})` : `-${operand}`;
}

/** Digits before a colon and behind it could be a time. */
function beforeColon(text: string): string {
  return /\d$/.test(text) ? `${text} ` : text;
}

/** Within an object texts have double quotes, as JSON has them; an array alone has the quotes that services document. */
function printJson(tree: FilterExpression): string {
  if (tree.kind === 'object') {
    return `{${tree.members.map(({ name, value }) => `${JSON.stringify(name)}:${printJson(value)}`).join(',')}}`;
  }
  if (tree.kind === 'array') return `[${tree.items.map(printJson).join(',')}]`;
  return tree.kind === 'literal' && tree.type === 'Edm.String' ? JSON.stringify(tree.text) : print(tree);
}

/** A literal in parentheses would be a list of one. */
function printCollection(collection: FilterExpression): string {
  return print(collection, precedence.atom);
}

function printList(items: readonly FilterExpression[]): string {
  return items.map((item) => print(item)).join(',');
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
    case 'inCollection':
      return precedence.suffix;
    default:
      return precedence.atom;
  }
}
