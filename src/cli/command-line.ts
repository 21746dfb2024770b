/** A command line in this process: real streams, clock and network. */

import { Command } from 'commander';
import { systemClock } from '../base/clock.ts';
import { createTransport } from '../http/index.ts';
import { readEnvironment } from '../server/config/env.ts';
import { readServerUrl } from '../server/config/server-url.ts';
import { packageVersion } from '../server/version.ts';
import type { CliContext } from './cli-context.ts';
import { demoCommand } from './commands/demo.ts';
import { emulatorCommand } from './commands/emulator.ts';
import { upCommand } from './commands/up.ts';
import { dataCommands, runProgram } from './program.ts';
import { stopSignal } from './stop-signal.ts';
import { readTextFile } from './text-file.ts';

/** Runs the command that the arguments name; sets the exit code of the process. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const transport = createTransport();
  const environment = readEnvironment();
  const context: CliContext = {
    send: transport.send,
    clock: systemClock,
    stdout: process.stdout,
    stderr: process.stderr,
    allowsColor: process.stdout.isTTY === true && !environment.NO_COLOR && !environment.CI,
    signal: stopSignal(systemClock),
    serverUrl: (option) => readServerUrl(option, environment),
    readTextFile,
    async readDefinitionInput(path) {
      const { readDefinitionInput } = await import('./definition-input.ts');
      return await readDefinitionInput(path);
    },
    setExitCode(code) {
      process.exitCode = code;
    },
  };
  try {
    await runProgram(program(context), args, context);
  } finally {
    await transport[Symbol.asyncDispose]();
  }
}

function program(context: CliContext): Command {
  const root = new Command('rialto')
    .description('Connector for Microsoft Dynamics 365: Finance & Operations and Dataverse')
    .version(packageVersion);
  for (const command of [
    upCommand(context),
    demoCommand(context),
    emulatorCommand(context),
    ...dataCommands(context),
  ]) {
    root.addCommand(command);
  }
  return root;
}
