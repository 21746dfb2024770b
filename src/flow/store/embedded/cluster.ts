/**
 * Makes the cluster, once. It is made under another name and renamed when it is complete and on disk, so that a kill
 * in the middle leaves a draft and no half cluster.
 */

import { chmod, chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids } from '../../../base/ids.ts';
import type { Log } from '../../../base/log.ts';
import type { PostgresBinaries } from './binaries.ts';
import { type ClusterHome, isThere } from './cluster-home.ts';
import { identifyProcess, isSameProcessAlive } from './process-identity.ts';
import { runProgram } from './run-program.ts';
import { startFailure, systemErrorCode } from './start-failure.ts';
import { syncDirectory, writeOnce } from './write-once.ts';

/** Name of the superuser that Rialto uses. */
export const superuser = 'rialto';

const draftPrefix = 'draft-';

/** Says that the home has held a cluster: without it an empty one may be made, with it the old one is missing. */
const createdFile = 'created';

/** Makes the cluster in the home unless it is there. Raises DATABASE_START_FAILED, also when it was there and is gone. */
export async function ensureCluster(options: {
  readonly home: ClusterHome;
  readonly binaries: PostgresBinaries;
  readonly password: string;
  readonly ids: Ids;
  readonly log: Log;
}): Promise<void> {
  const { home, ids, log } = options;
  await removeDeadDrafts(home.directory, log);
  const created = join(home.directory, createdFile);
  if (await isThere(home.cluster)) {
    await writeOnce(created, () => '', ids);
    return;
  }
  if (await isThere(created)) {
    throw startFailure(
      `The database was kept in '${home.cluster}', which is gone. Restore that directory, ` +
        `or remove '${home.directory}' to begin with an empty database.`,
    );
  }
  const self = await identifyProcess(process.pid);
  const draft = join(home.directory, `${draftPrefix}${process.pid}-${self?.start ?? ''}.${ids.uuid().slice(0, 8)}`);
  try {
    await initialize(draft, options);
    await rename(join(draft, 'cluster'), home.cluster);
    await syncDirectory(home.directory);
    await writeOnce(created, () => '', ids);
  } catch (cause) {
    // Another start made the cluster meanwhile; ours is not needed.
    const code = systemErrorCode(cause);
    if (!(await isThere(home.cluster)) || (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM')) throw cause;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  log.info('The database was created.', { directory: home.cluster });
}

async function initialize(
  draft: string,
  options: { readonly home: ClusterHome; readonly binaries: PostgresBinaries; readonly password: string },
): Promise<void> {
  const { account } = options.home;
  const passwordFile = join(draft, 'password');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (account !== undefined) {
    await chown(passwordFile, account.uid, account.gid);
    await chown(draft, account.uid, account.gid);
  }
  await chmod(draft, 0o700);
  await runProgram(
    options.binaries.initdb,
    [
      `--pgdata=${join(draft, 'cluster')}`,
      `--username=${superuser}`,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ],
    { account, directory: draft },
  ).catch((cause: unknown) => {
    throw startFailure(`The database in '${options.home.directory}' cannot be created.`, cause);
  });
}

/** Removes what starts that were killed have left; drafts of a process that lives stay. */
async function removeDeadDrafts(directory: string, log: Log): Promise<void> {
  for (const name of await readdir(directory)) {
    const match = name.startsWith(draftPrefix) ? /^(\d+)-(.*)\.[0-9a-f]+$/.exec(name.slice(draftPrefix.length)) : null;
    if (match === null) continue;
    const owner = { pid: Number(match[1]), start: match[2] === '' ? undefined : match[2] };
    if ((await isSameProcessAlive(owner)) !== 'no') continue;
    try {
      await rm(join(directory, name), { recursive: true, force: true });
    } catch (cause) {
      // The orphaned initdb of a killed start may still write there; the next start tries again.
      log.warn('A draft of the database cannot be removed yet.', { name, code: systemErrorCode(cause) });
    }
  }
}
