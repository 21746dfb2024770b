/** Expression → a function of a row that says whether it holds. */

import type { Row } from '../../row.ts';
import type { Comparison, FilterExpression, FunctionCall, InList, Logical, Not } from '../tree/filter-expression.ts';
import {
  type CompileContext,
  type Condition,
  compilePair,
  compileValue,
  fold,
  type Getter,
  notEvaluated,
  typeOf,
} from './compile-value.ts';
import { commonDomain, type Domain, domainOf, type Value } from './domain.ts';
import { wildcardMatcher } from './wildcard.ts';

/** Compiles a condition, with OData's three truth values: null is neither true nor false. */
export function compileCondition(tree: FilterExpression, context: CompileContext): Condition {
  switch (tree.kind) {
    case 'comparison':
      return compileComparison(tree, context);
    case 'logical':
      return compileLogical(tree, context);
    case 'not':
      return compileNot(tree, context);
    case 'inList':
      return compileInList(tree, context);
    case 'functionCall':
      return compileMatch(tree, context);
    case 'literal':
    case 'propertyPath': {
      const domain = domainOf({ kind: 'primitive', name: 'Edm.Boolean' }, context);
      return compileValue(tree, domain, context) as Condition;
    }
    case 'lambda':
      throw notEvaluated(tree.operator, tree.position);
    default:
      throw notEvaluated(tree.kind, tree.position);
  }
}

/** `and`: false wins over null, null over true; `or`: the other way round (OData 4.01 URL 5.1.1.1.7, 5.1.1.1.8). */
function compileLogical(tree: Logical, context: CompileContext): Condition {
  const conditions = operandsOf(tree).map((operand) => compileCondition(operand, context));
  const decisive = tree.operator === 'or';
  return (row) => {
    let isNull = false;
    for (const condition of conditions) {
      const holds = condition(row);
      if (holds === decisive) return decisive;
      if (holds === null) isNull = true;
    }
    return isNull ? null : !decisive;
  };
}

/** The operands of a chain of one operator, which groups from the left. */
function operandsOf(tree: Logical): readonly FilterExpression[] {
  const operands = [tree.right];
  let left = tree.left;
  while (left.kind === 'logical' && left.operator === tree.operator) {
    operands.unshift(left.right);
    left = left.left;
  }
  return [left, ...operands];
}

function compileNot(tree: Not, context: CompileContext): Condition {
  const operand = compileCondition(tree.operand, context);
  return (row) => {
    const holds = operand(row);
    return holds === null ? null : !holds;
  };
}

function compileComparison(tree: Comparison, context: CompileContext): Condition {
  const { operator, left, right } = tree;
  const domain = commonDomain(typeOf(left, context), typeOf(right, context), context);
  const matches = operator === 'eq' || operator === 'ne' ? compileWildcard(left, right, context) : undefined;
  if (matches !== undefined) return operator === 'eq' ? matches : (row) => !matches(row);
  const a = compileValue(left, domain, context);
  const b = compileValue(right, domain, context);
  if (operator === 'eq') return compileEquals(a, b, right, domain);
  if (operator === 'ne') {
    const equals = compileEquals(a, b, right, domain);
    return (row) => !equals(row);
  }
  if (operator === 'has') return compileHas(a, b);
  const accepts = orders[operator];
  return (row) => {
    const x = a(row);
    const y = b(row);
    // Null has no order (OData 4.0 URL 5.1.1.1.3).
    return x !== null && y !== null && accepts(domain.compare(x, y));
  };
}

const orders: Readonly<Record<'gt' | 'ge' | 'lt' | 'le', (order: number) => boolean>> = {
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

/** Null equals null and nothing else (OData 4.01 URL 5.1.1.1.1). Domains hold each value in one way only. */
function compileEquals(a: Getter, b: Getter, right: FilterExpression, domain: Domain): (row: Row) => boolean {
  const constant = right.kind === 'literal' ? b({}) : undefined;
  if (constant === null || typeof constant === 'string' || typeof constant === 'boolean') {
    return (row) => a(row) === constant;
  }
  if (constant === undefined) return (row) => areEqual(a(row), b(row), domain);
  return (row) => {
    const value = a(row);
    return value === constant || (value !== null && domain.compare(value, constant) === 0);
  };
}

function areEqual(left: Value, right: Value, domain: Domain): boolean {
  return left === null || right === null ? left === right : domain.compare(left, right) === 0;
}

/** All the bits of the right operand are set in the left one (OData 4.01 URL 5.1.1.1.10). */
function compileHas(a: Getter, b: Getter): Condition {
  return (row) => {
    const value = a(row);
    const flags = b(row);
    if (!isInteger(value) || !isInteger(flags)) return value === null || flags === null ? null : false;
    return (BigInt(value) & BigInt(flags)) === BigInt(flags);
  };
}

function isInteger(value: Value): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value);
}

/** `operand eq item` for any item (OData 4.01 URL 5.1.1.1.12). */
function compileInList(tree: InList, context: CompileContext): Condition {
  const conditions = tree.items.map((item) => {
    const domain = commonDomain(typeOf(tree.operand, context), typeOf(item, context), context);
    const operand = compileValue(tree.operand, domain, context);
    return compileEquals(operand, compileValue(item, domain, context), item, domain);
  });
  return (row) => conditions.some((condition) => condition(row));
}

/** A text compared with a literal that holds `*`, where that is a wildcard; otherwise undefined. */
function compileWildcard(
  left: FilterExpression,
  right: FilterExpression,
  context: CompileContext,
): ((row: Row) => boolean) | undefined {
  const [pattern, other] = right.kind === 'literal' ? [right, left] : [left, right];
  const isPattern = pattern.kind === 'literal' && pattern.type === 'Edm.String' && pattern.text.includes('*');
  if (!context.wildcardEquals || !isPattern) return undefined;
  const matches = wildcardMatcher(fold(pattern.text, context));
  const text = compileValue(other, domainOf({ kind: 'primitive', name: 'Edm.String' }, context), context);
  return (row) => {
    const value = text(row);
    return typeof value === 'string' && matches(value);
  };
}

/** `contains`, `startswith`, `endswith` (OData 4.01 URL 5.1.1.5). */
function compileMatch(tree: FunctionCall, context: CompileContext): Condition {
  const matches = textMatches[tree.name];
  const [first, second] = tree.arguments.map(({ value }) => value);
  if (matches === undefined || first === undefined || second === undefined)
    throw notEvaluated(tree.name, tree.position);
  if (second.kind === 'literal' && second.type === 'Edm.String') {
    const part = fold(second.text, context);
    const text = compileValue(first, domainOf({ kind: 'primitive', name: 'Edm.String' }, context), context);
    return (row) => {
      const value = text(row);
      return typeof value === 'string' ? matches(value, part) : null;
    };
  }
  const texts = compilePair(first, second, context);
  return (row) => {
    const both = texts(row);
    return both === null ? null : matches(fold(both[0], context), fold(both[1], context));
  };
}

const textMatches: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};
