/** `rialto execute`: calls an action of an environment. */

import { Command } from 'commander';
import { printJson } from '../../base/json.ts';
import { apiPath } from '../../server/api/paging.ts';
import type { ActionResultAnswer } from '../../server/wire.ts';
import type { CliContext } from '../cli-context.ts';
import { chooseConnection } from '../connection-choice.ts';
import { collectKey, collectPair, jsonObjectOption, typedValues } from '../option-values.ts';
import { onRun } from '../run-command.ts';

interface ExecuteOptions {
  readonly connection?: string;
  readonly entitySet?: string;
  readonly key?: Readonly<Record<string, string>>;
  readonly param?: Readonly<Record<string, string>>;
  readonly data?: string;
}

/** Calls an action, bound to an entity set or a record, or unbound. */
export function executeCommand(context: CliContext): Command {
  const command = new Command('execute')
    .description('call an action of an environment')
    .argument('<action>', 'name of the action, with or without its namespace')
    .option('--connection <name>', 'connection; may be left out when only one has the entity set')
    .option('--entity-set <set>', 'entity set that the action is bound to')
    .option('--key <name=value>', 'part of the key of the record that it is bound to; may be repeated', collectKey)
    .option('--param <name=value>', 'a parameter and its value; may be repeated', collectPair)
    .option('--data <json>', 'parameters as a JSON object, or @file.json');
  const example = 'rialto execute GetApplicationVersion --entity-set DataManagementEntities';
  return onRun<ExecuteOptions>(command, context, example, async ({ api, output, options, args }) => {
    const [action = ''] = args;
    const { entitySet, key, param, data } = options;
    const connection = await chooseConnection(api, { connection: options.connection, entitySet });
    const fromData = data === undefined ? {} : await jsonObjectOption(data, context);
    const answer = await api<ActionResultAnswer>({
      method: 'POST',
      path: apiPath('connections', connection, 'actions', action),
      body: {
        ...(entitySet === undefined ? {} : { entitySet }),
        ...(key === undefined ? {} : { key }),
        parameters: { ...fromData, ...typedValues(param ?? {}) },
      },
    });
    output.result(answer, () => {
      if (answer.value !== undefined) output.line(printJson(answer.value, 2));
    });
    if (answer.value === undefined) output.note('Completed, no value.');
    return 0;
  });
}
