/** The time and randomness of an evaluation: given from outside, and noted when used. */

import { createHash } from 'node:crypto';
import { type Moment, ticksOfEpochMs } from '../expression/index.ts';

export interface TrackedMoment extends Moment {
  /** True as soon as anything was asked for. */
  wasUsed(): boolean;
  /** Notes a use of something else that may differ the next time. */
  markUsed(): void;
}

/**
 * A moment at `now`. Random values are drawn from the seed by hashing, so that a decision stays a function of its
 * input; a seed that names run and action makes them as unique as the run's id.
 */
export function trackedMoment(seed: string, now: number): TrackedMoment {
  let isUsed = false;
  let drawn = 0;
  function draw(): Buffer {
    isUsed = true;
    drawn += 1;
    return createHash('sha256').update(`${seed}\n${now}\n${drawn}`).digest();
  }
  return {
    wasUsed: () => isUsed,
    markUsed() {
      isUsed = true;
    },
    nowTicks() {
      isUsed = true;
      return ticksOfEpochMs(now);
    },
    random: () => draw().readUIntBE(0, 6) / 2 ** 48,
    uuid() {
      const bytes = draw().subarray(0, 16);
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  };
}
