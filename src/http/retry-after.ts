/** The Retry-After header (RFC 9110, 10.2.3). */

import { parseInstant } from '../base/clock.ts';
import type { HttpHeaders } from './send.ts';

/** Longest wait that is believed: more is a fault of the other side, and no clock or database would hold it. */
export const retryAfterMsMax = 86_400_000;

/**
 * Milliseconds that Retry-After asks to wait, given in seconds or as a date, at most `retryAfterMsMax`; undefined without
 * a readable one.
 */
export function retryAfterMs(headers: HttpHeaders, nowMs: number): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  const waitMs = waitOf(text, nowMs);
  return waitMs === undefined ? undefined : Math.min(Math.max(0, waitMs), retryAfterMsMax);
}

function waitOf(text: string, nowMs: number): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // An HTTP date begins with the name of the day; `-5` would be read as a date of its own kind.
  const instant = /^[A-Za-z]/.test(text) ? parseInstant(text) : undefined;
  return instant === undefined ? undefined : instant - nowMs;
}
