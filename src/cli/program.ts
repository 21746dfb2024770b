/** The commands that are clients of a running server, and how a command line is run. */

import { type Command, CommanderError } from 'commander';
import { RialtoError } from '../base/errors.ts';
import type { CliContext } from './cli-context.ts';
import { connectionsCommand } from './commands/connections.ts';
import { createCommand } from './commands/create.ts';
import { deleteCommand } from './commands/delete.ts';
import { entitiesCommand } from './commands/entities.ts';
import { executeCommand } from './commands/execute.ts';
import { flowsCommand } from './commands/flows.ts';
import { getCommand } from './commands/get.ts';
import { queryCommand } from './commands/query.ts';
import { runsCommand } from './commands/runs.ts';
import { updateCommand } from './commands/update.ts';
import { createOutput } from './output.ts';

/** Exit code of a command line that names no command. */
const usageExit = 2;

/** All commands that need a running server. */
export function dataCommands(context: CliContext): readonly Command[] {
  return [
    queryCommand(context),
    getCommand(context),
    createCommand(context),
    updateCommand(context),
    deleteCommand(context),
    executeCommand(context),
    entitiesCommand(context),
    runsCommand(context),
    flowsCommand(context),
    connectionsCommand(context),
  ];
}

/**
 * Parses a command line (without the program's own name) and runs its command, which sets its own exit code. Wrong usage
 * is printed as any other error, OPTION_INVALID; help and version set no exit code.
 */
export async function runProgram(program: Command, argv: readonly string[], context: CliContext): Promise<void> {
  prepare(program, context);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    context.setExitCode(error.code === 'commander.help' ? usageExit : printUsageError(error, argv, context));
  }
}

/** The options are not parsed where they are wrong, so those about the output are looked up in the text. */
function printUsageError(error: CommanderError, argv: readonly string[], context: CliContext): number {
  const flags = { json: argv.includes('--json'), quiet: false, color: !argv.includes('--no-color') };
  const text = error.message.replace(/^error: /, '').replace(/\n\((.*)\)$/, '. $1');
  const message = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? '' : '.'}`;
  return createOutput(context, flags).error(new RialtoError('OPTION_INVALID', message, { cause: error }));
}

/** Every command throws in place of ending the process, writes to the context's streams, and suggests what was meant. */
function prepare(command: Command, context: Pick<CliContext, 'stdout' | 'stderr'>): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
      outputError: () => {},
    });
  for (const child of command.commands) prepare(child, context);
}
