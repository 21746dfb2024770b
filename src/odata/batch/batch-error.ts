/** The error of a batch that is not one. */

import { RialtoError } from '../../base/errors.ts';

/** ODATA_BATCH_INVALID. */
export function invalidBatch(message: string, cause?: unknown): RialtoError {
  return new RialtoError('ODATA_BATCH_INVALID', message, cause === undefined ? {} : { cause });
}
