/** The public door of the expression language: templates of plain JSON in, plain JSON out. */

import type { JsonValue } from '../../base/json.ts';
import { evaluateTemplate } from './evaluate.ts';
import { contextScope, type EvaluationContext } from './evaluation-context.ts';
import { fromJson, toJson } from './json-value.ts';
import { parseTemplate } from './parse-template.ts';

/** A template that was read once and is evaluated many times. Raises EXPRESSION_FAILED and LIMIT_EXCEEDED. */
export type CompiledTemplate = (context: EvaluationContext) => JsonValue;

/**
 * Reads a template, any JSON value: `compile({ name: "@triggerBody()?['lastname']" })`.
 * Raises EXPRESSION_SYNTAX with the position, and LIMIT_EXCEEDED.
 */
export function compile(template: JsonValue): CompiledTemplate {
  const tree = parseTemplate(fromJson(template));
  return (context) => toJson(evaluateTemplate(tree, contextScope(context)));
}

/**
 * Evaluates a template once: `evaluate("@add(1, 2)", {})` is 3.
 * Raises EXPRESSION_SYNTAX and EXPRESSION_FAILED, both with the position, and LIMIT_EXCEEDED.
 */
export function evaluate(template: JsonValue, context: EvaluationContext = {}): JsonValue {
  return compile(template)(context);
}
