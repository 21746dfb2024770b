/** Schemas of the parameters that many operations share. */

import { isJsonObject, type JsonObject } from '../base/json.ts';
import { columnSchema, objectSchema } from './column-schema.ts';
import type { JsonSchema } from './contract.ts';
import { type EntityTable, findTable } from './entity-table.ts';
import { inputError } from './input-error.ts';
import { listTopMax } from './list-records.ts';
import type { OpenConnection } from './open-connection.ts';

/** The environment; left out by calls that name the connection anyway. */
export const datasetParameter: JsonObject = Object.freeze({ type: 'string', 'x-ms-summary': 'Environment' });

/** The entity set. */
export const tableParameter: JsonObject = Object.freeze({ type: 'string', minLength: 1, 'x-ms-summary': 'Table' });

/** Query options of the list operations, by name. */
export const queryParameters = Object.freeze({
  $filter: { type: 'string', 'x-ms-summary': 'Filter Query' },
  $orderby: { type: 'string', 'x-ms-summary': 'Order By' },
  $select: { type: 'string', 'x-ms-summary': 'Select Query' },
  $expand: { type: 'string', 'x-ms-summary': 'Expand Query' },
  $top: { type: 'integer', minimum: 1, maximum: listTopMax, 'x-ms-summary': 'Top Count' },
  $skip: { type: 'integer', minimum: 0, 'x-ms-summary': 'Skip Count' },
} satisfies Readonly<Record<string, JsonObject>>);

/**
 * The schema that `build` makes for the table among the parameters, built once per table; `build` gets no table while
 * none is chosen.
 * Raises OPERATION_INPUT_INVALID for an unknown table.
 */
export async function schemaOfTable(
  source: { readonly operation: string; readonly connection: OpenConnection; readonly parameters: JsonObject },
  build: (table: EntityTable | undefined) => JsonSchema,
  signal?: AbortSignal,
): Promise<JsonSchema> {
  const { connection, parameters, operation } = source;
  const name = parameters.table;
  if (name === undefined || name === null || name === '') return build(undefined);
  if (typeof name !== 'string') throw inputError('/table', `Found ${typeof name}, expected the name of an entity set.`);
  const table = await findTable(connection, name, signal);
  return connection.memo.get(table.model, `${operation} ${name}`, () => build(table));
}

/** The output of operations that give back one row of the table. Raises OPERATION_INPUT_INVALID for an unknown table. */
export function rowOutput(
  connection: OpenConnection,
  parameters: JsonObject,
  signal?: AbortSignal,
): Promise<JsonSchema> {
  return schemaOfTable({ operation: 'row', connection, parameters }, rowSchema, signal);
}

/** The output of operations that list rows of the table. Raises OPERATION_INPUT_INVALID for an unknown table. */
export function rowsOutput(
  connection: OpenConnection,
  parameters: JsonObject,
  signal?: AbortSignal,
): Promise<JsonSchema> {
  return schemaOfTable({ operation: 'rows', connection, parameters }, rowsSchema, signal);
}

/** A parameter that the schema has made a text. Raises OPERATION_INPUT_INVALID when it is missing. */
export function textParameter(parameters: JsonObject, name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string') throw inputError(`/${name}`, `'${name}' is missing.`);
  return value;
}

/** The `body` parameter, which the schema has made an object. Raises OPERATION_INPUT_INVALID when it is missing. */
export function bodyOf(parameters: JsonObject): JsonObject {
  if (!isJsonObject(parameters.body)) throw inputError('/body', `'body' is missing.`);
  return parameters.body;
}

function rowSchema(table: EntityTable | undefined): JsonSchema {
  if (table === undefined) return { type: 'object' };
  const columns = table.entityType.properties.map((column) => [column.name, columnSchema(column, table.model)]);
  return objectSchema(Object.fromEntries(columns), { isOpen: true });
}

function rowsSchema(table: EntityTable | undefined): JsonSchema {
  return objectSchema({ value: { type: 'array', items: rowSchema(table) } }, { required: ['value'] });
}
