/** What a product offers to the environment that serves it. */

import type { Clock } from '../base/clock.ts';
import type { Ids } from '../base/ids.ts';
import type { HttpResponse } from '../http/send.ts';
import type { Incoming } from './wire/incoming.ts';

export interface ServiceContext {
  /** Origins under which the environment is known, lower case. */
  readonly origins: ReadonlySet<string>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Answers every request that is not for an identity endpoint. Never rejects: errors are answers. */
export interface Service {
  answer(request: Incoming, context: ServiceContext): Promise<HttpResponse>;
}
