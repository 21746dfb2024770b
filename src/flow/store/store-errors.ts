/** The errors that every store raises, in one wording. */

import { RialtoError } from '../../base/errors.ts';
import type { SegmentRef } from './store.ts';

/** RUN_FENCED: `found` says where the run is instead, `segment 4` or `ended`. */
export function runFenced(segment: SegmentRef, found: string): RialtoError {
  return new RialtoError(
    'RUN_FENCED',
    `Run '${segment.runId}' may not be written at segment ${segment.segment}: it is ${found}.`,
  );
}

/** TRIGGER_POSITION_STALE; `found` is undefined when the trigger is gone. */
export function positionStale(
  trigger: { readonly flow: string; readonly trigger: string; readonly positionVersion: number },
  found: number | undefined,
): RialtoError {
  return new RialtoError(
    'TRIGGER_POSITION_STALE',
    `Trigger '${trigger.trigger}' of flow '${trigger.flow}' was checked from position version ` +
      `${trigger.positionVersion}; ${found === undefined ? 'the trigger is gone' : `the stored one is ${found}`}.`,
  );
}

/** RUN_UNKNOWN. */
export function runUnknown(id: string): RialtoError {
  return new RialtoError('RUN_UNKNOWN', `There is no run '${id}'.`);
}
