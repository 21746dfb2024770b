/** Arithmetic operators → functions of a row. */

import { type ExpressionType, isFloating, isInteger, isNumeric } from '../check/expression-type.ts';
import { partOf, type TypedExpression } from '../check/typed-expression.ts';
import type { ArithmeticOperator } from '../tree/filter-expression.ts';
import type { CompileContext, Getter } from './compile-context.ts';
import { numbers } from './domain.ts';
import { compute, type Numeric, negated } from './numeric.ts';
import { computeTemporal, isNumericText, negatedDuration } from './temporal-arithmetic.ts';

type Compute = (left: unknown, right: unknown) => unknown;

/** A chain of operators, each with what stands at its right; null on either side makes null (OData 4.01 URL 5.1.1.2). */
export function compileArithmetic(typed: TypedExpression, context: CompileContext): Getter {
  const steps: { readonly compute: Compute; readonly right: Getter }[] = [];
  let left = typed;
  while (left.expression.kind === 'arithmetic') {
    const [first, second] = [partOf(left, 0), partOf(left, 1)];
    steps.push({
      compute: computeOf(left.expression.operator, left.type, [first.type, second.type]),
      right: context.value(second),
    });
    left = first;
  }
  const first = context.value(left);
  steps.reverse();
  return (row, frame) => {
    let value = first(row, frame);
    for (const step of steps) {
      const right = step.right(row, frame);
      value = value === null || right === null ? null : step.compute(value, right);
    }
    return value;
  };
}

/** `-operand`, of a number or a duration (OData 4.01 URL 5.1.1.2.3). */
export function compileNegate(typed: TypedExpression, context: CompileContext): Getter {
  const operand = context.value(partOf(typed, 0));
  return (row, frame) => {
    const value = operand(row, frame);
    if (typeof value === 'string' && !isNumericText(value)) return negatedDuration(value);
    const number = numbers.read(value);
    return number === null ? null : negated(number as Numeric);
  };
}

/** How to compute, by what is known of the types; where too little is, the values decide. */
function computeOf(operator: ArithmeticOperator, type: ExpressionType, operands: readonly ExpressionType[]): Compute {
  if (type.kind === 'unknown') return (left, right) => computeByValues(operator, left, right);
  if (!isNumeric(type)) return (left, right) => computeTemporal(operator, left, right);
  const how = operands.some(isFloating) ? 'double' : operands.every(isInteger) ? 'integer' : 'decimal';
  return (left, right) => {
    const a = numbers.read(left);
    const b = numbers.read(right);
    return a === null || b === null ? null : compute(operator, a as Numeric, b as Numeric, how);
  };
}

function computeByValues(operator: ArithmeticOperator, left: unknown, right: unknown): unknown {
  const a = numbers.read(left);
  const b = numbers.read(right);
  if (a === null || b === null) return computeTemporal(operator, left, right);
  const isWhole = [a, b].every((value) => typeof value === 'bigint' || Number.isInteger(value));
  return compute(operator, a as Numeric, b as Numeric, isWhole ? 'integer' : 'decimal');
}
