/** Writes that nothing makes safe to repeat. */

import { RialtoError } from '../base/errors.ts';
import type { CallContext } from './contract.ts';

/**
 * Refuses a repeat of a write that can neither be recognised by a key nor looked for: doing it twice is worse than
 * stopping (design D8).
 * Raises WRITE_OUTCOME_UNKNOWN when an earlier attempt may have reached the service.
 */
export function refuseUnsafeRepeat(context: CallContext, what: string): void {
  if (!context.mayBeRepeat) return;
  throw new RialtoError(
    'WRITE_OUTCOME_UNKNOWN',
    `${what} was tried before, and whether the service did it is not known; a repeat could do it twice.` +
      ' Look in the environment, then run the flow again.',
  );
}
