/** Checks parameters of operations against their JSON Schemas, in words that say what was found and what was expected. */

import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { parseInstant } from '../base/clock.ts';
import { isJsonObject, type JsonObject, type JsonValue, jsonPointer, printJson } from '../base/json.ts';
import { didYouMean } from '../base/nearest.ts';
import type { JsonSchema } from './contract.ts';
import { type InputProblem, OperationInputError } from './input-error.ts';

export interface ParameterChecks {
  /**
   * The parameters as the schema types them: texts of path and query become numbers and booleans where the schema has
   * such, and members that are null or empty texts at the top are left out.
   * Raises OPERATION_INPUT_INVALID with every problem.
   */
  check(schema: JsonSchema, parameters: JsonObject): JsonObject;
}

/** Makes checks that compile each schema once, as long as the schema itself lives. */
export function createParameterChecks(): ParameterChecks {
  const compiled = new WeakMap<JsonSchema, ValidateFunction>();
  return {
    check(schema, parameters) {
      const validate = compiled.get(schema) ?? compile(schema);
      compiled.set(schema, validate);
      const typed = typeTopMembers(schema, parameters);
      if (!validate(withoutBigIntegers(typed))) {
        throw new OperationInputError((validate.errors ?? []).slice(0, problemsMax).map(problemOf));
      }
      return typed;
    },
  };
}

/** An Ajv keeps all that it ever compiled, so each schema gets its own, which goes with it when the metadata is renewed. */
function compile(schema: JsonSchema): ValidateFunction {
  const options = { strict: false, allErrors: true, verbose: true, validateSchema: false, meta: false, formats };
  return new Ajv2020(options).compile(schema);
}

/** How many problems one error lists. */
const problemsMax = 20;

/** How much of a value a message shows. */
const shownLengthMax = 60;

/** How many allowed values a message lists. */
const shownChoicesMax = 12;

const formats = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  'uuid-or-blank': /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$/i,
  date: (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && parseInstant(text) !== undefined,
  // Both services also take a date alone for a DateTimeOffset.
  'date-time': (text: string) => /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) && parseInstant(text) !== undefined,
  byte: /^[A-Za-z0-9+/_-]*={0,2}$/,
  // Names of number types; the JSON type and the bounds say the rest.
  int64: true as const,
  decimal: true as const,
};

/** Definitions and query strings have only texts: `"$top": "10"`. */
function typeTopMembers(schema: JsonSchema, parameters: JsonObject): JsonObject {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const given = Object.entries(parameters).filter(
    ([name, value]) => name === 'body' || (value !== null && (value !== '' || name === 'dataset')),
  );
  return Object.fromEntries(
    given.map(([name, value]) => [name, name === 'body' ? value : typeMember(properties[name], value)]),
  );
}

function typeMember(schema: JsonValue | undefined, value: JsonValue): JsonValue {
  if (!isJsonObject(schema)) return value;
  if (typeof value === 'string' && schema.type === 'integer' && /^\d{1,15}$/.test(value)) return Number(value);
  if (typeof value === 'string' && schema.type === 'boolean' && /^(true|false)$/i.test(value)) {
    return value.toLowerCase() === 'true';
  }
  return value;
}

/** Ajv knows no `bigint`; the bounds of the schema hold for the nearest double as well. */
function withoutBigIntegers(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(withoutBigIntegers);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutBigIntegers(member)]));
}

function problemOf(error: ErrorObject): InputProblem {
  const pointer = error.instancePath;
  const parameters = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(parameters.additionalProperty);
      const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
      return { pointer: pointer + jsonPointer([name]), message: unknownMember(pointer, name, known) };
    }
    case 'required':
      return { pointer, message: `'${String(parameters.missingProperty)}' is missing.` };
    case 'type':
      return { pointer, message: `Found ${shown(error.data)}, expected ${typeWords(parameters.type)}.` };
    case 'enum':
      return { pointer, message: enumMessage(error.data, parameters.allowedValues) };
    case 'format':
      return { pointer, message: `Found ${shown(error.data)}, expected the format ${String(parameters.format)}.` };
    default:
      return { pointer, message: `Found ${shown(error.data)}; it ${error.message ?? 'is not allowed'}.` };
  }
}

function unknownMember(pointer: string, name: string, known: readonly string[]): string {
  const what = pointer === '' ? 'parameter' : 'field';
  const suggestion = didYouMean(name, known);
  const all = known.length <= shownChoicesMax ? ` Expected one of: ${known.join(', ')}.` : '';
  return `There is no ${what} '${name}' that can be given here.${suggestion || all}`;
}

function enumMessage(found: unknown, allowed: unknown): string {
  const values = (Array.isArray(allowed) ? allowed : []).filter((value) => value !== null).map(String);
  const list = values.slice(0, shownChoicesMax).join(', ') + (values.length > shownChoicesMax ? ', …' : '');
  const suggestion = typeof found === 'string' ? didYouMean(found, values) : '';
  return `Found ${shown(found)}, expected one of: ${list}.${suggestion}`;
}

function typeWords(type: unknown): string {
  const names = Array.isArray(type) ? type.map(String) : String(type).split(',');
  return names.join(' or ');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = printJson(value as JsonValue);
  const kind = value === null ? '' : `${typeof value} `;
  return kind + (text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}…` : text);
}
