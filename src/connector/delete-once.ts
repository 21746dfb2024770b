/** Deleting a record so that a repeat of the same call succeeds as the first did. */

import { isRialtoError } from '../base/errors.ts';
import type { EntitySetClient, KeyInput, WriteOptions } from '../client/client.ts';
import type { CallContext } from './contract.ts';

/**
 * Deletes a record. When an earlier attempt of this call may have deleted it already, its absence is success.
 * Raises RECORD_NOT_FOUND otherwise.
 */
export async function deleteOnce(
  entitySet: EntitySetClient,
  key: KeyInput,
  context: CallContext,
  options: WriteOptions = {},
): Promise<void> {
  try {
    await entitySet.delete(key, { ...options, ...(context.signal === undefined ? {} : { signal: context.signal }) });
  } catch (error) {
    if (!context.mayBeRepeat || !isRialtoError(error) || error.code !== 'RECORD_NOT_FOUND') throw error;
    context.log.info('delete found the record gone after an earlier attempt', { entitySet: entitySet.name });
  }
}
