/** The emulator in the test's own process: no socket, no file, and a client for each environment. */

import { clientCredentials } from '../auth/index.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { type Ids, systemIds } from '../base/ids.ts';
import { silentLog } from '../base/log.ts';
import type { Client } from '../client/index.ts';
import { createDataverseClient } from '../dynamics/dataverse/index.ts';
import { createFnoClient } from '../dynamics/fno/index.ts';
import { createEmulator, type Emulator, type EmulatorEnvironment, type EmulatorOptions } from '../emulator/index.ts';

export interface EmulatedEnvironments extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly dataverse: Client;
  readonly fno: Client;
}

export interface EmulatedEnvironmentsOptions extends Omit<EmulatorOptions, 'clock' | 'ids'> {
  readonly clock?: Clock;
  readonly ids?: Ids;
}

/** Makes the environments with sample data, and clients that sign in and check what they send against the metadata. */
export async function emulatedEnvironments(options: EmulatedEnvironmentsOptions = {}): Promise<EmulatedEnvironments> {
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? systemIds;
  const emulator = await createEmulator({ ...options, clock, ids });
  const clientOptions = ({ application, send, url }: EmulatorEnvironment) => ({
    environmentUrl: url,
    credential: clientCredentials({
      authorityUrl: url,
      tenant: application.tenantId,
      clientId: application.clientId,
      clientSecret: application.clientSecret,
      send,
      clock,
      ids,
      log: silentLog,
    }),
    send,
    clock,
    ids,
    log: silentLog,
    checked: true,
  });
  return {
    emulator,
    dataverse: createDataverseClient(clientOptions(emulator.environment('contoso-dataverse'))),
    fno: createFnoClient(clientOptions(emulator.environment('contoso-fno'))),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
