/** A client of a Dataverse environment. */

import { type Client, type ClientOptions, createClient } from '../../client/index.ts';
import { dataverse } from './dialect.ts';

/** Options of `createClient`; the dialect is fixed. */
export type DataverseClientOptions = Omit<ClientOptions, 'dialect'>;

/** `createClient` with the dialect of Dataverse. Raises OPTION_INVALID. */
export function createDataverseClient(options: DataverseClientOptions): Client {
  return createClient({ ...options, dialect: dataverse });
}
