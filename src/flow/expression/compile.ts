/** The public door of the expression language: templates of plain JSON in, plain JSON out. */

import { systemClock } from '../../base/clock.ts';
import { systemIds } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { evaluateTemplate } from './evaluate.ts';
import { contextScope, type EvaluationContext, type MomentDefaults } from './evaluation-context.ts';
import { fromJson, toJson } from './json-value.ts';
import { parseTemplate } from './parse-template.ts';
import { ticksOfEpochMs } from './timestamp.ts';

/** A template that was read once and is evaluated many times. Raises EXPRESSION_FAILED and LIMIT_EXCEEDED. */
export type CompiledTemplate = (context?: EvaluationContext) => JsonValue;

/** A context that says nothing of time and randomness gets the machine's. */
const machine: MomentDefaults = Object.freeze({
  nowTicks: () => ticksOfEpochMs(systemClock.now()),
  random: () => systemIds.random(),
});

/**
 * Reads a template, any JSON value: `compile({ name: "@triggerBody()?['lastname']" })`.
 * Raises EXPRESSION_SYNTAX with the position, and LIMIT_EXCEEDED.
 */
export function compile(template: JsonValue): CompiledTemplate {
  const tree = parseTemplate(fromJson(template));
  return (context = {}) => toJson(evaluateTemplate(tree, contextScope(context, machine)));
}

/**
 * Evaluates a template once: `evaluate("@add(1, 2)", {})` is 3.
 * Raises EXPRESSION_SYNTAX and EXPRESSION_FAILED, both with the position, and LIMIT_EXCEEDED.
 */
export function evaluate(template: JsonValue, context: EvaluationContext = {}): JsonValue {
  return compile(template)(context);
}
