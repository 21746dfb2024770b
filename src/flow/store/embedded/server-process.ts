/** One server process: launched by us, or found running and adopted. */

import { open, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '../../../base/clock.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { ClusterHome } from './cluster-home.ts';
import { postgresArguments } from './postgres-settings.ts';
import { readPostmaster } from './postmaster-file.ts';
import { identifyProcess, isSameProcessAlive } from './process-identity.ts';
import { runProgram, startProgram } from './run-program.ts';
import { startFailure, systemErrorCode } from './start-failure.ts';

export interface ServerPlace {
  readonly home: ClusterHome;
  readonly binaries: PostgresBinaries;
  readonly logFile: string;
  readonly clock: Clock;
}

export interface LaunchedServer {
  /** True once the process has ended. */
  isGone(): boolean;
  /** What it wrote to the log since its launch, the fatal lines only. */
  complaint(): Promise<string>;
  /** Stops it before anyone has used it. */
  abandon(): Promise<void>;
}

/** A log above this size is put aside at the next launch; one old one is kept. */
const logBytesMax = 8 * 1024 * 1024;
const complaintBytesMax = 16 * 1024;
const stopPatienceMs = 30_000;
const stopImmediatePatienceMs = 10_000;
const stopPauseMs = 5;

/** A TCP port on loopback that nobody uses at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (cause) => reject(startFailure('No free TCP port on 127.0.0.1.', cause)));
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Launches a server on the cluster; it is not ready yet. Raises DATABASE_START_FAILED when it cannot be run at all. */
export async function launchServer(place: ServerPlace, port: number): Promise<LaunchedServer> {
  const log = await openLog(place.logFile);
  const args = postgresArguments(place.home.cluster, port);
  // On Windows pg_ctl gives up an administrator's rights, which postgres refuses to run with.
  const child =
    process.platform === 'win32'
      ? startProgram(place.binaries.pgCtl, ['start', '-W', '-D', place.home.cluster, '-o', quoted(args.slice(2))], {
          account: undefined,
          directory: place.home.directory,
          stdio: ['ignore', log.fd, log.fd],
        })
      : startProgram(place.binaries.postgres, args, {
          account: place.home.account,
          directory: place.home.directory,
          stdio: ['ignore', log.fd, log.fd],
        });
  let gone = false;
  child.on('exit', (code) => {
    gone = process.platform !== 'win32' || code !== 0;
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => {
      reject(startFailure(`'${child.spawnfile}' cannot be run: ${cause.message}`, cause));
    });
  }).finally(() => log.close());
  child.unref();
  return {
    isGone: () => gone,
    complaint: () => readComplaint(place.logFile, log.size),
    async abandon() {
      if (process.platform === 'win32') await stopServer(place);
      else if (child.pid !== undefined && !gone) await stopProcess(child.pid, place.clock);
    },
  };
}

/** Stops the server on the cluster: its clients are disconnected, what it has is on disk. Waits for its end. */
export async function stopServer(place: ServerPlace): Promise<void> {
  const postmaster = await readPostmaster(place.home.cluster);
  if (postmaster === undefined) return;
  if (process.platform === 'win32') {
    await runProgram(place.binaries.pgCtl, ['stop', '-m', 'fast', '-D', place.home.cluster], {
      account: undefined,
      directory: place.home.directory,
    });
    return;
  }
  await stopProcess(postmaster.pid, place.clock);
}

async function stopProcess(pid: number, clock: Clock): Promise<void> {
  // PostgreSQL documentation, server-shutdown: SIGINT is fast, SIGQUIT immediate (recovery at the next start).
  if (await signalAndWait(pid, 'SIGINT', stopPatienceMs, clock)) return;
  if (await signalAndWait(pid, 'SIGQUIT', stopImmediatePatienceMs, clock)) return;
  throw startFailure(`The database server (process ${pid}) does not stop.`);
}

async function signalAndWait(pid: number, signal: NodeJS.Signals, patienceMs: number, clock: Clock): Promise<boolean> {
  const self = await identifyProcess(pid);
  if (self === undefined) return true;
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if (systemErrorCode(cause) !== 'ESRCH') throw cause;
    return true;
  }
  const deadline = clock.monotonicMs() + patienceMs;
  while ((await isSameProcessAlive(self)) !== 'no') {
    if (clock.monotonicMs() > deadline) return false;
    await clock.sleep(stopPauseMs);
  }
  return true;
}

async function openLog(path: string): Promise<{ readonly fd: number; readonly size: number; close(): Promise<void> }> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logBytesMax) {
    await rm(`${path}.1`, { force: true });
    await rename(path, `${path}.1`);
  }
  const file = await open(path, 'a', 0o600);
  return { fd: file.fd, size: size > logBytesMax ? 0 : size, close: () => file.close() };
}

async function readComplaint(path: string, from: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(complaintBytesMax), 0, complaintBytesMax, from);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    const fatal = lines.filter((line) => /\b(?:FATAL|PANIC|HINT|DETAIL):|error while loading/.test(line));
    return (fatal.length > 0 ? fatal : lines).slice(-6).join(' ').trim();
  } finally {
    await file.close();
  }
}

function quoted(args: readonly string[]): string {
  return args.map((arg) => `"${arg}"`).join(' ');
}

/** The log of the servers of a data directory. */
export function serverLogFile(databaseDirectory: string): string {
  return join(databaseDirectory, 'postgres.log');
}
