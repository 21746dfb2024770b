/** The directory that a start keeps its data in. */

import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { RialtoError } from '../base/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'this user may not write there',
  EPERM: 'the system allows no directory there',
  EROFS: 'the file system is read-only',
  ENOENT: 'the system allows no directory there',
  ENOSPC: 'the disk is full',
};

/** Makes the directory, for its owner alone, unless it is there. Raises DATA_DIRECTORY_INVALID. */
export function openDataDirectory(path: string): void {
  try {
    makeDirectory(path);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new RialtoError(
      'DATA_DIRECTORY_INVALID',
      `The data directory '${path}' cannot be used: ${reasons[code] ?? code}. Choose another with --data-dir.`,
      { cause },
    );
  }
}

/** One directory after the other: the recursive form never returns where the system allows none, as in `/proc`. */
function makeDirectory(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (!existsSync(dirname(path))) makeDirectory(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
