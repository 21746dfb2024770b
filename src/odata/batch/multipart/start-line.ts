/** The first line of a request or response (RFC 7230 3.1). */

import { invalidBatch } from '../batch-error.ts';

export interface RequestLine {
  readonly method: string;
  readonly url: string;
}

/**
 * Reads `GET Customers HTTP/1.1`; the version may be missing, as in an example of Protocol 11.7.7.1. Blanks within the
 * URL stay, since clients send filters so. Raises ODATA_BATCH_INVALID.
 */
export function parseRequestLine(line: string, at: number): RequestLine {
  const [, method, url] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) +(\S.*)$/.exec(line) ?? [];
  if (method === undefined || url === undefined) {
    throw invalidBatch(`The request at byte ${at} has no request line; expected a method, a URL and HTTP/1.1.`);
  }
  const versionAt = url.lastIndexOf(' ');
  const hasVersion = versionAt !== -1 && /^HTTP\/\d(?:\.\d)?$/i.test(url.slice(versionAt + 1));
  const target = (hasVersion ? url.slice(0, versionAt) : url).trim();
  if (/^HTTP\/\d(?:\.\d)?$/i.test(target)) {
    throw invalidBatch(`The request at byte ${at} has no URL in its request line.`);
  }
  return { method, url: target };
}

/** Reads `HTTP/1.1 200 OK`, of which only the status says anything. Raises ODATA_BATCH_INVALID. */
export function parseStatusLine(line: string, at: number): number {
  const status = /^HTTP\/\d(?:\.\d)? +([1-5]\d\d)(?: |$)/i.exec(line)?.[1];
  if (status === undefined) {
    throw invalidBatch(`The response at byte ${at} has no status line; expected one such as HTTP/1.1 200 OK.`);
  }
  return Number(status);
}
