/** The metadata of a service: read once, kept, and read anew when a check finds a name missing from it. */

import type { Clock } from '../base/clock.ts';
import type { ErrorCode } from '../base/error-codes.ts';
import { isRialtoError } from '../base/errors.ts';
import { singleFlight } from '../http/index.ts';
import type { Model } from '../odata/index.ts';

export interface Metadata {
  /** What is kept; read at the first call. */
  model(signal?: AbortSignal): Promise<Model>;
  /**
   * Runs what checks names against `model()`. When it fails over one and the metadata was read longer ago than
   * `metadataFreshMs`, the metadata is read anew and the attempt made once more: a column that was added since needs no
   * restart. Nothing may have been sent by an attempt that fails so.
   */
  withFreshModel<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export interface MetadataOptions {
  readonly read: (signal: AbortSignal) => Promise<Model>;
  readonly clock: Clock;
  /** The metadata, when it is known already. */
  readonly model?: Model | undefined;
}

/** Metadata younger than this is current: a wrong name costs one more reading in this time at most. */
export const metadataFreshMs = 300_000;

/** Keeps the metadata; however many ask, it is read once, and a failed reading is not kept. */
export function keepMetadata(options: MetadataOptions): Metadata {
  const { clock } = options;
  let kept = options.model === undefined ? undefined : { model: options.model, readAtMs: clock.monotonicMs() };
  const read = singleFlight(async (signal) => {
    kept = { model: await options.read(signal), readAtMs: clock.monotonicMs() };
    return kept.model;
  });
  return {
    model: async (signal) => kept?.model ?? read(signal),
    async withFreshModel(attempt, signal) {
      const before = kept;
      try {
        return await attempt();
      } catch (error) {
        if (before === undefined || !isOverNames(error)) throw error;
        const isNewerThere = kept !== before;
        if (!isNewerThere && clock.monotonicMs() - before.readAtMs < metadataFreshMs) throw error;
        if (!isNewerThere) await read(signal);
        return attempt();
      }
    },
  };
}

/** Codes of what is checked against metadata; OPERATION_INPUT_INVALID is that of schemas made from it. */
const overNames: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ENTITY_SET_UNKNOWN',
  'ODATA_ACTION_UNKNOWN',
  'ODATA_PROPERTY_UNKNOWN',
  'OPERATION_INPUT_INVALID',
]);

function isOverNames(error: unknown): boolean {
  return isRialtoError(error) && overNames.has(error.code);
}
