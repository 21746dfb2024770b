/** `rialto emulator`: the emulated environments alone. */

import { join } from 'node:path';
import { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { onLocalRun, remarks, withPorts } from '../local-command.ts';
import { aborted } from '../stop-signal.ts';

/** Serves the emulated environments until Ctrl-C. */
export function emulatorCommand(context: CliContext): Command {
  const command = withPorts(new Command('emulator'), 'emulator')
    .description('serve the emulated Dataverse and F&O environments alone')
    .addHelpText('after', '\nExample:\n  rialto emulator --port-fno 9366 --port-dataverse 9367');
  return onLocalRun(
    command,
    context,
    () => ({}),
    async ({ output, ...options }) => {
      const say = remarks(output);
      const { startEmulator } = await import('../../server/emulator.ts');
      const running = await startEmulator(options);
      const application = join(options.config.dataDirectory, 'emulator', 'application.json');
      const document = {
        environments: running.environments.map(({ name, product, url, settings }) => ({
          name,
          product,
          url,
          tenant: settings.tenant,
          clientId: settings.clientId,
        })),
      };
      output.result(document, () => {
        output.table(
          ['Environment', 'Where', 'Tenant', 'Client id'],
          document.environments.map(({ name, url, tenant, clientId }) => [name, url, String(tenant), String(clientId)]),
        );
      });
      say(`The client secret is in ${application}. Ctrl-C stops.`);
      await aborted(options.signal);
      await running[Symbol.asyncDispose]();
    },
  );
}
