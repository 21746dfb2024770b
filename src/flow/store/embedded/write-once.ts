/** Small files that are written whole, at most once, and read by every later start. */

import { link, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Ids } from '../../../base/ids.ts';
import { systemErrorCode } from './start-failure.ts';

/**
 * Writes the file unless it is there, durably, and gives its text: ours, or what a start before or beside this one
 * wrote. A kill at any moment leaves the whole file or none.
 */
export async function writeOnce(path: string, text: () => string, ids: Ids): Promise<string> {
  const known = await readIfThere(path);
  if (known !== undefined) return known;
  const draft = `${path}.${ids.uuid()}.tmp`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text());
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // A link, not a rename: it fails when another start was first.
    await link(draft, path);
    await syncDirectory(dirname(path));
  } catch (cause) {
    if (systemErrorCode(cause) !== 'EEXIST') throw cause;
  } finally {
    await rm(draft, { force: true });
  }
  return await readFile(path, 'utf8');
}

/** The text of a file; undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (systemErrorCode(cause) === 'ENOENT') return undefined;
    throw cause;
  }
}

/** Makes a new name in a directory durable. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open directories; NTFS journals names itself.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
