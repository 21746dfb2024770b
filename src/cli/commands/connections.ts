/** `rialto connections`: connections and whether they work. */

import { Command } from 'commander';
import { type ErrorCode, errorCodes } from '../../base/error-codes.ts';
import { apiPath } from '../../server/api/paging.ts';
import type { ConnectionAnswer, ConnectionTestAnswer, ListAnswer } from '../../server/wire.ts';
import type { CliContext } from '../cli-context.ts';
import { collectPair, typedValues } from '../option-values.ts';
import type { Output } from '../output.ts';
import { valueText } from '../record-table.ts';
import { onRun } from '../run-command.ts';

interface CreateOptions {
  readonly connector: string;
  readonly set?: Readonly<Record<string, string>>;
}

/** Lists, shows, creates, tests and deletes connections. */
export function connectionsCommand(context: CliContext): Command {
  return new Command('connections')
    .description('connections and whether they work')
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(createConnectionCommand(context))
    .addCommand(testCommand(context))
    .addCommand(deleteConnectionCommand(context));
}

function listCommand(context: CliContext): Command {
  const command = new Command('list').description('list connections');
  return onRun(command, context, 'rialto connections list', async ({ api, output }) => {
    const answer = await api<ListAnswer<ConnectionAnswer>>({ path: apiPath('connections') });
    output.result(answer, () => {
      output.table(
        ['Connection', 'Connector', 'Changed'],
        answer.value.map(({ name, connector, changedTime }) => [name, connector, changedTime]),
      );
    });
    if (answer.value.length === 0) output.note('There is no connection yet.');
    return 0;
  });
}

function showCommand(context: CliContext): Command {
  const command = new Command('show')
    .description('show a connection, without secrets')
    .argument('<name>', 'name of the connection');
  return onRun(command, context, 'rialto connections show contoso-fno', async ({ api, output, args }) => {
    const [name = ''] = args;
    const connection = await api<ConnectionAnswer>({ path: apiPath('connections', name) });
    output.result(connection, () => {
      const secrets = new Set(connection.secretsSet);
      const settings = Object.entries(connection.settings).filter(([setting]) => !secrets.has(setting));
      output.facts([
        ['name', connection.name],
        ['connector', connection.connector],
        ...settings.map(([setting, value]) => [setting, valueText(value)] as const),
        ...connection.secretsSet.map((setting) => [setting, '(set)'] as const),
      ]);
    });
    return 0;
  });
}

function createConnectionCommand(context: CliContext): Command {
  const command = new Command('create')
    .description('create a connection')
    .argument('<name>', 'name of the connection')
    .requiredOption('--connector <id>', 'connector: dynamicsax, dynamicscrmonline or commondataservice')
    .option('--set <name=value>', 'a setting and its value; may be repeated', collectPair);
  const example =
    'rialto connections create my-fno --connector dynamicsax --set environmentUrl=https://contoso.operations.dynamics.com --set tenant=contoso.com --set clientId=… --set clientSecret=env:FNO_SECRET';
  return onRun<CreateOptions>(command, context, example, async ({ api, output, options, args }) => {
    const [name = ''] = args;
    const settings = typedValues(options.set ?? {});
    const body = { name, connector: options.connector, settings };
    const connection = await api<ConnectionAnswer>({ method: 'POST', path: apiPath('connections'), body });
    output.result(connection, () => undefined);
    output.note(`Created connection '${connection.name}'. 'rialto connections test ${connection.name}' tries it.`);
    return 0;
  });
}

function deleteConnectionCommand(context: CliContext): Command {
  const command = new Command('delete').description('delete a connection').argument('<name>', 'name of the connection');
  return onRun(command, context, 'rialto connections delete my-fno', async ({ api, output, args }) => {
    const [name = ''] = args;
    await api({ method: 'DELETE', path: apiPath('connections', name) });
    output.result({ deleted: true }, () => undefined);
    output.note(`Deleted connection '${name}'.`);
    return 0;
  });
}

function testCommand(context: CliContext): Command {
  const command = new Command('test')
    .description('reach an environment step by step, up to the first failure')
    .argument('<name>', 'name of the connection');
  return onRun(command, context, 'rialto connections test contoso-fno', async ({ api, output, args }) => {
    const [name = ''] = args;
    const answer = await api<ConnectionTestAnswer>({ method: 'POST', path: apiPath('connections', name, 'test') });
    output.result(answer, () => printTest(output, answer));
    const code = answer.steps.find((step) => step.status === 'failed')?.error?.code;
    if (code === undefined) return answer.ok ? 0 : errorCodes.INTERNAL.exit;
    return Object.hasOwn(errorCodes, code) ? errorCodes[code as ErrorCode].exit : errorCodes.INTERNAL.exit;
  });
}

function printTest(output: Output, answer: ConnectionTestAnswer): void {
  output.table(
    ['', 'Step', 'Time', 'Result'],
    answer.steps.map((step) => {
      const word = { ok: 'ok', failed: 'FAIL', 'not-checked': '-' }[step.status];
      const time = step.durationMs === undefined ? '' : `${step.durationMs} ms`;
      // The time stands before the result, since messages of services are long.
      return [output.status(word), step.name, time, step.status === 'not-checked' ? 'not checked' : resultOf(step)];
    }),
  );
}

function resultOf({ error, message }: ConnectionTestAnswer['steps'][number]): string {
  return error === undefined ? (message ?? '') : `${error.code}: ${error.message}`;
}
