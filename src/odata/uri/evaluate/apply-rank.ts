/** `topcount` and its kin on rows. */

import { RialtoError } from '../../../base/errors.ts';
import type { Row } from '../../row.ts';
import type { TypedTransformation } from '../check/check-apply.ts';
import type { RankTransformation } from '../tree/apply-transformation.ts';
import type { Transform } from './apply-transformations.ts';
import { compareValues } from './compare-rows.ts';
import { type CompileContext, frameOf } from './compile-context.ts';
import { compileIn } from './compile-in.ts';
import { domainOf, numbers } from './domain.ts';
import { compareNumeric, compute, type Numeric } from './numeric.ts';

/**
 * Takes rows, greatest or smallest first, until there are enough, until their sum is reached, or a part of the sum of
 * all; they stay in the order of the input (OData Data Aggregation 4.0, section 3.3.1). Raises ODATA_LITERAL_INVALID for
 * an amount that is no number in its range.
 */
export function compileRank(
  kind: RankTransformation['kind'],
  step: TypedTransformation,
  context: CompileContext,
): Transform {
  const [amount, by] = step.expressions;
  if (amount === undefined || by === undefined) return (rows) => rows;
  const domain = domainOf(by.type, context);
  const amountOf = context.value(amount);
  const rankOf = compileIn(by, domain, context);
  const sign = kind.startsWith('top') ? -1 : 1;
  return (rows) => {
    const wanted = checkAmount(kind, amountOf(undefined, frameOf(undefined, context.options, rows)));
    const ranked = rows.map((row, index) => ({ row, index, value: rankOf(row, frameOf(row, context.options, rows)) }));
    ranked.sort((left, right) => sign * compareValues(left.value, right.value, domain.compare));
    const values = ranked.map(({ value }) => (numbers.read(value) ?? 0) as Numeric);
    const taken = new Set(ranked.slice(0, countTaken(kind, wanted, values)).map(({ index }) => index));
    return rows.filter((_row: Row, index) => taken.has(index));
  };
}

function checkAmount(kind: RankTransformation['kind'], given: unknown): Numeric {
  const amount = numbers.read(given) as Numeric | null;
  const isPositive = amount !== null && compareNumeric(amount, 0) > 0;
  if (amount !== null && kind.endsWith('sum')) return amount;
  if (kind.endsWith('count') && isPositive && Number.isInteger(Number(amount))) return amount;
  if (kind.endsWith('percent') && isPositive && compareNumeric(amount, 100) <= 0) return amount;
  const wanted = kind.endsWith('count')
    ? 'a positive integer'
    : kind.endsWith('sum')
      ? 'a number'
      : 'a number up to 100';
  throw new RialtoError('ODATA_LITERAL_INVALID', `${kind} is given ${String(given)}; expected ${wanted}.`);
}

/** How many of the ranked values are taken before the condition to stop is met. */
function countTaken(kind: RankTransformation['kind'], wanted: Numeric, values: readonly Numeric[]): number {
  if (kind.endsWith('count')) return Number(wanted);
  const add = (left: Numeric, right: Numeric) => compute('add', left, right, 'decimal');
  const goal = kind.endsWith('sum')
    ? wanted
    : compute('divby', compute('mul', values.reduce(add, 0), wanted, 'decimal'), 100, 'decimal');
  let total: Numeric = 0;
  for (const [index, value] of values.entries()) {
    if (compareNumeric(total, goal) >= 0) return index;
    total = add(total, value);
  }
  return values.length;
}
