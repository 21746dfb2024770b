/**
 * The session that owns the data directory: a connection that holds an advisory lock in the embedded server for as long
 * as this process lives. Only one server runs on a cluster, and the lock goes with the connection, so it is never
 * stale. The end of the session also tells that the server is gone.
 */

import { realpath } from 'node:fs/promises';
import { Client } from 'pg';
import type { Clock } from '../../../base/clock.ts';
import { isRialtoError, RialtoError } from '../../../base/errors.ts';
import { superuser } from './cluster.ts';
import { isSameProcessAlive, type ProcessIdentity } from './process-identity.ts';
import { startFailure, systemErrorCode } from './start-failure.ts';

export interface OwnerSession {
  /** Resolves when the connection is gone, for whatever reason. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** `rialto` in ASCII, as a number: the key of the advisory lock. */
const lockKey = '125822424085615';
const connectTimeoutMs = 10_000;
/** How long the session of a killed owner may take to go away. */
const lockWaitMs = 5000;
const lockPauseMs = 25;

/**
 * Connects and takes the lock. Undefined when the server does not take connections now (yet, or any more).
 * Raises DATA_DIRECTORY_IN_USE, and DATABASE_START_FAILED when what answers is not our server.
 */
export async function openOwnerSession(options: {
  readonly port: number;
  readonly password: string;
  readonly cluster: string;
  readonly dataDirectory: string;
  readonly self: ProcessIdentity;
  readonly clock: Clock;
}): Promise<OwnerSession | undefined> {
  const client = new Client({
    host: '127.0.0.1',
    port: options.port,
    user: superuser,
    password: options.password,
    database: 'postgres',
    application_name: `rialto ${options.self.pid} ${options.self.start ?? ''}`,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  });
  const closed = new Promise<void>((resolve) => {
    client.on('error', () => resolve());
    client.on('end', () => resolve());
  });
  try {
    await client.connect();
    await checkIsOurs(client, options);
    await takeLock(client, options);
  } catch (cause) {
    await endQuietly(client);
    if (isNotReady(cause)) return undefined;
    if (isRialtoError(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw startFailure(`The database server in '${options.cluster}' refuses Rialto: ${reason}.`, cause);
  }
  return { closed, close: () => endQuietly(client) };
}

async function checkIsOurs(
  client: Client,
  options: { readonly port: number; readonly cluster: string },
): Promise<void> {
  const answer = await client.query<{ data_directory: string }>('show data_directory');
  const directory = answer.rows[0]?.data_directory ?? '';
  if ((await realpath(directory)) !== (await realpath(options.cluster))) {
    throw startFailure(`Port ${options.port} answers for another database than the one in '${options.cluster}'.`);
  }
}

async function takeLock(
  client: Client,
  options: { readonly dataDirectory: string; readonly clock: Clock },
): Promise<void> {
  const deadline = options.clock.monotonicMs() + lockWaitMs;
  for (;;) {
    const answer = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${lockKey}) as taken`);
    if (answer.rows[0]?.taken === true) return;
    const holder = await lockHolder(client);
    const isAlive = holder === undefined ? 'no' : await isSameProcessAlive(holder);
    if (isAlive === 'yes' || options.clock.monotonicMs() > deadline) {
      throw directoryInUse(options.dataDirectory, holder?.pid);
    }
    await options.clock.sleep(lockPauseMs);
  }
}

/** The DATA_DIRECTORY_IN_USE error. */
export function directoryInUse(dataDirectory: string, pid: number | undefined): RialtoError {
  return new RialtoError(
    'DATA_DIRECTORY_IN_USE',
    `Another Rialto${pid === undefined ? '' : ` (process ${pid})`} runs in the data directory '${dataDirectory}'. ` +
      'Stop it, or choose another data directory.',
  );
}

async function lockHolder(client: Client): Promise<ProcessIdentity | undefined> {
  const answer = await client.query<{ application_name: string }>(
    `select application_name from pg_stat_activity join pg_locks using (pid)
     where locktype = 'advisory' and granted and (classid::bigint << 32 | objid::bigint) = ${lockKey}`,
  );
  const [, pid, start] = (answer.rows[0]?.application_name ?? '').split(' ');
  return pid === undefined ? undefined : { pid: Number(pid), start: start === '' ? undefined : start };
}

/** SQLSTATE class 57P: shutting down, crashed, not yet ready. */
const notReadyCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03']);

function isNotReady(cause: unknown): boolean {
  if (notReadyCodes.has(systemErrorCode(cause) ?? '')) return true;
  return cause instanceof Error && /^(?:Connection terminated|timeout expired)/.test(cause.message);
}

async function endQuietly(client: Client): Promise<void> {
  try {
    await client.end();
  } catch {
    // A connection that broke has ended as well.
  }
}
