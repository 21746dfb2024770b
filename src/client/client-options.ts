/** What a client is made of. */

import type { TokenCredential } from '../auth/index.ts';
import type { Clock } from '../base/clock.ts';
import { RialtoError } from '../base/errors.ts';
import type { Ids } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { RetryLimits, Send } from '../http/index.ts';
import type { Model } from '../odata/index.ts';
import type { Dialect } from './dialect.ts';

export interface ClientLimits {
  /** Most pages of one list. */
  readonly pagesMax: number;
  /** Records that may wait for the consumer of a list; beyond them the body is not read on. */
  readonly rowsAheadMax: number;
  /** Longest body of one record, or of what an action returns. */
  readonly recordBytesMax: number;
  /** Longest metadata document. */
  readonly metadataBytesMax: number;
  /** How much of a refusal's body is read. */
  readonly refusalBytesMax: number;
}

export interface ClientOptions {
  /** `https://contoso.operations.dynamics.com` */
  readonly environmentUrl: string;
  readonly dialect: Dialect;
  readonly credential: TokenCredential;
  readonly send: Send;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Whom tokens are asked for; by default the environment's URL without its path. */
  readonly audience?: string;
  /** Default `rialto`. */
  readonly userAgent?: string;
  /**
   * Checks names and values of every request against the service's metadata before it is sent; the metadata is read
   * at the first request. Default false.
   */
  readonly checked?: boolean;
  /** The service's metadata, when it is known already. */
  readonly model?: Model;
  readonly limits?: Partial<ClientLimits>;
  readonly retry?: Partial<RetryLimits>;
}

/** Limits of a client that was given none. */
export const clientLimitDefaults: ClientLimits = Object.freeze({
  pagesMax: 10_000,
  rowsAheadMax: 10_000,
  recordBytesMax: 134_217_728,
  metadataBytesMax: 268_435_456,
  refusalBytesMax: 1_048_576,
});

const optionNames: readonly (keyof ClientOptions)[] = [
  'environmentUrl',
  'dialect',
  'credential',
  'send',
  'clock',
  'ids',
  'log',
  'audience',
  'userAgent',
  'checked',
  'model',
  'limits',
  'retry',
];

/** The client's limits; raises OPTION_INVALID for options and limits that there are not. */
export function readClientLimits(options: ClientOptions): ClientLimits {
  refuseUnknown(options, optionNames, 'createClient');
  const given = options.limits ?? {};
  refuseUnknown(given, Object.keys(clientLimitDefaults), 'limits');
  for (const [name, value] of Object.entries(given)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RialtoError(
        'OPTION_INVALID',
        `The limit ${name} is ${String(value)}; a whole number above 0 was expected.`,
      );
    }
  }
  return Object.freeze({ ...clientLimitDefaults, ...given });
}

function refuseUnknown(given: object, known: readonly string[], what: string): void {
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) {
      throw new RialtoError('OPTION_INVALID', `${what} has no option '${name}'; it has ${known.join(', ')}.`);
    }
  }
}
