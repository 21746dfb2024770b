/** Trees to values: the evaluator (reference 7.5). */

import { checkLimit } from '../../base/limits.ts';
import { didYouMean } from '../../base/nearest.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { ExpressionFunction } from './functions/function.ts';
import { findFunction, findFunctionNotBuilt, functionNames } from './functions/registry.ts';
import { valueTextMax } from './limits.ts';
import { memberAccess } from './member-access.ts';
import type { EvaluationScope } from './scope.ts';
import type { CallExpression, Expression, ObjectTemplate, Template } from './syntax.ts';
import { toText } from './to-text.ts';
import type { Value } from './value.ts';

/** The value of a template. Raises EXPRESSION_FAILED with the position, and LIMIT_EXCEEDED. */
export function evaluateTemplate(template: Template, scope: EvaluationScope): Value {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      try {
        return evaluateExpression(template.expression, scope);
      } catch (error) {
        throw located(error, template.source);
      }
    case 'interpolation':
      try {
        return interpolate(template.parts, scope);
      } catch (error) {
        throw located(error, template.source);
      }
    case 'array':
      return template.items.map((item) => evaluateTemplate(item, scope));
    case 'object':
      return evaluateObject(template, scope);
  }
}

/** The value of an expression. Raises EXPRESSION_FAILED with the position, and LIMIT_EXCEEDED. */
export function evaluateExpression(expression: Expression, scope: EvaluationScope): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'member': {
      const value = scope.atPath?.(expression);
      if (value !== undefined) return value;
      const object = evaluateExpression(expression.object, scope);
      return memberAccess(object, evaluateExpression(expression.index, scope), expression);
    }
    case 'call':
      return evaluateCall(expression, scope);
  }
}

/**
 * Calls a function by name with arguments that are values already, as the structured conditions of `If` do.
 * Raises EXPRESSION_FAILED, and LIMIT_EXCEEDED.
 */
export function callFunction(name: string, values: readonly (() => Value)[], scope: EvaluationScope): Value {
  const definition = functionOf(name, 0);
  checkCount(definition, values.length, 0);
  return applyFunction(definition, values, scope, 0);
}

function evaluateCall(call: CallExpression, scope: EvaluationScope): Value {
  const definition = functionOf(call.name, call.position);
  checkCount(definition, call.arguments.length, call.position);
  if (definition.kind === 'eager') {
    const values = call.arguments.map((argument) => evaluateExpression(argument, scope));
    return definition.evaluate({ definition, arguments: values, scope, position: call.position });
  }
  return definition.evaluate({
    definition,
    count: call.arguments.length,
    position: call.position,
    argument(index) {
      const argument = call.arguments[index];
      return argument === undefined ? null : evaluateExpression(argument, scope);
    },
  });
}

function applyFunction(
  definition: ExpressionFunction,
  values: readonly (() => Value)[],
  scope: EvaluationScope,
  position: number,
): Value {
  if (definition.kind === 'eager') {
    return definition.evaluate({ definition, arguments: values.map((value) => value()), scope, position });
  }
  return definition.evaluate({
    definition,
    count: values.length,
    position,
    argument: (index) => values[index]?.() ?? null,
  });
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

function interpolate(parts: readonly (string | Expression)[], scope: EvaluationScope): string {
  let text = '';
  for (const part of parts) {
    text += typeof part === 'string' ? part : toText(evaluateExpression(part, scope), part.position);
    checkLimit('valueTextMax', valueTextMax, text.length, 'The length of an interpolated text');
  }
  return text;
}

function evaluateObject(template: ObjectTemplate, scope: EvaluationScope): Value {
  const members = new Map<string, Value>();
  for (const { name, value } of template.members) {
    members.set(toText(evaluateTemplate(name, scope)), evaluateTemplate(value, scope));
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
