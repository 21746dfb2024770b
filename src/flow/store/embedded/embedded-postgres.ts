/** Starts the embedded PostgreSQL server of a data directory, adopts a running one, and keeps it running. */

import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../base/clock.ts';
import { abortedError } from '../../../base/clock.ts';
import { isRialtoError } from '../../../base/errors.ts';
import type { Ids } from '../../../base/ids.ts';
import type { Log } from '../../../base/log.ts';
import { locatePackage, prepareBinaries } from './binaries.ts';
import { ensureCluster, superuser } from './cluster.ts';
import { databaseDirectory, recordHome, resolveHome } from './cluster-home.ts';
import { checkOwnerFile, removeOwnerFile, writeOwnerFile } from './owner-file.ts';
import { type OwnerSession, openOwnerSession } from './owner-session.ts';
import { readPostmaster } from './postmaster-file.ts';
import { identifyProcess, type ProcessIdentity } from './process-identity.ts';
import { isRoot } from './server-account.ts';
import { freePort, launchServer, type ServerPlace, serverLogFile, stopServer } from './server-process.ts';
import { startFailure } from './start-failure.ts';
import { writeOnce } from './write-once.ts';

export interface EmbeddedPostgresOptions {
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Gives the start up; a server that was started meanwhile is stopped. */
  readonly signal?: AbortSignal;
  /** Where root keeps what the server's account cannot reach elsewhere. */
  readonly systemDirectory?: string;
}

/** A running server. Disposing it stops the server in order and waits for its end. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** `postgresql://…`, with the password: not for logs. */
  readonly url: string;
}

const launchAttemptsMax = 8;
const launchPauseFirstMs = 50;
/** Recovery after a crash may read some hundred megabytes. */
const readyWithinMs = 120_000;
const readyPauseFirstMs = 4;
const readyPauseMaxMs = 50;

/**
 * Starts the server on the cluster in `dataDirectory`, which is created at the first start, or adopts the server that
 * a killed Rialto has left running there. A server that dies is started again on the same port.
 * Raises DATA_DIRECTORY_IN_USE, DATABASE_START_FAILED and ABORTED.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const context = await prepare(options).catch((cause: unknown) => {
    if (isRialtoError(cause)) throw cause;
    // The file system refuses: another owner, a file in the way, a full disk.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw startFailure(`The data directory '${options.dataDirectory}' cannot be used: ${reason}.`, cause);
  });
  const { session, port } = await openServer(context, undefined, options.signal);
  try {
    if (options.signal?.aborted) throw abortedError(options.signal);
    await writeOwnerFile(context.dataDirectory, context.self, options.ids);
  } catch (cause) {
    await session.close();
    await stopServer(context.place);
    throw cause;
  }
  return new SupervisedPostgres(context, session, port);
}

interface ServerContext {
  readonly dataDirectory: string;
  readonly place: ServerPlace;
  readonly password: string;
  readonly self: ProcessIdentity;
  readonly log: Log;
}

async function prepare(options: EmbeddedPostgresOptions): Promise<ServerContext> {
  const { clock, ids, log } = options;
  await mkdir(options.dataDirectory, { recursive: true, mode: 0o700 });
  const dataDirectory = await realpath(options.dataDirectory);
  await checkOwnerFile(dataDirectory);
  const systemDirectory = options.systemDirectory ?? '/var/lib/rialto';
  const found = await resolveHome({ dataDirectory, systemDirectory, ids });
  const ours = databaseDirectory(dataDirectory);
  const password = await writeOnce(join(ours, 'password'), () => Buffer.from(ids.bytes(24)).toString('base64url'), ids);
  const binaries = await prepareBinaries({
    packageDirectory: locatePackage(),
    copyDirectory: isRoot() ? systemDirectory : found.directory,
    account: found.account,
    ids,
  });
  await ensureCluster({ home: found, binaries, password, ids, log });
  const home = await recordHome(found, dataDirectory, ids);
  const place: ServerPlace = { home, binaries, logFile: serverLogFile(ours), clock };
  const self = (await identifyProcess(process.pid)) ?? { pid: process.pid, start: undefined };
  return { dataDirectory, place, password, self, log };
}

interface OpenServer {
  readonly session: OwnerSession;
  readonly port: number;
}

/** Adopts or launches until a session stands, a bounded number of times. */
async function openServer(
  context: ServerContext,
  wantedPort: number | undefined,
  signal: AbortSignal | undefined,
): Promise<OpenServer> {
  const { place, log } = context;
  let complaint = '';
  let pauseMs = launchPauseFirstMs;
  for (let attempt = 1; attempt <= launchAttemptsMax; attempt += 1) {
    const running = await readPostmaster(place.home.cluster);
    if (running !== undefined) {
      // Left by a killed Rialto, or started this moment by another one: the lock will tell.
      const isGone = async () => (await readPostmaster(place.home.cluster))?.pid !== running.pid;
      const session = await awaitSession(context, running.port, isGone, signal);
      if (session !== undefined) {
        log.info('The database server was running and is adopted.', { pid: running.pid, port: running.port });
        return { session, port: running.port };
      }
      continue;
    }
    const port = wantedPort ?? (await freePort());
    const server = await launchServer(place, port);
    const session = await awaitSession(context, port, async () => server.isGone(), signal).catch(
      async (cause: unknown) => {
        // A Rialto that was quicker to take the lock uses the server that we launched.
        if (!isRialtoError(cause) || cause.code !== 'DATA_DIRECTORY_IN_USE') await server.abandon();
        throw cause;
      },
    );
    if (session !== undefined) {
      log.info('The database server is up.', { port });
      return { session, port };
    }
    // The port was taken meanwhile, or backends of a killed server still hold its memory: both pass.
    complaint = await server.complaint();
    log.warn('The database server did not start; it is tried again.', { attempt, complaint });
    await place.clock.sleep(pauseMs, signal);
    pauseMs *= 2;
  }
  throw startFailure(`The database server does not start: ${complaint || `see '${place.logFile}'`}`);
}

/** Connects as soon as the server answers; undefined when the server is gone. */
async function awaitSession(
  context: ServerContext,
  port: number,
  isGone: () => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<OwnerSession | undefined> {
  const { clock, home } = context.place;
  const deadline = clock.monotonicMs() + readyWithinMs;
  let pauseMs = readyPauseFirstMs;
  while (clock.monotonicMs() < deadline) {
    const session = await openOwnerSession({ ...context, port, cluster: home.cluster, clock });
    if (session !== undefined) return session;
    if (await isGone()) return undefined;
    await clock.sleep(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 1.5, readyPauseMaxMs);
  }
  throw startFailure(
    `The database server took no connection within ${readyWithinMs / 1000} s; see '${context.place.logFile}'.`,
  );
}

/** Owns the running server from its start to its disposal, over restarts. */
class SupervisedPostgres implements EmbeddedPostgres {
  readonly url: string;
  readonly #context: ServerContext;
  readonly #port: number;
  readonly #stopping = new AbortController();
  readonly #supervision: Promise<void>;
  #session: OwnerSession;
  #disposal: Promise<void> | undefined;

  constructor(context: ServerContext, session: OwnerSession, port: number) {
    this.#context = context;
    this.#session = session;
    this.#port = port;
    this.url = `postgresql://${superuser}:${encodeURIComponent(context.password)}@127.0.0.1:${port}/postgres`;
    this.#supervision = this.#supervise();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  /** Brings the server back, on the same port, whenever the session ends by itself. */
  async #supervise(): Promise<void> {
    const { log } = this.#context;
    for (;;) {
      await this.#session.closed;
      if (this.#stopping.signal.aborted) return;
      log.warn('The database server is gone; it is started again.', { port: this.#port });
      try {
        const { session, port } = await openServer(this.#context, this.#port, this.#stopping.signal);
        this.#session = session;
        // Disposed at this very moment: the disposal closes the session that it finds here.
        if (this.#stopping.signal.aborted) return;
        if (port !== this.#port)
          throw startFailure(`The database server came back on port ${port}, not ${this.#port}.`);
      } catch (cause) {
        if (this.#stopping.signal.aborted) return;
        log.error('The database server cannot be started again.', {
          error: cause instanceof Error ? cause.message : String(cause),
        });
        return;
      }
    }
  }

  async #dispose(): Promise<void> {
    const { place, dataDirectory, self } = this.#context;
    this.#stopping.abort();
    await this.#session.close();
    await this.#supervision;
    await this.#session.close();
    await stopServer(place);
    await removeOwnerFile(dataDirectory, self);
  }
}
