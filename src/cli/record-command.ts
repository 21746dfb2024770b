/** What the commands about one record share: connection, entity set and key. */

import type { Command } from 'commander';
import { RialtoError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { apiPath } from '../server/api/paging.ts';
import type { EntitySchemaAnswer } from '../server/wire.ts';
import type { ApiClient } from './api-client.ts';
import { chooseConnection } from './connection-choice.ts';
import { collectKey, collectPair, jsonObjectOption, typedValues } from './option-values.ts';
import type { CommandCall } from './run-command.ts';

export interface RecordOptions {
  readonly connection?: string;
  readonly key?: Readonly<Record<string, string>>;
  readonly ifMatch?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly data?: string;
}

/** Adds `--connection`, and `--key` where a record must exist. */
export function recordOptions(command: Command, which: { readonly hasKey: boolean }): Command {
  command
    .argument('<set>', 'entity set, such as CustomersV3')
    .option('--connection <name>', 'connection; may be left out when only one has the entity set');
  if (!which.hasKey) return command;
  return command.requiredOption('--key <name=value>', 'part of the key; repeat it for each part', collectKey);
}

/** Adds `--set` and `--data`. */
export function contentOptions(command: Command): Command {
  return command
    .option('--set <name=value>', 'a property and its value; may be repeated', collectPair)
    .option('--data <json>', 'properties as a JSON object, or @file.json');
}

/** Where the records of the command's entity set are. */
export async function recordsPlace(
  call: CommandCall<RecordOptions>,
): Promise<{ readonly connection: string; readonly entitySet: string; readonly path: string }> {
  const [entitySet = ''] = call.args;
  const connection = await chooseConnection(call.api, { connection: call.options.connection, entitySet });
  return { connection, entitySet, path: apiPath('connections', connection, 'entities', entitySet, 'records') };
}

/** The properties of `--data` and `--set`, those of `--set` typed by the schema of the entity set. */
export async function recordContent(
  call: CommandCall<RecordOptions>,
  place: { readonly connection: string; readonly entitySet: string },
): Promise<JsonObject> {
  const { set, data } = call.options;
  if (set === undefined && data === undefined) {
    throw new RialtoError('OPTION_INVALID', 'Give the properties with --set name=value or --data.');
  }
  const fromData = data === undefined ? {} : await jsonObjectOption(data, call.context);
  const schema = set === undefined ? undefined : await readSchema(call.api, place);
  return { ...fromData, ...typedValues(set ?? {}, schema) };
}

function readSchema(
  api: ApiClient,
  place: { readonly connection: string; readonly entitySet: string },
): Promise<EntitySchemaAnswer> {
  return api<EntitySchemaAnswer>({ path: apiPath('connections', place.connection, 'entities', place.entitySet) });
}
