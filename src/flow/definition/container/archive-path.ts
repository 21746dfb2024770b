/** Paths of files in archives and folders: relative, with forward slashes, never leading out. */

import { RialtoError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';

/** Longest path of a file in an archive or a folder, in characters. */
export const archivePathLengthMax = 512;

/**
 * The path as it was given, with forward slashes. Raises ARCHIVE_INVALID for one that is empty, absolute, has a drive, a
 * control character or the segment `..`; LIMIT_EXCEEDED for a long one.
 */
export function checkArchivePath(path: string): string {
  checkLimit('archivePathLengthMax', archivePathLengthMax, path.length, 'The length of a path');
  const written = path.replaceAll('\\', '/');
  const segments = (written.endsWith('/') ? written.slice(0, -1) : written).split('/');
  const isSafe =
    !/[\p{Cc}\p{Cs}]/u.test(written) &&
    !/^[A-Za-z]:/.test(written) &&
    segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (isSafe) return written;
  throw new RialtoError(
    'ARCHIVE_INVALID',
    `The path '${path.slice(0, 100)}' leads out, or is none; expected a relative path of names, such as Workflows/flow.json.`,
  );
}
