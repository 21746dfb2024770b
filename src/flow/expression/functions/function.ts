/** What a function of the expression language is, and how its arguments are read. */

import { isNumber } from '../compare.ts';
import type { Decimal } from '../decimal.ts';
import { EvaluationError } from '../evaluation-error.ts';
import type { EvaluationScope } from '../scope.ts';
import { type ArrayValue, describeValue, isArrayValue, isObjectValue, type ObjectValue, type Value } from '../value.ts';

/** A call with its arguments evaluated. */
export interface FunctionCall {
  readonly definition: ExpressionFunction;
  readonly arguments: readonly Value[];
  readonly scope: EvaluationScope;
  readonly position: number;
}

/** A call whose arguments are evaluated one by one, as the function asks for them. */
export interface LazyCall {
  readonly definition: ExpressionFunction;
  readonly count: number;
  readonly position: number;
  argument(index: number): Value;
}

interface FunctionBase {
  /** In the spelling of the documentation; calls ignore case. */
  readonly name: string;
  /** As in the documentation: `substring(text, start, length?)`. */
  readonly signature: string;
  /** Names of the arguments, for messages; the last stands for all that follow. */
  readonly parameters: readonly string[];
  readonly argumentsMin: number;
  readonly argumentsMax: number;
}

/** A function that gets all its arguments evaluated. */
export interface EagerFunction extends FunctionBase {
  readonly kind: 'eager';
  readonly evaluate: (call: FunctionCall) => Value;
  /** Not the same twice: it uses the time or randomness. */
  readonly isVolatile?: true;
}

/** A function that evaluates only the arguments it needs. */
export interface LazyFunction extends FunctionBase {
  readonly kind: 'lazy';
  readonly evaluate: (call: LazyCall) => Value;
}

export type ExpressionFunction = EagerFunction | LazyFunction;

/** A function from its signature: `eager('substring(text, start, length?)', …)`, `eager('concat(text, ...)', …)`. */
export function eager(signature: string, evaluate: (call: FunctionCall) => Value): EagerFunction {
  return Object.freeze({ kind: 'eager', ...parseSignature(signature), evaluate });
}

/** As `eager`, for a function that uses the time or randomness. */
export function volatileFunction(signature: string, evaluate: (call: FunctionCall) => Value): EagerFunction {
  return Object.freeze({ kind: 'eager', ...parseSignature(signature), evaluate, isVolatile: true });
}

/** As `eager`, for a function that chooses which arguments to evaluate. */
export function lazy(signature: string, evaluate: (call: LazyCall) => Value): LazyFunction {
  return Object.freeze({ kind: 'lazy', ...parseSignature(signature), evaluate });
}

/** The error of a call: names the function. */
export function callError(call: Pick<FunctionCall, 'definition' | 'position'>, message: string): EvaluationError {
  return new EvaluationError(`${call.definition.name}(): ${message}.`, { position: call.position });
}

/** The error of an argument that is not what the function takes. */
export function argumentError(
  call: Pick<FunctionCall, 'definition' | 'position'>,
  index: number,
  found: Value,
  expected: string,
): EvaluationError {
  const { parameters, name } = call.definition;
  const argument = parameters[Math.min(index, parameters.length - 1)] ?? '';
  const complaint = { function: name, argument, found: describeValue(found), expected };
  const message = `${name}(): argument ${index + 1} '${argument}' is ${complaint.found}; expected ${expected}.`;
  return new EvaluationError(message, { position: call.position, complaint });
}

/** An argument that may be left out: undefined then. */
export function argumentAt(call: FunctionCall, index: number): Value | undefined {
  return call.arguments[index];
}

/** An argument of any type. */
export function anyArgument(call: FunctionCall, index: number): Value {
  return call.arguments[index] ?? null;
}

export function textArgument(call: FunctionCall, index: number): string {
  const value = anyArgument(call, index);
  if (typeof value !== 'string') throw argumentError(call, index, value, 'a string');
  return value;
}

/** A text argument, or the default when it is left out. */
export function optionalText(call: FunctionCall, index: number, otherwise: string): string {
  return index < call.arguments.length ? textArgument(call, index) : otherwise;
}

export function booleanArgument(call: FunctionCall, index: number): boolean {
  const value = anyArgument(call, index);
  if (typeof value !== 'boolean') throw argumentError(call, index, value, 'true or false');
  return value;
}

export function integerArgument(call: FunctionCall, index: number): bigint {
  const value = anyArgument(call, index);
  if (typeof value !== 'bigint') throw argumentError(call, index, value, 'an integer');
  return value;
}

/** An integer argument as a count or offset: held to what an array or string can have. */
export function countArgument(call: FunctionCall, index: number): number {
  const value = integerArgument(call, index);
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Number(value)));
}

export function numberArgument(call: FunctionCall, index: number): bigint | number | Decimal {
  const value = anyArgument(call, index);
  if (!isNumber(value)) throw argumentError(call, index, value, 'a number');
  return value;
}

export function arrayArgument(call: FunctionCall, index: number): ArrayValue {
  const value = anyArgument(call, index);
  if (!isArrayValue(value)) throw argumentError(call, index, value, 'an array');
  return value;
}

export function objectArgument(call: FunctionCall, index: number): ObjectValue {
  const value = anyArgument(call, index);
  if (!isObjectValue(value)) throw argumentError(call, index, value, 'an object');
  return value;
}

function parseSignature(signature: string): FunctionBase {
  const [name = '', list = ''] = signature.replace(/\)$/, '').split('(');
  const written = list.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  const parameters = written.filter((part) => part !== '...');
  return {
    name,
    signature,
    parameters: parameters.map((part) => part.replace('?', '')),
    argumentsMin: parameters.filter((part) => !part.endsWith('?')).length,
    argumentsMax: written.includes('...') ? Number.POSITIVE_INFINITY : parameters.length,
  };
}
