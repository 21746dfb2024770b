/** `rialto demo`: the walkthrough, on free ports and in a data directory of its own that is gone afterwards. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { RialtoError } from '../../base/errors.ts';
import type { Up } from '../../server/up.ts';
import type { CliContext } from '../cli-context.ts';
import { printFno, printLeadToTask } from '../demo/print-walkthrough.ts';
import type { WalkthroughContext } from '../demo/walkthrough.ts';
import { type LocalCall, onLocalRun, remarks } from '../local-command.ts';

/** Plays the walkthrough and ends. */
export function demoCommand(context: CliContext): Command {
  const command = new Command('demo')
    .description('watch a new lead become a task, then read and write F&O, all emulated')
    .addHelpText('after', '\nExample:\n  rialto demo --json');
  const freePorts = { port: 0, portFno: 0, portDataverse: 0 };
  return onLocalRun(
    command,
    context,
    () => freePorts,
    async (call) => {
      const dataDirectory = await mkdtemp(join(tmpdir(), 'rialto-demo-'));
      try {
        await play(call, { ...call.config, dataDirectory, databaseUrl: undefined }, context);
      } finally {
        await rm(dataDirectory, { recursive: true, force: true });
      }
    },
  );
}

async function play(call: LocalCall, config: LocalCall['config'], context: CliContext): Promise<void> {
  const { up } = await import('../../server/up.ts');
  const { playFno, playLeadToTask } = await import('../demo/walkthrough.ts');
  const { output } = call;
  const say = remarks(output);
  const running = await up({
    ...call,
    config,
    recurrence: { frequency: 'Second', interval: 1 },
    onProgress: (message) => say(`${message} …`),
  });
  try {
    const walkthrough = await walkthroughContext(running, call, context);
    say('Creating a lead, and waiting for the trigger to see it …');
    const leadToTask = await playLeadToTask(walkthrough);
    if (!output.isJson) printLeadToTask(output, leadToTask);
    say('Reading customers of two companies from F&O, and changing one …');
    const fno = await playFno(walkthrough);
    if (!output.isJson) printFno(output, fno);
    if (output.isJson) output.result({ ...leadToTask, fno }, () => {});
  } finally {
    await running[Symbol.asyncDispose]();
  }
}

async function walkthroughContext(
  { context, flow }: Up,
  call: LocalCall,
  cli: CliContext,
): Promise<WalkthroughContext> {
  if (flow === undefined) throw new RialtoError('INTERNAL', 'The demo runs without its sample flow.');
  return {
    dataverse: await context.connections.client('contoso-dataverse'),
    fno: await context.connections.client('contoso-fno'),
    store: context.store,
    clock: cli.clock,
    flow: flow.name,
    trigger: flow.trigger,
    signal: call.signal,
  };
}
