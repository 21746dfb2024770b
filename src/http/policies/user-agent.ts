/** Says who calls. */

import type { Policy } from '../send.ts';

/** Adds `user-agent` where the request has none. */
export function userAgentPolicy(userAgent: string): Policy {
  return (next) => (request) => next({ ...request, headers: { 'user-agent': userAgent, ...request.headers } });
}
