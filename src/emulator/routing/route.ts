/** Routes as data: the router looks them up, the support matrix prints them. */

import type { HttpHeaders, HttpResponse } from '../../http/send.ts';
import { notImplemented } from '../wire/refusal.ts';
import type { PathShape } from './path-target.ts';

/** What the emulator does with one method on one shape of path. */
export interface Route<Exchange> {
  readonly method: string;
  readonly shape: PathShape;
  /** For the support matrix: what it does, and what of it is left out. */
  readonly summary: string;
  /** Left out for what the service offers and the emulator does not. */
  readonly handle?: (exchange: Exchange) => HttpResponse | Promise<HttpResponse>;
  /** Name of the feature in the 501 code, when there is no handler. */
  readonly feature?: string;
}

/** The route for a method and a shape; undefined when the service has none. */
export function findRoute<Exchange>(
  routes: readonly Route<Exchange>[],
  method: string,
  shape: PathShape,
): Route<Exchange> | undefined {
  return routes.find((route) => route.method === method && route.shape === shape);
}

/** The `Allow` header of a 405: the methods that this shape of path takes (RFC 9110 15.5.6). */
export function allowHeader<Exchange>(routes: readonly Route<Exchange>[], shape: PathShape): HttpHeaders {
  const methods = routes.filter((route) => route.shape === shape).map((route) => route.method);
  return { allow: methods.join(', ') };
}

/** Runs a route. Raises SERVICE_ERROR with status 501 when it is declared without a handler. */
export async function runRoute<Exchange>(route: Route<Exchange>, exchange: Exchange): Promise<HttpResponse> {
  if (route.handle === undefined) {
    throw notImplemented(route.feature ?? route.shape, `${route.method} of ${route.shape}: ${route.summary}`);
  }
  return route.handle(exchange);
}
