/** Expression → a function of a row that says whether it holds. */

import type { Row } from '../../row.ts';
import { booleanType, type ExpressionType } from '../check/expression-type.ts';
import { partOf, type TypedExpression } from '../check/typed-expression.ts';
import type { Comparison, Logical } from '../tree/filter-expression.ts';
import { type CompileContext, type Condition, fold, visitItems } from './compile-context.ts';
import { compileIn, type DomainGetter } from './compile-in.ts';
import { compileWildcard } from './compile-wildcard.ts';
import { areEqual, commonDomain, type Domain, domainOf, type Value } from './domain.ts';

/** Compiles a condition, with OData's three truth values: null is neither true nor false. */
export function compileCondition(typed: TypedExpression, context: CompileContext): Condition {
  const { expression } = typed;
  switch (expression.kind) {
    case 'comparison':
      return compileComparison(expression, typed, context);
    case 'logical':
      return compileLogical(expression, typed, context);
    case 'not': {
      const operand = context.condition(partOf(typed, 0));
      return (row, frame) => {
        const holds = operand(row, frame);
        return holds === null ? null : !holds;
      };
    }
    case 'inList':
      return compileInList(typed, context);
    case 'inCollection':
      return compileInCollection(typed, context);
    case 'lambda':
      return compileLambda(expression.operator, typed, context);
    default: {
      const value = context.value(typed);
      const domain = domainOf(booleanType, context);
      return (row, frame) => {
        const holds = value(row, frame);
        return typeof holds === 'boolean' ? holds : (domain.read(holds) as boolean | null);
      };
    }
  }
}

/** `and`: false wins over null, null over true; `or`: the other way round (OData 4.01 URL 5.1.1.1.7, 5.1.1.1.8). */
function compileLogical(tree: Logical, typed: TypedExpression, context: CompileContext): Condition {
  const conditions = operandsOf(tree, typed).map((operand) => context.condition(operand));
  const decisive = tree.operator === 'or';
  const [first, second] = conditions;
  if (conditions.length === 2 && first !== undefined && second !== undefined) {
    return (row, frame) => {
      const left = first(row, frame);
      if (left === decisive) return decisive;
      const right = second(row, frame);
      if (right === decisive) return decisive;
      return left === null || right === null ? null : !decisive;
    };
  }
  return (row, frame) => {
    let isNull = false;
    for (const condition of conditions) {
      const holds = condition(row, frame);
      if (holds === decisive) return decisive;
      if (holds === null) isNull = true;
    }
    return isNull ? null : !decisive;
  };
}

/** The operands of a chain of one operator, which groups from the left. */
function operandsOf({ operator }: Logical, typed: TypedExpression): readonly TypedExpression[] {
  const operands: TypedExpression[] = [];
  let left = typed;
  while (left.expression.kind === 'logical' && left.expression.operator === operator) {
    operands.push(partOf(left, 1));
    left = partOf(left, 0);
  }
  return [left, ...operands.reverse()];
}

function compileComparison(tree: Comparison, typed: TypedExpression, context: CompileContext): Condition {
  const { operator } = tree;
  const left = partOf(typed, 0);
  const right = partOf(typed, 1);
  const matches = operator === 'eq' || operator === 'ne' ? compileWildcard(left, right, context) : undefined;
  if (matches !== undefined) return operator === 'eq' ? matches : (row, frame) => !matches(row, frame);
  const domain = commonDomain(left.type, right.type, context);
  const a = compileIn(left, domain, context);
  const b = compileIn(right, domain, context);
  if (operator === 'eq') return compileEquals(a, b, right, domain);
  if (operator === 'ne') {
    const equals = compileEquals(a, b, right, domain);
    return (row, frame) => !equals(row, frame);
  }
  if (operator === 'has') return compileHas(a, b);
  const accepts = orders[operator];
  const isOrEqual = operator === 'ge' || operator === 'le';
  return (row, frame) => {
    const x = a(row, frame);
    const y = b(row, frame);
    // Null has no order, but is equal to itself (OData 4.01 URL 5.1.1.1.3 to 5.1.1.1.6).
    if (x === null || y === null) return isOrEqual && x === y;
    return accepts(domain.compare(x, y));
  };
}

const orders: Readonly<Record<'gt' | 'ge' | 'lt' | 'le', (order: number) => boolean>> = {
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

type Test = (...args: Parameters<Condition>) => boolean;

/** Null equals null and nothing else (OData 4.01 URL 5.1.1.1.1). Domains hold texts and booleans in one way only. */
function compileEquals(a: DomainGetter, b: DomainGetter, right: TypedExpression, domain: Domain): Test {
  const constant = right.expression.kind === 'literal' ? b({}, noFrame) : undefined;
  if (constant === null || typeof constant === 'string' || typeof constant === 'boolean') {
    return (row, frame) => a(row, frame) === constant;
  }
  if (constant === undefined) return (row, frame) => areEqual(a(row, frame), b(row, frame), domain);
  return (row, frame) => {
    const value = a(row, frame);
    return value === constant ? !Number.isNaN(value) : value !== null && domain.compare(value, constant) === 0;
  };
}

const noFrame = { it: undefined, these: undefined, slots: [], visited: 0 };

/** All the bits of the right operand are set in the left one (OData 4.01 URL 5.1.1.1.10). */
function compileHas(a: DomainGetter, b: DomainGetter): Condition {
  return (row, frame) => {
    const value = a(row, frame);
    const flags = b(row, frame);
    if (!isInteger(value) || !isInteger(flags)) return value === null || flags === null ? null : false;
    return (BigInt(value) & BigInt(flags)) === BigInt(flags);
  };
}

function isInteger(value: Value): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value);
}

/** `operand eq item` for any item (OData 4.01 URL 5.1.1.1.11). Literals of one type that are texts are looked up. */
function compileInList(typed: TypedExpression, context: CompileContext): Condition {
  const [operand, ...items] = typed.parts;
  if (operand === undefined) return () => false;
  const byText = compileTextSet(operand, items, context);
  if (byText !== undefined) return byText;
  const conditions = items.map((item) => {
    const domain = commonDomain(operand.type, item.type, context);
    return compileEquals(compileIn(operand, domain, context), compileIn(item, domain, context), item, domain);
  });
  return (row, frame) => conditions.some((condition) => condition(row, frame));
}

function compileTextSet(
  operand: TypedExpression,
  items: readonly TypedExpression[],
  context: CompileContext,
): Condition | undefined {
  const isText = (type: ExpressionType) => type.kind === 'primitive' && type.name === 'Edm.String';
  if (!isText(operand.type) || !items.every(({ expression }) => expression.kind === 'literal')) return undefined;
  const known = new Set<Value>();
  for (const { expression, type } of items) {
    if (expression.kind !== 'literal' || !(isText(type) || type.kind === 'null')) return undefined;
    known.add(type.kind === 'null' ? null : fold(expression.text, context));
  }
  const value = compileIn(operand, domainOf(operand.type, context), context);
  return (row, frame) => known.has(value(row, frame));
}

/** `operand eq item` for any item of a collection; nothing is in a collection that is null. */
function compileInCollection(typed: TypedExpression, context: CompileContext): Condition {
  const [operand, collection] = [partOf(typed, 0), partOf(typed, 1)];
  const item: ExpressionType = collection.type.kind === 'collection' ? collection.type.item : { kind: 'unknown' };
  const domain = commonDomain(operand.type, item, context);
  const wanted = compileIn(operand, domain, context);
  const values = context.value(collection);
  return (row, frame) => {
    const all = values(row, frame);
    if (!Array.isArray(all)) return false;
    visitItems(frame, all.length);
    const value = wanted(row, frame);
    return all.some((each) => areEqual(value, domain.read(each), domain));
  };
}

/**
 * `any` of none is false, `all` of none is true; a collection that is absent has none, and a condition that is null does
 * not hold (OData 4.01 URL 5.1.1.13).
 */
function compileLambda(operator: 'any' | 'all', typed: TypedExpression, context: CompileContext): Condition {
  const collection = context.value(partOf(typed, 0));
  const [, predicate] = typed.parts;
  const { slot = 0 } = typed;
  if (predicate === undefined) {
    return (row, frame) => {
      const items = collection(row, frame);
      return Array.isArray(items) && items.length > 0;
    };
  }
  const condition = context.condition(predicate);
  const decisive = operator === 'any';
  return (row, frame) => {
    const items = collection(row, frame);
    if (!Array.isArray(items)) return !decisive;
    for (const item of items as readonly (Row | unknown)[]) {
      visitItems(frame, 1);
      frame.slots[slot] = item;
      if ((condition(row, frame) === true) === decisive) return decisive;
    }
    return !decisive;
  };
}
