/** Puts the values of parameter aliases in their place within an expression. */

import { RialtoError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';
import type { Literal } from '../../literal/literal.ts';
import { expressionLimits } from '../check/check-scope.ts';
import type {
  AggregateItem,
  Arithmetic,
  Comparison,
  FilterExpression,
  FunctionArgument,
  Logical,
} from '../tree/filter-expression.ts';
import type { KeyPredicate } from '../tree/key-predicate.ts';
import type { ParameterAlias } from '../tree/parameter-alias.ts';

/** Resolves the aliases of one request; each value is resolved once. */
export class AliasValues {
  readonly #values: Readonly<Record<string, FilterExpression>>;
  readonly #resolved = new Map<string, { readonly value: FilterExpression; readonly nodes: number }>();
  readonly #open: string[] = [];
  #nodes = 0;
  #depth = 0;

  constructor(values: Readonly<Record<string, FilterExpression>>) {
    this.#values = values;
  }

  /**
   * The expression without aliases. Raises ODATA_TYPE_MISMATCH for an alias that stands for itself, and LIMIT_EXCEEDED
   * for an expression that becomes too large.
   */
  expression(tree: FilterExpression): FilterExpression {
    this.#count(1);
    this.#depth += 1;
    checkLimit('expressionDepthMax', expressionLimits.expressionDepthMax, this.#depth, 'The nesting of an expression');
    // A chain groups from the left and may be long.
    const chain: (Comparison | Logical | Arithmetic)[] = [];
    let first = tree;
    while (first.kind === 'logical' || first.kind === 'arithmetic' || first.kind === 'comparison') {
      chain.push(first);
      first = first.left;
    }
    let result = this.#node(first);
    for (let node = chain.pop(); node !== undefined; node = chain.pop()) {
      result = { ...node, left: result, right: this.expression(node.right) };
    }
    this.#depth -= 1;
    return result;
  }

  /**
   * True for what is read as a key and cannot be one: with names, and an alias that stands for an array, say. Then it is
   * the arguments of a function (OData 4.01 URL 4.5).
   */
  isCall({ parts }: KeyPredicate): boolean {
    return (
      parts.every(({ name }) => name !== undefined) &&
      parts.some(({ value }) => value.kind === 'parameterAlias' && this.#alias(value).kind !== 'literal')
    );
  }

  /** The key without aliases, which stand for literals there. Raises ODATA_KEY_INVALID for any other value. */
  key(key: KeyPredicate): KeyPredicate {
    const parts = key.parts.map((part) => ({ ...part, value: this.#literal(part.value) }));
    return { ...key, parts };
  }

  arguments(given: readonly FunctionArgument[]): readonly FunctionArgument[] {
    return given.map((argument) => ({ ...argument, value: this.expression(argument.value) }));
  }

  aggregate(item: AggregateItem): AggregateItem {
    return { ...item, expression: this.expression(item.expression) };
  }

  #literal(value: Literal | ParameterAlias): Literal {
    if (value.kind === 'literal') return value;
    const found = this.#alias(value);
    if (found.kind === 'literal') return found;
    const message = `The alias @${value.name} at position ${value.position} stands in a key; expected a literal, got ${found.kind}.`;
    throw new RialtoError('ODATA_KEY_INVALID', message);
  }

  #alias({ name, position }: ParameterAlias): FilterExpression {
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    // Without a value it is null (OData 4.01 Protocol 11.2.6.1.3).
    if (value === undefined) return { kind: 'literal', type: 'null', text: 'null', position };
    const known = this.#resolved.get(name);
    if (known !== undefined) {
      this.#count(known.nodes);
      return known.value;
    }
    if (this.#open.includes(name)) {
      const cycle = [...this.#open, name].map((alias) => `@${alias}`).join(' → ');
      throw new RialtoError('ODATA_TYPE_MISMATCH', `The parameter alias @${name} stands for itself: ${cycle}.`);
    }
    this.#open.push(name);
    const before = this.#nodes;
    const resolved = { value: this.expression(value), nodes: this.#nodes - before };
    this.#open.pop();
    this.#resolved.set(name, resolved);
    return resolved.value;
  }

  #node(tree: Exclude<FilterExpression, Comparison | Logical | Arithmetic>): FilterExpression {
    switch (tree.kind) {
      case 'parameterAlias':
        return this.#alias(tree);
      case 'literal':
      case 'propertyPath':
        return tree;
      case 'not':
      case 'negate':
        return { ...tree, operand: this.expression(tree.operand) };
      case 'functionCall':
        return {
          ...tree,
          ...(tree.source === undefined ? {} : { source: this.expression(tree.source) }),
          arguments: this.arguments(tree.arguments),
        };
      case 'array':
        return { ...tree, items: this.#all(tree.items) };
      case 'object':
        return {
          ...tree,
          members: tree.members.map(({ name, value }) => ({ name, value: this.expression(value) })),
        };
      case 'inList':
        return { ...tree, operand: this.expression(tree.operand), items: this.#all(tree.items) };
      case 'inCollection':
        return { ...tree, operand: this.expression(tree.operand), collection: this.expression(tree.collection) };
      case 'typeFunction':
        return { ...tree, operand: tree.operand === undefined ? undefined : this.expression(tree.operand) };
      case 'case':
        return {
          ...tree,
          branches: tree.branches.map(({ condition, value }) => ({
            condition: this.expression(condition),
            value: this.expression(value),
          })),
        };
      default:
        return this.#collectionNode(tree);
    }
  }

  #collectionNode(
    tree: Extract<FilterExpression, { readonly source: FilterExpression } | { readonly kind: 'lambda' }>,
  ): FilterExpression {
    switch (tree.kind) {
      case 'lambda': {
        const predicate = tree.predicate === undefined ? undefined : this.expression(tree.predicate);
        return { ...tree, collection: this.expression(tree.collection), predicate };
      }
      case 'member':
        return { ...tree, source: this.expression(tree.source) };
      case 'keyLookup':
        return { ...tree, source: this.expression(tree.source), key: this.key(tree.key) };
      case 'filteredCollection':
        return { ...tree, source: this.expression(tree.source), predicate: this.expression(tree.predicate) };
      case 'countOf': {
        const filter = tree.filter === undefined ? {} : { filter: this.expression(tree.filter) };
        return { ...tree, source: this.expression(tree.source), ...filter };
      }
      case 'aggregateOf':
        return { ...tree, source: this.expression(tree.source), item: this.aggregate(tree.item) };
    }
  }

  #all(trees: readonly FilterExpression[]): readonly FilterExpression[] {
    return trees.map((tree) => this.expression(tree));
  }

  #count(nodes: number): void {
    this.#nodes += nodes;
    const { expressionNodesMax } = expressionLimits;
    checkLimit('expressionNodesMax', expressionNodesMax, this.#nodes, 'The number of nodes of an expression');
  }
}
