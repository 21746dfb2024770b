/**
 * `lock` in the data directory: names the Rialto that owns it. The advisory lock in the database is what counts; this
 * file refuses a second start at once, names the owner, and holds while the database itself is being restarted.
 */

import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids } from '../../../base/ids.ts';
import { directoryInUse } from './owner-session.ts';
import { identifyProcess, isSameProcessAlive, type ProcessIdentity } from './process-identity.ts';
import { readIfThere } from './write-once.ts';

/** Raises DATA_DIRECTORY_IN_USE when the file names a process that certainly lives. */
export async function checkOwnerFile(dataDirectory: string): Promise<void> {
  const owner = await readOwner(dataDirectory);
  // `unknown`: on a system that cannot tell processes of one number apart the advisory lock decides.
  if (owner !== undefined && (await isSameProcessAlive(owner)) === 'yes')
    throw directoryInUse(dataDirectory, owner.pid);
}

/** Names this process as the owner. */
export async function writeOwnerFile(dataDirectory: string, self: ProcessIdentity, ids: Ids): Promise<void> {
  const draft = `${ownerFile(dataDirectory)}.${ids.uuid()}.tmp`;
  await writeFile(draft, JSON.stringify(self), { mode: 0o600 });
  await rename(draft, ownerFile(dataDirectory));
}

/** Takes the name of this process away, if it is still there. */
export async function removeOwnerFile(dataDirectory: string, self: ProcessIdentity): Promise<void> {
  const owner = await readOwner(dataDirectory);
  if (owner?.pid === self.pid && owner.start === self.start) await rm(ownerFile(dataDirectory), { force: true });
}

/**
 * Makes this process the owner of a directory that has no database of its own to lock, until it is disposed.
 * Raises DATA_DIRECTORY_IN_USE.
 */
export async function holdDirectory(directory: string, ids: Ids): Promise<AsyncDisposable> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await checkOwnerFile(directory);
  const self = (await identifyProcess(process.pid)) ?? { pid: process.pid, start: undefined };
  await writeOwnerFile(directory, self, ids);
  return { [Symbol.asyncDispose]: () => removeOwnerFile(directory, self) };
}

function ownerFile(dataDirectory: string): string {
  return join(dataDirectory, 'lock');
}

/** Undefined when there is no owner, or a crash of the machine has spoiled the file. */
async function readOwner(dataDirectory: string): Promise<ProcessIdentity | undefined> {
  const text = await readIfThere(ownerFile(dataDirectory));
  const match = /^\{"pid":(\d+)(?:,"start":"([^"]*)")?\}$/.exec(text ?? '');
  return match === null ? undefined : { pid: Number(match[1]), start: match[2] };
}
