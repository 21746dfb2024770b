/** The commands that are clients of a running server, and how a command line is run. */

import { type Command, CommanderError } from 'commander';
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

/** Exit code of a command line that no command understands. */
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
 * sets exit code 2; help and version set none.
 */
export async function runProgram(
  program: Command,
  argv: readonly string[],
  context: Pick<CliContext, 'stdout' | 'stderr' | 'setExitCode'>,
): Promise<void> {
  prepare(program, context);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) context.setExitCode(usageExit);
  }
}

/** Every command throws in place of ending the process, writes to the context's streams, and suggests what was meant. */
function prepare(command: Command, context: Pick<CliContext, 'stdout' | 'stderr'>): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
    });
  for (const child of command.commands) prepare(child, context);
}
