/** Aggregation methods (OData Data Aggregation 4.0, section 3.2.1). */

import { isCount } from '../check/aggregated-type.ts';
import type { TypedAggregate } from '../check/check-apply.ts';
import { type ExpressionType, isFloating, unknownType } from '../check/expression-type.ts';
import type { TypedExpression } from '../check/typed-expression.ts';
import { type CompileContext, type Frame, frameOf, type Getter, notEvaluated } from './compile-context.ts';
import { type Domain, domainOf, numbers } from './domain.ts';
import { groupRows, valueKey } from './group-rows.ts';
import { compute, type Numeric } from './numeric.ts';
import { checkValueDepth } from './structures.ts';

/** What an aggregate makes of the instances of a collection. */
export type Aggregator = (rows: readonly unknown[], frame: Frame) => unknown;

/**
 * The function of an aggregate expression. Null values do not take part; of no values every method but the counts gives
 * null. Each `from` groups, aggregates each group, and aggregates the results. A method or an aggregate of the service
 * itself is refused by name.
 */
export function aggregator({ item, value, from }: TypedAggregate, context: CompileContext): Aggregator {
  if (item.method === undefined && !isCount(item)) {
    throw notEvaluated(`The custom aggregate ${nameOf(value)}`, item.position);
  }
  const base =
    item.method === undefined ? counter(value, context) : methodOf(item.method, value, context, item.position);
  return item.from.reduce((inner: Aggregator, { method }, index) => {
    const group = groupRows(from[index] ?? [], context);
    const combine = combiner(method, value.type, context, item.position);
    return (rows, frame) => combine(group(rows).map(({ rows: members }) => inner(members, frame)));
  }, base);
}

function nameOf({ expression }: TypedExpression): string {
  return expression.kind === 'propertyPath' ? expression.path.join('/') : expression.kind;
}

/** `$count` of the instances, or of those that a path leads to. */
function counter(value: TypedExpression, context: CompileContext): Aggregator {
  if (value.path?.root.kind === 'these') return (rows) => rows.length;
  const count = context.value(value);
  return (rows, frame) =>
    sum(
      rows.map((row) => count(row, inRow(row, rows, frame, context))),
      unknownType,
    );
}

function methodOf(method: string, value: TypedExpression, context: CompileContext, position: number): Aggregator {
  const get: Getter = context.value(value);
  const combine = combiner(method, value.type, context, position);
  return (rows, frame) => combine(rows.map((row) => get(row, inRow(row, rows, frame, context))));
}

/** `$it` stays what it is around; within `$apply` it is each instance. */
function inRow(row: unknown, rows: readonly unknown[], frame: Frame, { options }: CompileContext): Frame {
  return frame.it === undefined ? frameOf(row, options, rows) : frame;
}

/** A method as a function of the values, which may be collections of values. */
function combiner(
  method: string | undefined,
  type: ExpressionType,
  context: CompileContext,
  position: number,
): (values: readonly unknown[]) => unknown {
  const item = innermost(type);
  const domain = domainOf(item, context);
  switch (method) {
    case 'sum':
      return (values) => sum(present(values), item);
    case 'average':
      return (values) => average(present(values), item);
    case 'min':
      return (values) => extreme(present(values), domain, -1);
    case 'max':
      return (values) => extreme(present(values), domain, 1);
    case 'countdistinct': {
      const keyOf = valueKey(item, context);
      return (values) => new Set(present(values).map(keyOf)).size;
    }
    default:
      throw notEvaluated(`The aggregation method ${method ?? ''}`, position);
  }
}

function innermost(type: ExpressionType): ExpressionType {
  return type.kind === 'collection' ? innermost(type.item) : type;
}

function present(values: readonly unknown[], depth = 0): readonly unknown[] {
  checkValueDepth(depth);
  return values.flatMap((value) => {
    if (Array.isArray(value)) return present(value, depth + 1);
    return value === null || value === undefined ? [] : [value];
  });
}

function sum(values: readonly unknown[], type: ExpressionType): Numeric | null {
  const how = isFloating(type) ? 'double' : 'decimal';
  let total: Numeric | null = null;
  for (const value of values) {
    const number = numbers.read(value) as Numeric | null;
    if (number !== null) total = total === null ? number : add(total, number, how);
  }
  return total;
}

/** Small integers are added as they are. */
function add(left: Numeric, right: Numeric, how: 'double' | 'decimal'): Numeric {
  const isWhole = Number.isSafeInteger(left) && Number.isSafeInteger(right);
  return compute('add', left, right, isWhole ? 'integer' : how);
}

function average(values: readonly unknown[], type: ExpressionType): Numeric | null {
  const total = sum(values, type);
  const count = values.filter((value) => numbers.read(value) !== null).length;
  return total === null ? null : compute('divby', total, count, isFloating(type) ? 'double' : 'decimal');
}

function extreme(values: readonly unknown[], domain: Domain, sign: -1 | 1): unknown {
  let best: unknown = null;
  for (const value of values) {
    const read = domain.read(value);
    if (read === null) continue;
    if (best === null || sign * domain.compare(read, domain.read(best)) > 0) best = value;
  }
  return best;
}
