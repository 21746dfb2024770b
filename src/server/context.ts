/** The composition root: everything that a server with a worker consists of, made once and handed to each other. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { systemIds } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { ConnectorHost } from '../connector/contract.ts';
import {
  type Connections,
  catalog,
  createConnections,
  createConnectorHost,
  createOpenEnvironment,
  createSecretBox,
} from '../connector/index.ts';
import { openDbosSegmentQueue } from '../flow/runtime/dbos/segment-queue.ts';
import { createWorker, type Worker } from '../flow/runtime/index.ts';
import { openPostgresStore, type Store, startEmbeddedPostgres } from '../flow/store/index.ts';
import { createTransport } from '../http/index.ts';
import { createClosing, dispose } from './closing.ts';
import type { Config } from './config/config.ts';
import type { Environment } from './config/env.ts';
import { readOrCreateKey } from './key-file.ts';

export interface ContextOptions {
  readonly config: Config;
  /** Variables that secret references (`env:NAME`) may name. */
  readonly environment: Environment;
  readonly log: Log;
  /** Gives the start up. */
  readonly signal: AbortSignal;
}

/** A running house: store, connections and a worker. Disposing it stops the worker first and the database last. */
export interface Context extends AsyncDisposable {
  readonly store: Store;
  readonly connections: Connections;
  readonly connectors: ConnectorHost;
  readonly worker: Worker;
}

/** Segments that one worker has out of the queue at the same time. */
const segmentsMax = 50;

/**
 * Opens database, store, queue, connections and worker; the worker starts with `context.worker.start()`.
 * Raises DATA_DIRECTORY_IN_USE, DATABASE_START_FAILED, STORE_UNAVAILABLE, SECRET_UNRESOLVED and ABORTED.
 */
export async function openContext(options: ContextOptions): Promise<Context> {
  const { config, log, signal } = options;
  const clock = systemClock;
  const ids = systemIds;
  const closing = createClosing(log);
  try {
    const databaseUrl = config.databaseUrl ?? closing.add(await startDatabase(options), dispose).url;
    const workerId = ids.uuid();
    const queue = closing.add(
      await openDbosSegmentQueue({ databaseUrl, workerId, concurrency: segmentsMax, clock, log }),
      dispose,
    );
    const store = closing.add(await openPostgresStore({ url: databaseUrl, queue, clock, log, signal }), dispose);
    const transport = closing.add(createTransport(), dispose);
    const connections = createConnections({
      store: store.connections,
      catalog,
      secretBox: createSecretBox({ key: readOrCreateKey(join(config.dataDirectory, 'secret.key'), ids), ids }),
      secretSources: {
        env: (name) => options.environment[name],
        readFile: (path) => readFile(path, 'utf8'),
      },
      openEnvironment: createOpenEnvironment({ send: transport.send, clock, ids, log }),
      clock,
    });
    const connectors = createConnectorHost({ connections, catalog });
    const worker = closing.add(
      createWorker({
        store,
        connectors,
        source: queue,
        clock,
        ids,
        log,
        workerId,
        // The embedded database admits one Rialto per data directory, so whoever was here before is dead.
        place: config.databaseUrl === undefined ? config.dataDirectory : workerId,
      }),
      dispose,
    );
    return { store, connections, connectors, worker, [Symbol.asyncDispose]: () => dispose(closing) };
  } catch (cause) {
    await dispose(closing);
    throw cause;
  }
}

function startDatabase({ config, log, signal }: ContextOptions) {
  return startEmbeddedPostgres({
    dataDirectory: config.dataDirectory,
    clock: systemClock,
    ids: systemIds,
    log,
    signal,
  });
}
