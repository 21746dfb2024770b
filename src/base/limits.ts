/** Limits on what comes from outside: each has a name, and passing it is a LimitError that says so. */

import { LimitError } from './errors.ts';

/** Raises LIMIT_EXCEEDED when `actual` is above `max`: `checkLimit('filterLengthMax', 32768, text.length, '$filter')`. */
export function checkLimit(limit: string, max: number, actual: number, what: string): void {
  if (actual > max) {
    throw new LimitError(limit, max, `${what} is ${actual}, more than the limit ${limit} of ${max}.`);
  }
}
