/** All functions of the expression language: those that are built, and the names of those that are not yet. */

import { collectionFunctions } from './collection.ts';
import { conversionFunctions } from './conversion.ts';
import { dataUriFunctions } from './data-uri.ts';
import { dateTimeFunctions } from './date-time.ts';
import type { ExpressionFunction } from './function.ts';
import { identifierFunctions } from './identifier.ts';
import { jsonFunctions } from './json.ts';
import { logicalFunctions } from './logical.ts';
import { mathFunctions } from './math.ts';
import { numberFormatFunctions } from './number-format.ts';
import { stringFunctions } from './string.ts';
import { timeZoneFunctions } from './time-zone.ts';
import { uriFunctions } from './uri.ts';
import { workflowFunctions } from './workflow.ts';
import { xmlFunctions } from './xml.ts';

const built: readonly ExpressionFunction[] = [
  ...collectionFunctions,
  ...conversionFunctions,
  ...dataUriFunctions,
  ...dateTimeFunctions,
  ...identifierFunctions,
  ...jsonFunctions,
  ...logicalFunctions,
  ...mathFunctions,
  ...numberFormatFunctions,
  ...stringFunctions,
  ...timeZoneFunctions,
  ...uriFunctions,
  ...workflowFunctions,
  ...xmlFunctions,
];

/** Functions of the language that a definition may name and that Rialto does not evaluate yet. */
const notBuilt: readonly string[] = ['appsetting', 'listCallbackUrl'];

const byLowerName: ReadonlyMap<string, ExpressionFunction> = new Map(built.map((one) => [one.name.toLowerCase(), one]));
const notBuiltByLowerName: ReadonlyMap<string, string> = new Map(notBuilt.map((name) => [name.toLowerCase(), name]));

/** The function of a name, without regard to case; undefined when there is none, or it is not built. */
export function findFunction(name: string): ExpressionFunction | undefined {
  return byLowerName.get(name) ?? byLowerName.get(name.toLowerCase());
}

/** The documented spelling of a function that the language has and Rialto does not evaluate yet. */
export function findFunctionNotBuilt(name: string): string | undefined {
  return notBuiltByLowerName.get(name.toLowerCase());
}

/** All functions that Rialto evaluates. */
export function functionDefinitions(): readonly ExpressionFunction[] {
  return built;
}

/** Functions that the language has and Rialto does not evaluate yet. */
export function functionsNotBuilt(): readonly string[] {
  return notBuilt;
}

/** The names of all functions that Rialto evaluates. */
export function functionNames(): readonly string[] {
  return built.map((one) => one.name);
}
