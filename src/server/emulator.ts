/** The emulated environments behind sockets, with what a connection to each needs. */

import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { systemIds } from '../base/ids.ts';
import type { JsonObject } from '../base/json.ts';
import type { Log } from '../base/log.ts';
import { createEmulator } from '../emulator/index.ts';
import { holdDirectory } from '../flow/store/index.ts';
import { createClosing, dispose } from './closing.ts';
import type { Config } from './config/config.ts';
import { openDataDirectory } from './data-directory.ts';
import { listenError } from './listen-error.ts';

/** An environment that listens, as a connection of this name would be set up. */
export interface EmulatedEnvironment {
  readonly name: string;
  readonly product: 'dataverse' | 'fno';
  readonly url: string;
  readonly connector: string;
  /** Settings of a connection, the client secret among them: not for logs. */
  readonly settings: JsonObject;
}

export interface RunningEmulator extends AsyncDisposable {
  readonly environments: readonly EmulatedEnvironment[];
}

/**
 * Opens the emulator in the data directory and its sockets. Raises PORT_IN_USE, DATA_DIRECTORY_IN_USE,
 * DATA_DIRECTORY_INVALID and what `createEmulator` raises.
 */
export async function startEmulator(options: { readonly config: Config; readonly log: Log }): Promise<RunningEmulator> {
  const { config, log } = options;
  const closing = createClosing(log);
  const dataDirectory = join(config.dataDirectory, 'emulator');
  const environments: EmulatedEnvironment[] = [];
  try {
    openDataDirectory(dataDirectory);
    closing.add(await holdDirectory(dataDirectory, systemIds), dispose);
    const emulator = closing.add(
      await createEmulator({ clock: systemClock, ids: systemIds, log, dataDirectory }),
      dispose,
    );
    for (const environment of emulator.environments) {
      const { name, product, application } = environment;
      const isFno = product === 'fno';
      const port = isFno ? config.portFno : config.portDataverse;
      const option = isFno ? '--port-fno' : '--port-dataverse';
      const { url } = await environment.listen({ host: '127.0.0.1', port }).catch((cause: unknown) => {
        throw listenError(cause, { what: `the emulated environment ${name}`, port, option });
      });
      environments.push({
        name,
        product,
        url,
        connector: isFno ? 'dynamicsax' : 'dynamicscrmonline',
        settings: {
          environmentUrl: url,
          tenant: application.tenantId,
          clientId: application.clientId,
          clientSecret: application.clientSecret,
          authority: url,
          allowLoopbackHttp: true,
        },
      });
    }
  } catch (cause) {
    await dispose(closing);
    throw cause;
  }
  return { environments, [Symbol.asyncDispose]: () => dispose(closing) };
}
