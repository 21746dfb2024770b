/** `rialto flows`: flows and their definitions. */

import { basename, dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { RialtoError } from '../../base/errors.ts';
import { isJsonObject, type JsonValue, parseJson, printJson } from '../../base/json.ts';
import { apiPath } from '../../server/api/paging.ts';
import { rawMember } from '../../server/api/raw-member.ts';
import type { ListAnswer, TriggerAnswer, WorkflowAnswer } from '../../server/wire.ts';
import type { CliContext } from '../cli-context.ts';
import { onRun } from '../run-command.ts';
import { checkFlowsCommand } from './check-flows.ts';

interface DeployOptions {
  readonly name?: string;
  readonly parameters?: string;
}

/** Checks definitions; lists, shows, deploys, turns on and off, and deletes flows; runs their triggers. */
export function flowsCommand(context: CliContext): Command {
  return new Command('flows')
    .description('flows and their definitions')
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(deployCommand(context))
    .addCommand(checkFlowsCommand(context))
    .addCommand(runTriggerCommand(context))
    .addCommand(stateCommand(context, 'enable', 'turn a flow on: its triggers fire'))
    .addCommand(stateCommand(context, 'disable', 'turn a flow off: runs under way go on'))
    .addCommand(deleteFlowCommand(context));
}

function listCommand(context: CliContext): Command {
  const command = new Command('list').description('list flows');
  return onRun(command, context, 'rialto flows list', async ({ api, output }) => {
    const answer = await api<ListAnswer<WorkflowAnswer>>({ path: apiPath('workflows') });
    output.result(answer, () => {
      output.table(
        ['State', 'Flow', 'Version', 'Changed'],
        answer.value.map(({ name, properties }) => {
          return [output.status(properties.state), name, properties.version, properties.changedTime];
        }),
      );
    });
    if (answer.value.length === 0) output.note('There is no flow yet.');
    return 0;
  });
}

function showCommand(context: CliContext): Command {
  const command = new Command('show')
    .description('show a flow and its definition')
    .argument('<flow>', 'name of the flow');
  return onRun(command, context, 'rialto flows show lead-to-task', async ({ api, output, args }) => {
    const [name = ''] = args;
    const flow = await api<WorkflowAnswer>({ path: apiPath('workflows', name) });
    output.result(flow, () => output.line(printJson(flow.properties.definition, 2)));
    output.note(`${flow.name} version ${flow.properties.version}, ${flow.properties.state}.`);
    return 0;
  });
}

function deployCommand(context: CliContext): Command {
  const command = new Command('deploy')
    .description('store a definition as a new version of a flow')
    .argument('<file>', 'definition, or an export or a folder that holds one')
    .option('--name <flow>', "name of the flow; without it the archive's own, or that of the file's folder")
    .option('--parameters <file>', "values of the definition's parameters, in place of those in the file");
  const example = 'rialto flows deploy examples/lead-to-task/definition.json';
  return onRun<DeployOptions>(command, context, example, async ({ api, output, options, args }) => {
    const [file = ''] = args;
    const found = await definitionIn(context, file);
    const given = options.parameters === undefined ? found.parameters : await parametersIn(context, options.parameters);
    const name = options.name ?? (found.name || basename(dirname(resolve(file))));
    const flow = await api<WorkflowAnswer>({
      method: 'PUT',
      path: apiPath('workflows', name),
      // Put together as text, so that numbers keep their spelling on the way.
      bodyText: `{"properties":{"definition":${found.definition},"parameters":${given}}}`,
    });
    output.result(flow, () => undefined);
    output.note(`Deployed '${flow.name}' version ${flow.properties.version}, ${flow.properties.state}.`);
    return 0;
  });
}

function runTriggerCommand(context: CliContext): Command {
  const command = new Command('run-trigger')
    .description('let the triggers of a flow check now, not only when they are due')
    .argument('<flow>', 'name of the flow')
    .argument('[trigger]', 'only this trigger');
  return onRun(command, context, 'rialto flows run-trigger lead-to-task', async ({ api, output, args }) => {
    const [flow = '', only] = args;
    const path = apiPath('workflows', flow, 'triggers');
    const names =
      only === undefined ? (await api<ListAnswer<TriggerAnswer>>({ path })).value.map(({ name }) => name) : [only];
    for (const name of names) await api({ method: 'POST', path: `${path}/${encodeURIComponent(name)}/run` });
    output.result({ checked: names }, () => undefined);
    output.note(`Checking now: ${names.join(', ') || 'nothing, as the flow has no trigger'}.`);
    return 0;
  });
}

function stateCommand(context: CliContext, name: 'enable' | 'disable', description: string): Command {
  const command = new Command(name).description(description).argument('<flow>', 'name of the flow');
  return onRun(command, context, `rialto flows ${name} lead-to-task`, async ({ api, output, args }) => {
    const [flow = ''] = args;
    const answer = await api<WorkflowAnswer>({ method: 'POST', path: apiPath('workflows', flow, name) });
    output.result(answer, () => undefined);
    output.note(`'${answer.name}' is ${answer.properties.state}.`);
    return 0;
  });
}

function deleteFlowCommand(context: CliContext): Command {
  const command = new Command('delete')
    .description('delete a flow; its runs stay')
    .argument('<flow>', 'name of the flow');
  return onRun(command, context, 'rialto flows delete lead-to-task', async ({ api, output, args }) => {
    const [flow = ''] = args;
    await api({ method: 'DELETE', path: apiPath('workflows', flow) });
    output.result({ deleted: true }, () => undefined);
    output.note(`Deleted '${flow}'. Its runs stay.`);
    return 0;
  });
}

/**
 * The one definition in a file or folder, as it is spelt there; with a name where the container is a folder or an archive.
 * Raises JSON_INVALID, DEFINITION_INVALID and ARCHIVE_INVALID.
 */
async function definitionIn(
  context: CliContext,
  file: string,
): Promise<{ readonly definition: string; readonly parameters: string; readonly name: string }> {
  const { readDefinitions, writeCodeView } = await import('../../flow/definition/index.ts');
  const [found, ...others] = await readDefinitions(await context.readDefinitionInput(file));
  if (found === undefined || others.length > 0) {
    throw new RialtoError(
      'OPTION_INVALID',
      `'${file}' holds ${others.length + 1} definitions; deploy a file that holds one.`,
    );
  }
  return { ...writeCodeView(found), name: found.file === '' ? '' : found.name };
}

/** Values of parameters: bare, or below `parameters` as parameter files have them. */
async function parametersIn(context: CliContext, file: string): Promise<string> {
  const text = await context.readTextFile(file);
  const value: JsonValue = parseJson(text, { what: `the file '${file}'` });
  if (!isJsonObject(value))
    throw new RialtoError('OPTION_INVALID', `The file '${file}' holds no JSON object of parameters.`);
  return isJsonObject(value.parameters) ? (rawMember(text, ['parameters']) ?? text) : text;
}
