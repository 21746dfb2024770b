/** A client of a Finance & Operations environment. */

import { type Client, type ClientOptions, createClient } from '../../client/index.ts';
import { fno } from './dialect.ts';

/** Options of `createClient`; the dialect is fixed. */
export type FnoClientOptions = Omit<ClientOptions, 'dialect'>;

/** `createClient` with the dialect of Finance & Operations. Raises OPTION_INVALID. */
export function createFnoClient(options: FnoClientOptions): Client {
  return createClient({ ...options, dialect: fno });
}
