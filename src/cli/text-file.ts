/** Files that a command line names. */

import { readFile } from 'node:fs/promises';
import { RialtoError } from '../base/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is no directory',
  EACCES: 'this user may not read it',
};

/** The text of a file. Raises OPTION_INVALID when it cannot be read, saying why. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The error for a file that cannot be read, from the one of the system. */
export function unreadable(path: string, cause: unknown): RialtoError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = reasons[code] ?? code;
  return new RialtoError('OPTION_INVALID', `The file '${path}' cannot be read: ${reason}.`, { cause });
}
