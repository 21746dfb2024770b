/** The expression language: values, templates, evaluation. Pure. */

export { compareValues, valuesEqual } from './compare.ts';
export { type CompiledTemplate, compile, evaluate } from './compile.ts';
export { Decimal } from './decimal.ts';
export { argumentCountComplaint, callFunction, evaluateExpression, evaluateTemplate } from './evaluate.ts';
export { contextScope, type EvaluationContext } from './evaluation-context.ts';
export { type ArgumentComplaint, EvaluationError } from './evaluation-error.ts';
export { roundTripText } from './format-timestamp.ts';
export { findFunction, findFunctionNotBuilt, functionNames } from './functions/registry.ts';
export { fromJson, toJson } from './json-value.ts';
export { expressionDepthMax, expressionLengthMax, valueDepthMax, valueTextMax } from './limits.ts';
export { parseTemplate, parseTemplateString } from './parse-template.ts';
export { parseTimestamp } from './parse-timestamp.ts';
export { parseValue } from './parse-value.ts';
export { printExpression, printTemplate } from './print-template.ts';
export { printValue } from './print-value.ts';
export type { EvaluationScope, Moment } from './scope.ts';
export type { CallExpression, Expression, MemberExpression, StringTemplate, Template } from './syntax.ts';
export { epochMsOfTicks, ticksOfEpochMs } from './timestamp.ts';
export { toText } from './to-text.ts';
export {
  type ArrayValue,
  describeValue,
  type Float,
  type Integer,
  isArrayValue,
  isObjectValue,
  memberAt,
  memberOf,
  type ObjectValue,
  objectValue,
  type Value,
} from './value.ts';
export { type CallVisitor, visitCalls } from './visit-calls.ts';
