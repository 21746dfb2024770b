/** `rialto runs`: runs of flows. */

import { Command, Option } from 'commander';
import { isoInstant } from '../../base/clock.ts';
import type { JsonValue } from '../../base/json.ts';
import { printJson } from '../../base/json.ts';
import { apiPath } from '../../server/api/paging.ts';
import type { ListAnswer, RunActionAnswer, RunAnswer } from '../../server/wire.ts';
import type { ApiClient } from '../api-client.ts';
import type { CliContext } from '../cli-context.ts';
import { instantOption, numberOption, spanOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { onRun } from '../run-command.ts';

interface ListOptions {
  readonly flow?: string;
  readonly status?: string;
  readonly since?: number;
  readonly from?: string;
  readonly to?: string;
  readonly top: number;
}

const topDefault = 30;
const topMax = 250;
const statuses = ['Running', 'Waiting', 'Succeeded', 'Failed', 'TimedOut', 'Cancelled'] as const;

/** Lists runs and shows one. */
export function runsCommand(context: CliContext): Command {
  return new Command('runs')
    .description('runs of flows')
    .addCommand(listCommand(context))
    .addCommand(showCommand(context));
}

function listCommand(context: CliContext): Command {
  const command = new Command('list')
    .description('list runs, newest first')
    .option('--flow <name>', 'runs of this flow')
    .addOption(new Option('--status <status>', 'runs of this status').choices(statuses))
    .addOption(
      new Option('--since <span>', 'runs started within this span: 30m, 1h, 2d')
        .argParser(spanOption)
        .conflicts(['from', 'to']),
    )
    .option('--from <instant>', 'runs started at this instant or later', instantOption)
    .option('--to <instant>', 'runs started before this instant', instantOption)
    .option('--top <number>', 'at most this many', numberOption({ min: 1, max: topMax, isWhole: true }), topDefault);
  return onRun<ListOptions>(command, context, 'rialto runs list --status Failed --since 1h', async (call) => {
    const { flow, status, since, from, to, top } = call.options;
    const since_ = since === undefined ? undefined : isoInstant(context.clock.now() - since);
    const answer = await call.api<ListAnswer<RunAnswer>>({
      path: apiPath('runs'),
      query: { flow, status, from: from ?? since_, to, $top: top },
    });
    call.output.result(answer, () => {
      call.output.table(
        ['Status', 'Flow', 'Started', 'Duration', 'Code', 'Run'],
        answer.value.map((run) => {
          const { startTime, endTime, code } = run.properties;
          const status_ = call.output.status(run.properties.status);
          return [status_, flowOf(run), startTime, spanText(startTime, endTime), code ?? '', run.name];
        }),
      );
    });
    if (answer.value.length === 0) call.output.note('No run matches.');
    else if (answer.nextLink !== undefined) call.output.note(`There are more; --top shows up to ${topMax}.`);
    return 0;
  });
}

function showCommand(context: CliContext): Command {
  const command = new Command('show')
    .description('show a run with its actions')
    .argument('<run>', 'id of the run')
    .option('--action <name>', 'show inputs and outputs of this action');
  const example = 'rialto runs show 08584063483228605808908333627689 --action Create_a_new_record';
  return onRun<{ readonly action?: string }>(command, context, example, async ({ api, output, options, args }) => {
    const [id = ''] = args;
    const run = await api<RunAnswer>({ path: apiPath('runs', id), query: { $expand: 'properties/actions' } });
    if (options.action !== undefined) {
      await showAction(api, output, run, options.action);
      return 0;
    }
    output.result(run, () => printRun(output, run));
    return 0;
  });
}

function printRun(output: Output, run: RunAnswer): void {
  const { status, code, error, startTime, endTime, workflow, trigger, actions } = run.properties;
  output.facts([
    ['Run', run.name],
    ['Flow', `${flowOf(run)} version ${workflow.name}`],
    ['Status', `${output.status(status)} ${code === undefined || code === status ? '' : code}`],
    ['Started', startTime],
    ['Duration', spanText(startTime, endTime)],
    ['Trigger', trigger.name],
    ...(error === undefined ? [] : [['Error', error.message] as const]),
  ]);
  output.line('');
  output.table(
    ['Status', 'Action', 'Started', 'Duration', 'Attempts', 'Code', 'Error'],
    Object.entries(actions ?? {}).map(([name, action]) => [
      output.status(action.status),
      name,
      action.startTime,
      spanText(action.startTime, action.endTime),
      String((action.retryHistory?.length ?? 0) + 1),
      action.code ?? '',
      action.error?.message ?? '',
    ]),
  );
}

/** The action, with payloads that were too large for its answer fetched by their links. */
async function showAction(api: ApiClient, output: Output, run: RunAnswer, name: string): Promise<void> {
  const action = await api<RunActionAnswer>({
    path: apiPath('workflows', flowOf(run), 'runs', run.name, 'actions', name),
  });
  const { inputsLink, outputsLink } = action.properties;
  const inputs = action.properties.inputs ?? (inputsLink && (await api<JsonValue>({ path: inputsLink.uri })));
  const outputs = action.properties.outputs ?? (outputsLink && (await api<JsonValue>({ path: outputsLink.uri })));
  const whole = {
    ...action,
    properties: {
      ...action.properties,
      ...(inputs === undefined ? {} : { inputs }),
      ...(outputs === undefined ? {} : { outputs }),
    },
  };
  output.result(whole, () => {
    output.line(`${output.status(action.properties.status)} ${name}`);
    if (action.properties.error !== undefined)
      output.line(`${action.properties.error.code}: ${action.properties.error.message}`);
    output.line(`inputs: ${inputs === undefined ? 'none' : printJson(inputs, 2)}`);
    output.line(`outputs: ${outputs === undefined ? 'none' : printJson(outputs, 2)}`);
  });
}

/** The id is `/workflows/{flow}/runs/{run}`, each part encoded. */
function flowOf(run: RunAnswer): string {
  return decodeURIComponent(run.id.split('/')[2] ?? '');
}

function spanText(start: string, end: string | undefined): string {
  return end === undefined ? '' : `${((Date.parse(end) - Date.parse(start)) / 1000).toFixed(3)} s`;
}
