/** Keeps foreign web pages away from a server on loopback, and tells browsers what our pages may do. */

import type { FastifyInstance } from 'fastify';
import { RialtoError } from '../../base/errors.ts';
import { headerOf } from './request.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests whose `Host` is no loopback name (a page whose own name was rebound to 127.0.0.1 sends its own), and
 * changes whose `Origin` is not this server (a page of another site sends its own). There is no CORS. Raises
 * ORIGIN_REFUSED.
 */
export function guardRequests(app: FastifyInstance, options: { readonly isLoopbackOnly: boolean }): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    const host = headerOf(request, 'host') ?? '';
    if (options.isLoopbackOnly && !loopbackNames.has(hostName(host))) {
      throw new RialtoError(
        'ORIGIN_REFUSED',
        `This server listens on loopback and does not answer to the host '${host.slice(0, 100)}'; use 127.0.0.1 or localhost.`,
      );
    }
    const origin = headerOf(request, 'origin');
    if (origin !== undefined && !safeMethods.has(request.method) && !isSameHost(origin, host)) {
      throw new RialtoError(
        'ORIGIN_REFUSED',
        `A page of '${origin.slice(0, 100)}' may not change anything here; only pages of this server may.`,
      );
    }
  });
}

function hostName(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase();
}

function isSameHost(origin: string, host: string): boolean {
  return (
    origin.toLowerCase() === `http://${host}`.toLowerCase() || origin.toLowerCase() === `https://${host}`.toLowerCase()
  );
}
