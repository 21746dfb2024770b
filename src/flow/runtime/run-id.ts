/** Ids of runs: as those of Logic Apps, they fall with time, so that they sort newest first (reference 2.9). */

import type { Ids } from '../../base/ids.ts';

/** `Int64.MaxValue` and the ticks (100 ns since the year 1) of 1970: what the cloud service counts down from. */
const ticksMax = 9_223_372_036_854_775_807n;
const ticksOf1970 = 621_355_968_000_000_000n;
const ticksPerMs = 10_000n;

/** Runs of one check that are told apart by more than their random digits. */
const indexMax = ticksPerMs - 1n;

/**
 * The id of a run that starts at `now`: a number that falls with time, then random digits. The runs of one check start
 * at the same time; the store lists the larger id first, so the run of a later event gets the larger one.
 */
export function newRunId(now: number, index: number, ids: Ids): string {
  const left = ticksMax - (ticksOf1970 + BigInt(now) * ticksPerMs) - indexMax;
  const place = BigInt(index) < indexMax ? BigInt(index) : indexMax;
  const random = String(Math.floor(ids.random() * 1e12)).padStart(12, '0');
  return `${String(left + place).padStart(20, '0')}${random}`;
}
