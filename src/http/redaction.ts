/** What a log line may show of a request and its answer: an allow-list, never the rest. */

import type { LogFields } from '../base/log.ts';
import type { HttpRequest, HttpResponse } from './send.ts';

/** Response headers that hold no data of the customer and help support. */
const responseHeadersShown = [
  'content-type',
  'ms-dyn-aid',
  'req_id',
  'retry-after',
  'x-ms-dop-hint',
  'x-ms-ratelimit-burst-remaining-xrm-requests',
  'x-ms-service-request-id',
] as const;

/** Method, address without data, and correlation id of a request. No other header and no body. */
export function describeRequest(request: HttpRequest): LogFields {
  return {
    method: request.method,
    url: redactUrl(request.url),
    clientRequestId: request.headers['x-ms-client-request-id'],
  };
}

/** Status and the allowed headers of an answer. */
export function describeResponse(response: Pick<HttpResponse, 'status' | 'headers'>): LogFields {
  const shown = responseHeadersShown.flatMap((name) => {
    const value = response.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { status: response.status, ...Object.fromEntries(shown) };
}

/**
 * A URL without what identifies records or people: keys and parameters in parentheses become `(…)`, of query options
 * only the names stay, user information and fragment go.
 */
export function redactUrl(text: string): string {
  if (!URL.canParse(text)) return '(unreadable URL)';
  const url = new URL(text);
  // From the first parenthesis to the last: a key may itself hold parentheses and slashes.
  const path = url.pathname.replace(/(?:\(|%28).*(?:\)|%29)/is, '(…)').replace(/\([^…].*$/s, '(…)');
  const names = [...new Set(url.searchParams.keys())].filter((name) => /^[$@]?[A-Za-z][\w.-]{0,63}$/.test(name));
  return `${url.origin}${path}${names.length === 0 ? '' : `?${names.map((name) => `${name}=…`).join('&')}`}`;
}
