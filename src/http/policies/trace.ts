/** One correlation id and one log line for each call. */

import type { Clock } from '../../base/clock.ts';
import { isRialtoError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import { describeRequest, describeResponse } from '../redaction.ts';
import type { Policy } from '../send.ts';

export interface TraceOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** Sends `x-ms-client-request-id`, which the service writes to its telemetry, and logs the outcome at debug level. */
export function tracePolicy(options: TraceOptions): Policy {
  return (next) => async (request) => {
    const traced = {
      ...request,
      headers: { 'x-ms-client-request-id': options.ids.uuid(), ...request.headers },
    };
    const startedMs = options.clock.monotonicMs();
    const elapsed = (): number => Math.round(options.clock.monotonicMs() - startedMs);
    try {
      const response = await next(traced);
      options.log.debug('Request was answered', {
        ...describeRequest(traced),
        ...describeResponse(response),
        elapsedMs: elapsed(),
      });
      return response;
    } catch (error) {
      options.log.debug('Request failed', {
        ...describeRequest(traced),
        error: isRialtoError(error) ? error.code : 'INTERNAL',
        elapsedMs: elapsed(),
      });
      throw error;
    }
  };
}
