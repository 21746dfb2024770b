/**
 * The account that the database server runs under. PostgreSQL refuses to run as root, so root gives its rights up for
 * an unprivileged account; anyone else runs the server as himself.
 */

import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from './start-failure.ts';

/** Undefined stands for the account of this process. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | undefined;

/** True when this process runs as root on a POSIX system. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The account for a cluster: its owner when it exists, else `nobody`, else a fixed number (Debian's for `nobody`). */
export async function serverAccountFor(cluster: string): Promise<ServerAccount> {
  if (!isRoot()) return undefined;
  try {
    const owner = await stat(cluster);
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  } catch (cause) {
    if (systemErrorCode(cause) !== 'ENOENT') throw cause;
  }
  return (await nobody()) ?? { uid: 65_534, gid: 65_534 };
}

/** True when the account may use `path`: `rights` are those of access(2), and every directory above can be passed. */
export async function canAccess(path: string, rights: number, account: ServerAccount): Promise<boolean> {
  if (account === undefined) {
    try {
      await access(path, rights);
      return true;
    } catch {
      // Whatever the reason, this account cannot.
      return false;
    }
  }
  let current: string;
  try {
    current = await realpath(path);
  } catch (cause) {
    if (systemErrorCode(cause) === 'ENOENT') return false;
    throw cause;
  }
  if (!(await hasRights(current, rights, account))) return false;
  while (dirname(current) !== current) {
    current = dirname(current);
    if (!(await hasRights(current, constants.X_OK, account))) return false;
  }
  return true;
}

async function hasRights(
  path: string,
  rights: number,
  account: { readonly uid: number; readonly gid: number },
): Promise<boolean> {
  const { uid, gid, mode } = await stat(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & rights) === rights;
}

async function nobody(): Promise<ServerAccount> {
  let passwd: string;
  try {
    passwd = await readFile('/etc/passwd', 'utf8');
  } catch (cause) {
    if (systemErrorCode(cause) === 'ENOENT') return undefined;
    throw cause;
  }
  const match = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd);
  if (match === null) return undefined;
  // macOS writes -2 for 4294967294.
  return { uid: Number(match[1]) >>> 0, gid: Number(match[2]) >>> 0 };
}
