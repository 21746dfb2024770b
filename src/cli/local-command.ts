/** What the commands share that run Rialto in this process: where data and ports are, what is printed, how they end. */

import type { Command } from 'commander';
import type { Log } from '../base/log.ts';
import type { Config, ConfigOptions } from '../server/config/config.ts';
import { type Environment, readEnvironment } from '../server/config/env.ts';
import type { CliContext } from './cli-context.ts';
import { numberOption } from './option-values.ts';
import { createOutput, type Output } from './output.ts';

/** A command under way. */
export interface LocalCall {
  readonly config: Config;
  readonly environment: Environment;
  readonly log: Log;
  readonly output: Output;
  readonly signal: AbortSignal;
}

interface LocalOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly dataDir?: string;
  readonly host?: string;
  readonly port?: number;
  readonly portFno?: number;
  readonly portDataverse?: number;
  readonly emulator?: boolean;
  readonly logLevel?: string;
}

/** Adds the options that choose ports: of the server too, or of the emulated environments alone. */
export function withPorts(command: Command, ports: 'all' | 'emulator'): Command {
  const port = numberOption({ min: 0, max: 65_535, isWhole: true });
  if (ports === 'all') {
    command
      .option('--port <port>', 'port of the server (8365; 0 takes a free one)', port)
      .option('--host <address>', 'address that the server listens on (127.0.0.1)');
  }
  return command
    .option('--port-fno <port>', 'port of the emulated F&O environment (8366)', port)
    .option('--port-dataverse <port>', 'port of the emulated Dataverse environment (8367)', port)
    .option('--data-dir <directory>', 'where data is kept (RIALTO_HOME, or .rialto here)');
}

/** Adds the flags of every command and what it does; `fixed` wins over options and variables. */
export function onLocalRun(
  command: Command,
  context: CliContext,
  fixed: () => ConfigOptions,
  run: (call: LocalCall) => Promise<void>,
): Command {
  return command
    .option('--json', 'print one JSON document and nothing else')
    .option('--quiet', 'print no remarks')
    .option('--no-color', 'print without colours')
    .option('--log-level <level>', 'debug, info, warn, error or silent (warn); log lines go to standard error')
    .action(async () => {
      const options = command.opts<LocalOptions>();
      const flags = { json: options.json === true, quiet: options.quiet === true, color: options.color };
      const output = createOutput(context, flags);
      try {
        // Loaded here, so that commands which need them not start quicker.
        const { readConfig } = await import('../server/config/config.ts');
        const { createPinoLog } = await import('../server/pino-log.ts');
        const environment = readEnvironment();
        const config = readConfig(
          { ...options, dataDirectory: options.dataDir, ...fixed() },
          environment,
          process.cwd(),
        );
        const log = createPinoLog(config.logLevel);
        await run({ config, environment, log, output, signal: context.signal });
        context.setExitCode(0);
      } catch (error) {
        context.setExitCode(output.error(error));
      }
    });
}

/** Says what is being done, on standard error; nothing under `--json` and `--quiet`. */
export function remarks(output: Output): (message: string) => void {
  return (message) => {
    if (!output.isJson) output.note(message);
  };
}
