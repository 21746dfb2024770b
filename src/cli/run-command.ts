/** What all commands of the server's clients share: their common flags, the time allowed, errors and exit codes. */

import type { Command } from 'commander';
import { RialtoError } from '../base/errors.ts';
import { type ApiClient, type ApiStream, createApiClient, createApiStream } from './api-client.ts';
import type { CliContext } from './cli-context.ts';
import { numberOption } from './option-values.ts';
import { createOutput, type Output } from './output.ts';

/** A command under way. */
export interface CommandCall<Options> {
  readonly api: ApiClient;
  readonly stream: ApiStream;
  readonly output: Output;
  readonly options: Options;
  /** Arguments in the order of the command's usage; an optional one may be missing. */
  readonly args: readonly string[];
  readonly context: CliContext;
}

interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly server?: string;
  readonly timeout: number;
}

const timeoutSecondsDefault = 120;

/**
 * Adds the common flags and what the command does; `run` returns the exit code when it is not 0. An example of use is
 * part of the help.
 */
export function onRun<Options extends object>(
  command: Command,
  context: CliContext,
  example: string,
  run: (call: CommandCall<Options>) => Promise<number | undefined>,
): Command {
  return command
    .option('--json', 'print one JSON document and nothing else')
    .option('--server <url>', 'address of the Rialto server')
    .option('--quiet', 'print no remarks')
    .option('--no-color', 'print without colours')
    .option('--timeout <seconds>', 'longest time allowed', numberOption({ min: 0.001 }), timeoutSecondsDefault)
    .addHelpText('after', `\nExample:\n  ${example}`)
    .action(async () => {
      const options = command.opts<CommonOptions & Options>();
      const flags = { json: options.json === true, quiet: options.quiet === true, color: options.color };
      const output = createOutput(context, flags);
      try {
        const exitCode = await withinTime(context, options.timeout, async (signal) => {
          const serverUrl = context.serverUrl(options.server);
          const to = { send: context.send, serverUrl, signal };
          const [api, stream] = [createApiClient(to), createApiStream(to)];
          return run({ api, stream, output, options, args: command.args, context });
        });
        context.setExitCode(exitCode ?? 0);
      } catch (error) {
        context.setExitCode(output.error(error));
      }
    });
}

/** Runs with a signal that aborts after the time allowed, or by Ctrl-C. Raises TIMEOUT. */
async function withinTime<Result>(
  context: CliContext,
  seconds: number,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const done = new AbortController();
  const timedOut = new AbortController();
  const timer = context.clock.sleep(seconds * 1000, done.signal).then(
    () => timedOut.abort(),
    // The command was quicker.
    () => undefined,
  );
  try {
    return await run(AbortSignal.any([timedOut.signal, context.signal]));
  } catch (error) {
    if (!timedOut.signal.aborted) throw error;
    const message = `The server did not answer within ${seconds} s. Whether it did what was asked is not known.`;
    throw new RialtoError('TIMEOUT', message, { cause: error });
  } finally {
    done.abort();
    await timer;
  }
}
