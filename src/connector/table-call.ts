/** What calls on a table have in common: their addresses, and the table that they work on. */

import type { JsonObject } from '../base/json.ts';
import type { OperationAddress } from './contract.ts';
import { checkDataset } from './dataset.ts';
import { type EntityTable, findTable } from './entity-table.ts';
import type { OpenConnection } from './open-connection.ts';
import { textParameter } from './parameter-schemas.ts';

/** The address of a table followed by `rest`, with each of the prefixes: `/v2` for the later editions of a connector. */
export function tableAddresses(
  method: OperationAddress['method'],
  rest: string,
  prefixes: readonly string[] = [''],
): readonly OperationAddress[] {
  return prefixes.map((prefix) => ({ method, path: `${prefix}/datasets/{dataset}/tables/{table}/${rest}` }));
}

/** The table of a call, after the environment was checked. Raises OPERATION_INPUT_INVALID. */
export async function tableOf(
  connection: OpenConnection,
  parameters: JsonObject,
  signal?: AbortSignal,
): Promise<EntityTable> {
  if (typeof parameters.dataset === 'string') checkDataset(connection, parameters.dataset);
  return findTable(connection, textParameter(parameters, 'table'), signal);
}
