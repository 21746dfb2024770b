/** Tells whether a process recorded in a file still lives, also when its number has been given to another since. */

import { readFile } from 'node:fs/promises';

/** A process, and what tells it from a later one of the same number; `start` is undefined where the system has no such thing. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly start: string | undefined;
}

/** The identity of a process; undefined when there is none of this number (a zombie counts as none). */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (process.platform !== 'linux') return isSignalable(pid) ? { pid, start: undefined } : undefined;
  const stat = await readProc(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // proc(5): the name stands in parentheses and may hold any character; state is the field behind, start time the 20th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const bootId = (await readProc('/proc/sys/kernel/random/boot_id')) ?? '';
  return { pid, start: `${bootId.slice(0, 8)}-${fields[19]}` };
}

/** `yes` or `no` where that is certain; `unknown` when a process of this number lives and may be another one. */
export async function isSameProcessAlive(recorded: ProcessIdentity): Promise<'yes' | 'no' | 'unknown'> {
  const current = await identifyProcess(recorded.pid);
  if (current === undefined) return 'no';
  if (current.start === undefined || recorded.start === undefined) return 'unknown';
  return current.start === recorded.start ? 'yes' : 'no';
}

function isSignalable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function readProc(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined;
    throw cause;
  }
}
