/** What the parts of a client share, and what a request to the service is. */

import type { Clock } from '../base/clock.ts';
import type { JsonObject } from '../base/json.ts';
import { checkLimit } from '../base/limits.ts';
import type { HttpHeaders, Send } from '../http/index.ts';
import { type Model, printRequestUri, type RequestUri } from '../odata/index.ts';
import type { ClientLimits } from './client-options.ts';
import type { Dialect } from './dialect.ts';

/** What a request is aimed at; decides what a 404 means. */
export type RequestTarget =
  | { readonly kind: 'service' }
  | { readonly kind: 'entitySet' | 'record'; readonly entitySet: string }
  | { readonly kind: 'action'; readonly action: string; readonly entitySet: string | undefined };

export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly uri: RequestUri;
  /** In place of the printed `uri`, which then only says in messages what is called: a next link. */
  readonly url?: string;
  readonly target: RequestTarget;
  readonly headers?: HttpHeaders;
  readonly body?: JsonObject;
  readonly signal?: AbortSignal | undefined;
}

/** What the parts of a client share. */
export interface Channel {
  readonly serviceRoot: string;
  readonly dialect: Dialect;
  readonly send: Send;
  readonly clock: Clock;
  readonly limits: ClientLimits;
  /** Names of the entity sets, to tell an unknown set from a missing record. */
  entitySetNames(signal?: AbortSignal): Promise<readonly string[]>;
  /**
   * What `check` makes of the metadata, when the client checks; undefined when not. It may run a second time, against
   * newer metadata, when it fails over a name.
   */
  check<T>(signal: AbortSignal | undefined, check: (model: Model) => T): Promise<T | undefined>;
}

/** The absolute URL of a request. Raises LIMIT_EXCEEDED. */
export function urlOf(channel: Channel, uri: RequestUri): string {
  const url = `${channel.serviceRoot}${printRequestUri(uri)}`;
  const { urlLengthMax } = channel.dialect.capabilities;
  if (urlLengthMax !== undefined) checkLimit('urlLengthMax', urlLengthMax, url.length, 'The length of the URL');
  return url;
}

/** What is called on what, for messages: `GET CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')`. */
export function describeCall(request: Pick<ServiceRequest, 'method' | 'uri'>): string {
  return `${request.method} ${printRequestUri({ ...request.uri, options: { custom: {} } }) || '(service root)'}`;
}
