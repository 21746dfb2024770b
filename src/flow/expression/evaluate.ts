/** Trees to values: the evaluator (reference 7.5). */

import { checkLimit } from '../../base/limits.ts';
import { didYouMean } from '../../base/nearest.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { EagerFunction, ExpressionFunction, FunctionCall } from './functions/function.ts';
import { findFunction, findFunctionNotBuilt, functionNames } from './functions/registry.ts';
import { evaluationSizeMax, valueTextMax } from './limits.ts';
import { memberAccess } from './member-access.ts';
import type { EvaluationScope } from './scope.ts';
import type { CallExpression, Expression, ObjectTemplate, Template } from './syntax.ts';
import { toText } from './to-text.ts';
import { isArrayValue, isObjectValue, type Value } from './value.ts';

/** The value of a template. Raises EXPRESSION_FAILED with the position, and LIMIT_EXCEEDED. */
export function evaluateTemplate(template: Template, scope: EvaluationScope, work: Work = newWork()): Value {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      try {
        return evaluateExpression(template.expression, scope, work);
      } catch (error) {
        throw located(error, template.source);
      }
    case 'interpolation':
      try {
        return interpolate(template.parts, scope, work);
      } catch (error) {
        throw located(error, template.source);
      }
    case 'array':
      return template.items.map((item) => evaluateTemplate(item, scope, work));
    case 'object':
      return evaluateObject(template, scope, work);
  }
}

/** What the calls of one evaluation have taken and given. */
interface Work {
  size: number;
}

function newWork(): Work {
  return { size: 0 };
}

/** The value of an expression. Raises EXPRESSION_FAILED with the position, and LIMIT_EXCEEDED. */
export function evaluateExpression(expression: Expression, scope: EvaluationScope, work: Work = newWork()): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'member': {
      const value = scope.atPath?.(expression);
      if (value !== undefined) return value;
      const object = evaluateExpression(expression.object, scope, work);
      return memberAccess(object, evaluateExpression(expression.index, scope, work), expression);
    }
    case 'call':
      return evaluateCall(expression, scope, work);
  }
}

/**
 * Calls a function by name with arguments that are values already, as the structured conditions of `If` do.
 * Raises EXPRESSION_FAILED, and LIMIT_EXCEEDED.
 */
export function callFunction(name: string, values: readonly (() => Value)[], scope: EvaluationScope): Value {
  const definition = functionOf(name, 0);
  checkCount(definition, values.length, 0);
  const at = { definition, scope, position: 0 };
  if (definition.kind === 'eager') {
    return callEager(definition, { ...at, arguments: values.map((value) => value()) }, newWork());
  }
  return definition.evaluate({ ...at, count: values.length, argument: (index) => values[index]?.() ?? null });
}

function evaluateCall(call: CallExpression, scope: EvaluationScope, work: Work): Value {
  const definition = functionOf(call.name, call.position);
  checkCount(definition, call.arguments.length, call.position);
  if (definition.kind === 'eager') {
    const values: Value[] = [];
    for (const argument of call.arguments) values.push(evaluateExpression(argument, scope, work));
    return callEager(definition, { definition, arguments: values, scope, position: call.position }, work);
  }
  return definition.evaluate({
    definition,
    count: call.arguments.length,
    position: call.position,
    argument(index) {
      const argument = call.arguments[index];
      return argument === undefined ? null : evaluateExpression(argument, scope, work);
    },
  });
}

function callEager(definition: EagerFunction, call: FunctionCall, work: Work): Value {
  for (const value of call.arguments) work.size += sizeOf(value);
  const result = definition.evaluate(call);
  if (typeof result === 'string') {
    checkLimit('valueTextMax', valueTextMax, result.length, `The length of the result of ${definition.name}()`);
  }
  work.size += sizeOf(result);
  if (work.size > evaluationSizeMax) {
    checkLimit('evaluationSizeMax', evaluationSizeMax, work.size, 'The size of all arguments and results');
  }
  return result;
}

/** Characters of a text, items of an array, members of an object. */
function sizeOf(value: Value): number {
  if (typeof value === 'string' || isArrayValue(value)) return value.length;
  return isObjectValue(value) ? value.size : 1;
}

function functionOf(name: string, position: number): ExpressionFunction {
  const definition = findFunction(name);
  if (definition !== undefined) return definition;
  const notBuilt = findFunctionNotBuilt(name);
  const reason =
    notBuilt === undefined
      ? `There is no function '${name}'.${didYouMean(name, functionNames())}`
      : `The function ${notBuilt}() is not supported yet.`;
  throw new EvaluationError(reason, { position });
}

function checkCount(definition: ExpressionFunction, count: number, position: number): void {
  const complaint = argumentCountComplaint(definition, count);
  if (complaint !== undefined) throw new EvaluationError(complaint, { position });
}

/** What is wrong with calling a function with that many arguments; undefined when nothing is. */
export function argumentCountComplaint(definition: ExpressionFunction, count: number): string | undefined {
  const { name, argumentsMin, argumentsMax } = definition;
  if (count >= argumentsMin && count <= argumentsMax) return undefined;
  const expected =
    argumentsMax === argumentsMin
      ? `${argumentsMin}`
      : Number.isFinite(argumentsMax)
        ? `${argumentsMin} to ${argumentsMax}`
        : `at least ${argumentsMin}`;
  return `${name}() is called with ${count} argument${count === 1 ? '' : 's'}; expected ${expected}.`;
}

function interpolate(parts: readonly (string | Expression)[], scope: EvaluationScope, work: Work): string {
  let text = '';
  for (const part of parts) {
    text += typeof part === 'string' ? part : toText(evaluateExpression(part, scope, work), part.position);
    checkLimit('valueTextMax', valueTextMax, text.length, 'The length of an interpolated text');
  }
  return text;
}

function evaluateObject(template: ObjectTemplate, scope: EvaluationScope, work: Work): Value {
  const members = new Map<string, Value>();
  for (const { name, value } of template.members) {
    const key = toText(evaluateTemplate(name, scope, work));
    members.set(key, evaluateTemplate(value, scope, work));
  }
  return members;
}

/** The same error with the template string that it happened in. */
function located(error: unknown, source: string): unknown {
  if (!(error instanceof EvaluationError) || error.source !== undefined) return error;
  const shown = source.length <= 200 ? source : `${source.slice(0, 200)}…`;
  return new EvaluationError(`${error.message} At position ${error.position} of '${shown}'.`, {
    position: error.position,
    source,
    complaint: error.complaint,
    cause: error.cause,
  });
}
