/** The `dataset` segment: which environment a definition means. A connection is bound to one, so it must be that. */

import { inputError } from './input-error.ts';
import type { OpenConnection } from './open-connection.ts';

/** Names under which any connection's own environment goes; the empty one is what scrubbed exports hold. */
const ownEnvironment: ReadonlySet<string> = new Set(['', 'default', 'default.cds']);

/** Host endings that designers leave out: `contoso.crm4` stands for `contoso.crm4.dynamics.com`. */
const hostSuffix = '.dynamics.com';

/**
 * Checks that `dataset` names the environment of the connection: `default`, its host name or address, or the name of
 * the connection.
 * Raises OPERATION_INPUT_INVALID when it names another one.
 */
export function checkDataset(connection: OpenConnection, dataset: string): void {
  const given = dataset.trim().toLowerCase();
  if (ownEnvironment.has(given) || given === connection.name.toLowerCase()) return;
  const { host, hostname } = new URL(connection.environmentUrl);
  const address = given.replace(/^https?:\/\//, '').replace(/\/$/, '');
  if ([host, hostname, hostname.replace(hostSuffix, '')].includes(address)) return;
  throw inputError(
    '/dataset',
    `'${dataset}' is not the environment of connection '${connection.name}', which is '${host}'.` +
      ` Expected 'default', '${host}' or '${connection.name}'; for another environment use a connection of its own.`,
  );
}
