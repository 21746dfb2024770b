/** The canonical functions: what they take and what they give (OData 4.01 URL 5.1.1.4 to 5.1.1.9). */

import type { EdmPrimitiveName } from '../../literal/literal.ts';
import { type ExpressionType, isAny, isInteger, isNumeric, isPrimitive, primitiveType } from './expression-type.ts';

/** One canonical function. */
export interface CanonicalFunction {
  readonly parameters: readonly FunctionParameter[];
  /** How many of the parameters may be left out, from the end. */
  readonly optional: number;
  /** The type of the result, from that of the first argument. */
  result(first: ExpressionType): ExpressionType;
}

/** What a parameter takes; `what` says so in messages. */
export interface FunctionParameter {
  readonly what: string;
  accepts(type: ExpressionType): boolean;
}

const text: FunctionParameter = takes('Edm.String');
const whole: FunctionParameter = { what: 'an integer', accepts: (type) => isAny(type) || isInteger(type) };
const numeric: FunctionParameter = { what: 'a number', accepts: isNumeric };
const dateOrInstant: FunctionParameter = takes('Edm.Date', 'Edm.DateTimeOffset');
const timeOrInstant: FunctionParameter = takes('Edm.TimeOfDay', 'Edm.DateTimeOffset');
const instant: FunctionParameter = takes('Edm.DateTimeOffset');

/** By name. `now`, `cast`, `isof` and the geo functions are not among them: neither service documents them. */
export const canonicalFunctions: ReadonlyMap<string, CanonicalFunction> = new Map([
  ['contains', gives('Edm.Boolean', text, text)],
  ['startswith', gives('Edm.Boolean', text, text)],
  ['endswith', gives('Edm.Boolean', text, text)],
  ['concat', gives('Edm.String', text, text)],
  ['indexof', gives('Edm.Int32', text, text)],
  ['length', gives('Edm.Int32', text)],
  ['substring', { ...gives('Edm.String', text, whole, whole), optional: 1 }],
  ['tolower', gives('Edm.String', text)],
  ['toupper', gives('Edm.String', text)],
  ['trim', gives('Edm.String', text)],
  ['year', gives('Edm.Int32', dateOrInstant)],
  ['month', gives('Edm.Int32', dateOrInstant)],
  ['day', gives('Edm.Int32', dateOrInstant)],
  ['hour', gives('Edm.Int32', timeOrInstant)],
  ['minute', gives('Edm.Int32', timeOrInstant)],
  ['second', gives('Edm.Int32', timeOrInstant)],
  ['date', gives('Edm.Date', instant)],
  ['time', gives('Edm.TimeOfDay', instant)],
  ['round', { parameters: [numeric], optional: 0, result: (first) => first }],
  ['floor', { parameters: [numeric], optional: 0, result: (first) => first }],
  ['ceiling', { parameters: [numeric], optional: 0, result: (first) => first }],
]);

function gives(result: EdmPrimitiveName, ...parameters: readonly FunctionParameter[]): CanonicalFunction {
  return { parameters, optional: 0, result: () => primitiveType(result) };
}

function takes(...names: readonly EdmPrimitiveName[]): FunctionParameter {
  return { what: names.join(' or '), accepts: (type) => names.some((name) => isPrimitive(type, name)) };
}
