/** The value of a condition, in either of its forms (reference 3.10). */

import type { Condition } from '../definition/index.ts';
import { callFunction, type EvaluationScope, evaluateTemplate, type Value } from '../expression/index.ts';

/** Evaluates a condition. Raises EXPRESSION_FAILED and LIMIT_EXCEEDED. */
export function evaluateCondition(condition: Condition, scope: EvaluationScope): Value {
  if (condition.kind === 'template') return evaluateTemplate(condition.template, scope);
  if (condition.arguments.length === 0) {
    if (/^and$/i.test(condition.name)) return true;
    if (/^or$/i.test(condition.name)) return false;
  }
  return callFunction(
    condition.name,
    condition.arguments.map((argument) => () => evaluateCondition(argument, scope)),
    scope,
  );
}
