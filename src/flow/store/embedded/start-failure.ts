/** The one error of a server that does not start. */

import { RialtoError } from '../../../base/errors.ts';

/** A DATABASE_START_FAILED error. */
export function startFailure(message: string, cause?: unknown): RialtoError {
  return new RialtoError('DATABASE_START_FAILED', message, cause === undefined ? {} : { cause });
}

/** The code of a system error (`ENOENT`), or undefined. */
export function systemErrorCode(cause: unknown): string | undefined {
  return cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
}
