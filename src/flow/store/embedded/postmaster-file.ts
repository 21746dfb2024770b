/** `postmaster.pid`, which PostgreSQL writes in its cluster while it runs, and which a kill leaves behind. */

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { identifyProcess } from './process-identity.ts';
import { systemErrorCode } from './start-failure.ts';
import { readIfThere } from './write-once.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** A process number that no system gives; `kill` answers ESRCH. */
const noSuchPid = 2_147_483_646;

/**
 * The server that runs on the cluster; undefined when none does. A file left behind whose process number now belongs to
 * something else is corrected on the way: PostgreSQL would take that for itself and refuse to start.
 */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const path = join(cluster, 'postmaster.pid');
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  // PostgreSQL documentation, storage-file-layout: pid, data directory, start time, port, socket directory, …
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || (await identifyProcess(pid)) === undefined) {
    if (process.platform === 'linux' && pid > 0 && pid !== noSuchPid) await disarmZombie(path, pid, lines);
    return undefined;
  }
  if (await isServerOf(pid, cluster)) return { pid, port };
  await disarm(path, lines);
  return undefined;
}

/** A zombie, which nobody reaps where the first process of a container is no init, still answers signals. */
async function disarmZombie(path: string, pid: number, lines: readonly string[]): Promise<void> {
  try {
    process.kill(pid, 0);
  } catch {
    // Gone altogether: PostgreSQL sees that itself.
    return;
  }
  await disarm(path, lines);
}

/** Only the process number changes: the shared memory key further down still guards against orphaned backends. */
async function disarm(path: string, lines: readonly string[]): Promise<void> {
  await writeFile(path, [String(noSuchPid), ...lines.slice(1)].join('\n'));
}

async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  // On Windows PostgreSQL's own check is exact: it asks for a pipe that only a server has.
  if (process.platform === 'win32') return true;
  const command = await commandLine(pid);
  return command.includes('postgres') && command.includes(cluster);
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    try {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    } catch (cause) {
      const code = systemErrorCode(cause);
      if (code === 'ENOENT' || code === 'ESRCH') return '';
      throw cause;
    }
  }
  try {
    return (await promisify(execFile)('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    // ps(1) fails when there is no such process.
    return '';
  }
}
