/** The emulator: one Dataverse and one F&O environment of one tenant, with sample data. */

import { join } from 'node:path';
import { RialtoError } from '../base/errors.ts';
import { type JsonObject, printJson } from '../base/json.ts';
import { dataverseSeed, dataverseService, dataverseStoreTables, openDataverseSchema } from './dataverse/environment.ts';
import { createEnvironment, type EmulatorEnvironment, EnvironmentOrigins } from './environment.ts';
import { fnoSeed, fnoService, fnoStoreTables, openFnoSchema } from './fno/environment.ts';
import { BearerCheck } from './identity/bearer.ts';
import { openTenant, type Tenant } from './identity/tenant.ts';
import { type EmulatorOptions, type EmulatorSettings, type EnvironmentName, parseEmulatorOptions } from './options.ts';
import { openFileJournal } from './store/file-journal.ts';
import { MemoryStore } from './store/memory-store.ts';
import { type ChangeJournal, noJournal, type RowChange, type TableStore } from './store/table-store.ts';

export interface Emulator extends AsyncDisposable {
  readonly environments: readonly EmulatorEnvironment[];
  /** The environment of this name. Raises OPTION_INVALID. */
  environment(name: EnvironmentName): EmulatorEnvironment;
  /** Ends all sockets and closes the journals. */
  close(): Promise<void>;
}

/**
 * Opens the emulator: makes the sample data, replays what earlier starts wrote to the data directory.
 * Raises OPTION_INVALID for wrong options and EMULATOR_DATA_INVALID for a data directory that is not its own.
 */
export async function createEmulator(options: EmulatorOptions): Promise<Emulator> {
  const settings = parseEmulatorOptions(options);
  const tenant = await openTenant(settings);
  const opened = await openAll([() => openDataverse(settings, tenant), () => openFno(settings, tenant)]);
  const environments = opened.map(({ environment }) => environment);
  const close = async (): Promise<void> => {
    for (const { environment, journal } of opened) {
      await environment.close();
      await journal.close();
    }
  };
  return {
    environments,
    environment(name) {
      const found = environments.find((environment) => environment.name === name);
      if (found !== undefined) return found;
      throw new RialtoError('OPTION_INVALID', `The emulator has no environment '${name}'.`);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface OpenedEnvironment {
  readonly environment: EmulatorEnvironment & { close(): Promise<void> };
  readonly journal: ChangeJournal;
}

/** Opens one after the other; when one fails, those before it are closed again. */
async function openAll(openers: readonly (() => Promise<OpenedEnvironment>)[]): Promise<readonly OpenedEnvironment[]> {
  const opened: OpenedEnvironment[] = [];
  try {
    for (const open of openers) opened.push(await open());
    return opened;
  } catch (error) {
    for (const { journal } of opened) await journal.close();
    throw error;
  }
}

async function openDataverse(settings: EmulatorSettings, tenant: Tenant): Promise<OpenedEnvironment> {
  const name = 'contoso-dataverse';
  const schema = openDataverseSchema(settings);
  const { store, journal } = await openStore(name, dataverseStoreTables(schema), settings, (target) =>
    dataverseSeed(schema, target, tenant, settings),
  );
  const origins = new EnvironmentOrigins(settings.dataverse.url);
  // Dataverse also takes an audience with a slash at its end; F&O does not.
  const acceptsAudience = (audience: string): boolean => origins.has(audience.replace(/\/$/, ''));
  const bearer = new BearerCheck({ tenant, environment: name, acceptsAudience, clock: settings.clock });
  const service = dataverseService({ schema, store, settings, tenant, bearer });
  const { url } = settings.dataverse;
  return {
    environment: createEnvironment({ name, product: 'dataverse', url, origins, tenant, settings, service, store }),
    journal,
  };
}

async function openFno(settings: EmulatorSettings, tenant: Tenant): Promise<OpenedEnvironment> {
  const name = 'contoso-fno';
  const schema = openFnoSchema();
  const { store, journal } = await openStore(name, fnoStoreTables(schema), settings, (target) =>
    fnoSeed(schema, target, settings),
  );
  const origins = new EnvironmentOrigins(settings.fno.url);
  const acceptsAudience = (audience: string): boolean => origins.has(audience);
  const bearer = new BearerCheck({ tenant, environment: name, acceptsAudience, clock: settings.clock });
  const service = fnoService({ schema, store, settings, bearer });
  const { url } = settings.fno;
  return {
    environment: createEnvironment({ name, product: 'fno', url, origins, tenant, settings, service, store }),
    journal,
  };
}

/** A store with its sample rows, and on top of them what the journal of the data directory holds. */
async function openStore(
  name: EnvironmentName,
  tables: Readonly<Record<string, JsonObject>>,
  settings: EmulatorSettings,
  seed: (store: TableStore) => readonly RowChange[],
): Promise<{ readonly store: MemoryStore; readonly journal: ChangeJournal }> {
  const late: { journal: ChangeJournal } = { journal: noJournal };
  const store = new MemoryStore({
    tables,
    journal: {
      append: (changes) => late.journal.append(changes),
      flushed: () => late.journal.flushed(),
      close: () => late.journal.close(),
    },
  });
  store.apply(seed(store));
  if (settings.dataDirectory === undefined) return { store, journal: noJournal };
  late.journal = await openFileJournal(
    {
      path: join(settings.dataDirectory, `${name}.journal`),
      header: { format: 'rialto-emulator-journal', version: 1, environment: name, sample: printJson(settings.sample) },
      writesPendingMax: settings.general.writesPendingMax,
    },
    (changes) =>
      store.apply(
        changes.map(({ table, key, row }) => ({
          table,
          key,
          row: row === undefined ? undefined : store.makeRow(table, { ...row }),
        })),
      ),
  );
  return { store, journal: late.journal };
}
