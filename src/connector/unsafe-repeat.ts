/** Writes that nothing makes safe to repeat. */

import { RialtoError } from '../base/errors.ts';
import type { CallContext } from './contract.ts';

/**
 * Refuses a possible repeat of a write that no key tells from the first one: doing it twice is worse than stopping
 * (design decision D8). `what` names the write; `check` says how a person finds out whether it was done.
 * Raises WRITE_OUTCOME_UNKNOWN when an earlier attempt may have reached the service.
 */
export function refuseUnsafeRepeat(context: CallContext, what: string, check: string): void {
  if (!context.mayBeRepeat) return;
  throw new RialtoError(
    'WRITE_OUTCOME_UNKNOWN',
    `${what} was sent before and no clear answer came, so it may have been done; it is not sent again, since nothing` +
      ` would tell a second time from the first. ${check}`,
  );
}
