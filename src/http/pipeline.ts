/** The order of the policies between a client and its transport. */

import type { Clock } from '../base/clock.ts';
import type { Ids } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { type IdentityOptions, identityPolicy } from './policies/identity.ts';
import { type RetryOptions, retryPolicy } from './policies/retry.ts';
import { tracePolicy } from './policies/trace.ts';
import { userAgentPolicy } from './policies/user-agent.ts';
import type { Policy, Send } from './send.ts';

export interface PipelineOptions {
  readonly send: Send;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly userAgent: string;
  readonly identity: IdentityOptions;
  readonly retry?: Pick<RetryOptions, 'limits' | 'isPassingFault'>;
}

/** A `Send` with correlation id, log, user agent, retry and access token around `options.send`. */
export function createPipeline(options: PipelineOptions): Send {
  /** Outermost first. */
  const policies: readonly Policy[] = [
    // Outside retry: all attempts of a call carry one correlation id and end in one log line. Outside identity too, so
    // that what is logged never holds a token.
    tracePolicy(options),
    // May stand anywhere.
    userAgentPolicy(options.userAgent),
    // Outside identity: after a wait the token may be out of date, so each attempt asks for it again.
    retryPolicy({ ...options.retry, clock: options.clock, ids: options.ids, log: options.log }),
    // Innermost: nothing between it and the transport sees a token, and the one repeat after a 401 is no attempt of
    // retry's.
    identityPolicy(options.identity),
  ];
  return policies.reduceRight<Send>((next, policy) => policy(next), options.send);
}
