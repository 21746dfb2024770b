/** Expression → a function of a row that gives its JSON value. */

import { literalValue } from '../../literal/literal-value.ts';
import type { Model } from '../../model/model.ts';
import { partOf, type TypedExpression } from '../check/typed-expression.ts';
import { compileArithmetic, compileNegate } from './compile-arithmetic.ts';
import { compileCall } from './compile-call.ts';
import { compileAggregateOf, compileCountOf, compileFiltered, compileKeyLookup } from './compile-collection.ts';
import { compileCondition } from './compile-condition.ts';
import type { CompileContext, EvaluateOptions, Getter } from './compile-context.ts';
import { compilePath } from './compile-path.ts';
import { compileTypeFunction } from './compile-type-function.ts';

/** What compiling needs, from the options of the caller. */
export function compileContext(model: Model, options: EvaluateOptions, hasThese = false): CompileContext {
  const context: CompileContext = {
    model,
    collation: options.stringCollation ?? 'ordinal',
    wildcardEquals: options.wildcardEquals ?? false,
    options,
    hasThese,
    value: (typed) => compileValue(typed, context),
    condition: (typed) => compileCondition(typed, context),
  };
  return context;
}

/** The JSON value of an expression. Raises ODATA_TYPE_MISMATCH for what is not evaluated. */
function compileValue(typed: TypedExpression, context: CompileContext): Getter {
  const { expression } = typed;
  switch (expression.kind) {
    case 'literal': {
      const value = literalValue(expression);
      return () => value;
    }
    case 'propertyPath':
    case 'member':
      return compilePath(typed, context);
    case 'arithmetic':
      return compileArithmetic(typed, context);
    case 'negate':
      return compileNegate(typed, context);
    case 'functionCall':
      // What only the model told from a call.
      if (typed.keyNames !== undefined) return compileKeyLookup(typed, context);
      return compileCall(expression, typed, context);
    case 'array': {
      const items = typed.parts.map(context.value);
      return (row, frame) => items.map((item) => item(row, frame));
    }
    case 'object': {
      const members = expression.members.map(({ name }, index) => [name, context.value(partOf(typed, index))] as const);
      return (row, frame) => Object.fromEntries(members.map(([name, value]) => [name, value(row, frame)]));
    }
    case 'parameterAlias': {
      const [value] = typed.parts;
      // An alias without a value is null (OData 4.01 Protocol 11.2.6.1.3).
      return value === undefined ? () => null : context.value(value);
    }
    case 'typeFunction':
      return compileTypeFunction(expression, typed, context);
    case 'case':
      return compileCase(typed, context);
    case 'keyLookup':
      return compileKeyLookup(typed, context);
    case 'filteredCollection':
      return compileFiltered(typed, context);
    case 'countOf':
      return compileCountOf(expression, typed, context);
    case 'aggregateOf':
      return compileAggregateOf(expression, typed, context);
    default:
      return context.condition(typed);
  }
}

/** The value beside the first condition that holds; null when none does (OData 4.01 URL 5.1.1.12). */
function compileCase(typed: TypedExpression, context: CompileContext): Getter {
  const branches: (readonly [ReturnType<CompileContext['condition']>, Getter])[] = [];
  for (let index = 0; index + 1 < typed.parts.length; index += 2) {
    branches.push([context.condition(partOf(typed, index)), context.value(partOf(typed, index + 1))]);
  }
  return (row, frame) => {
    for (const [condition, value] of branches) if (condition(row, frame) === true) return value(row, frame);
    return null;
  };
}
