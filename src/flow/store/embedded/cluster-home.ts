/**
 * Where the cluster of a data directory lives: in it, or, when the server's account cannot get there (a data directory
 * below `/root`), in a directory of the system that the data directory remembers.
 */

import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids } from '../../../base/ids.ts';
import { canAccess, isRoot, type ServerAccount, serverAccountFor } from './server-account.ts';
import { startFailure, systemErrorCode } from './start-failure.ts';
import { readIfThere, writeOnce } from './write-once.ts';

export interface ClusterHome {
  /** Holds the cluster and, where they had to be copied, the programs. */
  readonly directory: string;
  readonly cluster: string;
  readonly account: ServerAccount;
  /** True: the home is outside of the data directory and not yet remembered there. */
  readonly isUnrecorded: boolean;
}

/** The part of a data directory that belongs to the database: password, log, location. */
export function databaseDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'postgres');
}

/**
 * Finds or chooses the home, and makes the directories down to it.
 * Raises DATABASE_START_FAILED when the remembered home is gone or no place can be reached.
 */
export async function resolveHome(options: {
  readonly dataDirectory: string;
  readonly systemDirectory: string;
  readonly ids: Ids;
}): Promise<ClusterHome> {
  const inside = databaseDirectory(options.dataDirectory);
  await mkdir(inside, { recursive: true, mode: 0o700 });
  const recorded = await readIfThere(join(inside, 'location'));
  if (recorded !== undefined) return await recordedHome(options.dataDirectory, recorded);

  const home = await homeAt(inside, false);
  if (!isRoot()) return home;
  await openForPassage(options.dataDirectory);
  await openForPassage(inside);
  if (await canAccess(inside, constants.X_OK, home.account)) return home;
  if (await isThere(home.cluster)) {
    throw startFailure(
      `The account ${home.account?.uid} that owns the database in '${home.cluster}' cannot get there. ` +
        'Let it pass the directories above (chmod o+x), or move the data directory.',
    );
  }
  const name = createHash('sha256').update(options.dataDirectory).digest('hex').slice(0, 16);
  // The random part: a data directory that was deleted and made again must not find the database of the old one.
  const outside = join(options.systemDirectory, `${name}-${options.ids.uuid().slice(0, 8)}`);
  await mkdir(options.systemDirectory, { recursive: true });
  await openForPassage(options.systemDirectory);
  await mkdir(outside);
  // Said again because the umask takes from the mode of mkdir.
  await chmod(outside, 0o711);
  const chosen = await homeAt(outside, true);
  if (await canAccess(outside, constants.X_OK, chosen.account)) return chosen;
  throw startFailure(
    `The database server may not run as root, and the account ${chosen.account?.uid} can reach neither ` +
      `'${inside}' nor '${outside}'. Choose a data directory that it can reach.`,
  );
}

/** Remembers a home outside of the data directory, once its cluster is complete; gives the home that holds from now on. */
export async function recordHome(home: ClusterHome, dataDirectory: string, ids: Ids): Promise<ClusterHome> {
  if (!home.isUnrecorded) return home;
  const winner = await writeOnce(join(databaseDirectory(dataDirectory), 'location'), () => home.directory, ids);
  if (winner === home.directory) return { ...home, isUnrecorded: false };
  await rm(home.directory, { recursive: true, force: true });
  return await recordedHome(dataDirectory, winner);
}

/** True when there is something of this name. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (cause) {
    if (systemErrorCode(cause) === 'ENOENT') return false;
    throw cause;
  }
}

async function recordedHome(dataDirectory: string, directory: string): Promise<ClusterHome> {
  const home = await homeAt(directory, false);
  if (await isThere(home.cluster)) return home;
  throw startFailure(
    `The database of '${dataDirectory}' was kept in '${home.cluster}', which is gone. Restore that directory, ` +
      `or remove '${databaseDirectory(dataDirectory)}' to begin with an empty database.`,
  );
}

async function homeAt(directory: string, isUnrecorded: boolean): Promise<ClusterHome> {
  const cluster = join(directory, 'cluster');
  return { directory, cluster, account: await serverAccountFor(cluster), isUnrecorded };
}

/** Lets other accounts pass through a directory of ours, not list it. */
async function openForPassage(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o001) !== 0) return;
  try {
    await chmod(path, (mode & 0o777) | 0o001);
  } catch (cause) {
    // A file system that root may not change (NFS with root_squash): the home goes elsewhere.
    const code = systemErrorCode(cause);
    if (code !== 'EPERM' && code !== 'EROFS' && code !== 'EACCES') throw cause;
  }
}
