/** `rialto up`: database, emulator, server and worker in one process. */

import { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { onLocalRun, remarks, withPorts } from '../local-command.ts';
import { aborted } from '../stop-signal.ts';

/** Starts everything and stops it in order at Ctrl-C. */
export function upCommand(context: CliContext): Command {
  const command = withPorts(new Command('up'), 'all')
    .description('start database, emulated environments, server and worker')
    .option('--no-emulator', 'start no emulated environments')
    .addHelpText('after', '\nExample:\n  rialto up --port 9365 --data-dir ./data');
  return onLocalRun(
    command,
    context,
    () => ({}),
    async ({ output, ...options }) => {
      const say = remarks(output);
      const { up } = await import('../../server/up.ts');
      const running = await up({
        ...options,
        onProgress: (message) => say(`${message} …`),
      });
      const { environments, serverUrl, flow } = running;
      const urlOf = (product: string): string | undefined =>
        environments.find((found) => found.product === product)?.url;
      const connections = environments.map(({ name }) => name).sort();
      const document = {
        server: serverUrl,
        ...(flow === undefined
          ? {}
          : { fno: urlOf('fno'), dataverse: urlOf('dataverse'), connections, flow: flow.name }),
      };
      output.result(document, () => {
        output.facts([
          ['server', `${serverUrl}  web page and HTTP API`],
          ...environments.map(({ product, url, name }): readonly [string, string] => [
            product === 'fno' ? 'F&O' : 'Dataverse',
            `${url}  emulated; connection ${name} works`,
          ]),
          ...(flow === undefined ? [] : [['flow', `${flow.name}  a new lead becomes a task`] as const]),
          ['data', options.config.dataDirectory],
        ]);
      });
      say('Ctrl-C stops everything.');
      try {
        await Promise.race([aborted(options.signal), running.lost]);
      } finally {
        say('Stopping …');
        await running[Symbol.asyncDispose]();
      }
    },
  );
}
