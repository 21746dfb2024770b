/** The Retry-After header (RFC 9110, 10.2.3). */

import { parseInstant } from '../base/clock.ts';
import type { HttpHeaders } from './send.ts';

/** Milliseconds that Retry-After asks to wait, given in seconds or as a date; undefined without a readable one. */
export function retryAfterMs(headers: HttpHeaders, nowMs: number): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const instant = parseInstant(text);
  return instant === undefined ? undefined : Math.max(0, instant - nowMs);
}
