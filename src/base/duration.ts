/** ISO 8601 durations. */

import { RialtoError } from './errors.ts';

const unitMs = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 } as const;
const pattern =
  /^P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/**
 * Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds: `parseDurationMs('PT1H30M')`.
 * Months and years have no fixed length and are refused.
 * Raises DURATION_INVALID.
 */
export function parseDurationMs(text: string): number {
  const match = text.length <= 64 && text.length > 1 && !/T$/i.test(text) ? pattern.exec(text) : null;
  if (match === null || match.slice(1).every((part) => part === undefined)) {
    throw new RialtoError('DURATION_INVALID', `'${text.slice(0, 64)}' is not an ISO 8601 duration such as PT30S.`);
  }
  const [, weeks, days, hours, minutes, seconds] = match;
  return (
    Number(weeks ?? 0) * unitMs.W +
    Number(days ?? 0) * unitMs.D +
    Number(hours ?? 0) * unitMs.H +
    Number(minutes ?? 0) * unitMs.M +
    Number(seconds ?? 0) * unitMs.S
  );
}
