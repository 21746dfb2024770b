/** `rialto up`: emulator, server and worker in one process, connected, with the sample flow deployed. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../base/clock.ts';
import { RialtoError } from '../base/errors.ts';
import { systemIds } from '../base/ids.ts';
import { isJsonObject, type JsonObject, parseJson, printJson } from '../base/json.ts';
import type { Log } from '../base/log.ts';
import { catalog } from '../connector/index.ts';
import { checkFlow, deployFlow } from '../flow/runtime/index.ts';
import { checkOwnerFile } from '../flow/store/index.ts';
import { createApi } from './api/create-api.ts';
import { checkPorts, type WantedPort } from './check-ports.ts';
import { createClosing, dispose } from './closing.ts';
import type { Config } from './config/config.ts';
import type { Environment } from './config/env.ts';
import { type Context, openContext } from './context.ts';
import { openDataDirectory } from './data-directory.ts';
import { type EmulatedEnvironment, startEmulator } from './emulator.ts';
import { listenError } from './listen-error.ts';
import { createOperationServices } from './operation-services.ts';
import { packageVersion } from './version.ts';

export interface UpOptions {
  readonly config: Config;
  readonly environment: Environment;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Told what is being done, for people who wait. */
  readonly onProgress?: (message: string) => void;
  /** Recurrence of the sample flow's trigger in place of the definition's. */
  readonly recurrence?: { readonly frequency: string; readonly interval: number };
}

/** What runs, and where. Disposing it stops everything in order. */
export interface Up extends AsyncDisposable {
  readonly serverUrl: string;
  readonly environments: readonly EmulatedEnvironment[];
  /** The sample flow; undefined without emulated environments. */
  readonly flow: { readonly name: string; readonly trigger: string } | undefined;
  readonly context: Context;
  /** Rejects with WORKER_LOST when other workers declared this one dead; never resolves. */
  readonly lost: Promise<never>;
}

const sampleFlow = 'lead-to-task';

/**
 * Starts everything. Raises PORT_IN_USE and DATA_DIRECTORY_IN_USE before anything is changed, and what the parts raise.
 */
export async function up(options: UpOptions): Promise<Up> {
  const { config, log } = options;
  const closing = createClosing(log);
  const progress = options.onProgress ?? (() => {});
  openDataDirectory(config.dataDirectory);
  await checkOwnerFile(config.dataDirectory);
  await checkPorts(wantedPorts(config));
  try {
    progress('Starting the database');
    const context = closing.add(await openContext(options), dispose);
    if (config.hasEmulator) progress('Starting the emulated environments');
    const emulator = config.hasEmulator ? closing.add(await startEmulator(options), dispose) : undefined;
    const serverUrl = await startServer(options, context, closing);
    await context.worker.start();
    // Before the emulated environments: a poll under way would find them gone.
    closing.add(context.worker, (worker) => worker.drain());
    for (const environment of emulator?.environments ?? []) await connect(context, environment);
    if (emulator !== undefined) progress('Deploying the sample flow');
    const trigger = emulator === undefined ? undefined : await deploySample(options, context);
    return {
      serverUrl,
      environments: emulator?.environments ?? [],
      flow: trigger === undefined ? undefined : { name: sampleFlow, trigger },
      context,
      lost: lostWorker(context),
      [Symbol.asyncDispose]: () => dispose(closing),
    };
  } catch (cause) {
    await dispose(closing);
    throw cause;
  }
}

function wantedPorts(config: Config): readonly WantedPort[] {
  const { host, port, portFno, portDataverse, hasEmulator } = config;
  const emulated = { host: '127.0.0.1' };
  return [
    { what: 'the server', host, port, option: '--port' },
    ...(hasEmulator
      ? [
          { what: 'the emulated environment contoso-fno', ...emulated, port: portFno, option: '--port-fno' },
          {
            what: 'the emulated environment contoso-dataverse',
            ...emulated,
            port: portDataverse,
            option: '--port-dataverse',
          },
        ]
      : []),
  ];
}

/** A worker that was silent for too long may not go on; its runs are with others. */
function lostWorker({ worker }: Context): Promise<never> {
  const lost = worker.ended.then((end) => {
    if (end === 'drained') return new Promise<never>(() => {});
    throw new RialtoError(
      'WORKER_LOST',
      'This worker was not heard of for too long; others have its runs. Start it again.',
    );
  });
  // Whoever waits for it hears of it; nobody has to.
  lost.catch(() => {});
  return lost;
}

async function startServer(
  options: UpOptions,
  context: Context,
  closing: ReturnType<typeof createClosing>,
): Promise<string> {
  const { config, log } = options;
  const { store, connections, connectors, worker } = context;
  const flowContext = { store, connectors, clock: systemClock };
  const uiDirectory = fileURLToPath(new URL('../../dist/ui', import.meta.url));
  const app = await createApi({
    store,
    connections,
    operations: createOperationServices(catalog, connections),
    flows: {
      check: (flow) => checkFlow(flow, flowContext),
      deploy: (flow) => deployFlow(flow, flowContext),
    },
    nudgeWorker: () => worker.nudge(),
    clock: systemClock,
    ids: systemIds,
    log,
    version: packageVersion,
    uiDirectory,
    isLoopbackOnly: isLoopback(config.host),
  });
  closing.add(app, () => app.close());
  try {
    return await app.listen({ host: config.host, port: config.port });
  } catch (cause) {
    throw listenError(cause, { what: 'the server', host: config.host, port: config.port, option: '--port' });
  }
}

/** Makes the environment an ordinary connection, or points the one of an earlier start to where it listens now. */
async function connect({ connections }: Context, { name, connector, settings }: EmulatedEnvironment): Promise<void> {
  const known = (await connections.list()).some((connection) => connection.name === name);
  await (known ? connections.update({ name, connector, settings }) : connections.create({ name, connector, settings }));
  const { ok, steps } = await connections.test(name);
  if (ok) return;
  const failed = steps.find((step) => step.status === 'failed');
  throw new RialtoError('CONNECTION_INVALID', `Connection '${name}' does not work: ${failed?.error?.message ?? ''}`);
}

/** Deploys the sample at the first start; later the flow is its owner's. Gives the name of its trigger. */
async function deploySample({ recurrence }: UpOptions, { store, connectors }: Context): Promise<string> {
  const path = fileURLToPath(new URL(`../../examples/${sampleFlow}/definition.json`, import.meta.url));
  const example = parseJson(await readFile(path, 'utf8'), { what: path });
  const { definition, parameters } = isJsonObject(example) ? example : {};
  const triggers = isJsonObject(definition) ? definition.triggers : undefined;
  const [name] = isJsonObject(triggers) ? Object.keys(triggers) : [];
  if (!isJsonObject(definition) || !isJsonObject(triggers) || name === undefined) {
    throw new RialtoError('DEFINITION_INVALID', `${path} holds no definition with a trigger.`);
  }
  if ((await store.flows.get(sampleFlow)) !== undefined) return name;
  const trigger = triggers[name] as JsonObject;
  const shortened = { ...definition, triggers: { [name]: { ...trigger, ...(recurrence && { recurrence }) } } };
  await deployFlow(
    { name: sampleFlow, definition: printJson(shortened), parameters: printJson(parameters ?? {}) },
    { store, connectors, clock: systemClock },
  );
  return name;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
