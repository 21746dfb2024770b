/** Which connection a command means when it names none. */

import { RialtoError } from '../base/errors.ts';
import { apiPath } from '../server/api/paging.ts';
import type { ConnectionAnswer, EntitySetAnswer, ListAnswer } from '../server/wire.ts';
import type { ApiClient } from './api-client.ts';

/**
 * The connection of `--connection`; without it the only one there is, or the only one whose environment has the entity
 * set. Raises OPTION_INVALID with the names to choose from.
 */
export async function chooseConnection(
  api: ApiClient,
  choice: { readonly connection?: string | undefined; readonly entitySet?: string | undefined },
): Promise<string> {
  if (choice.connection !== undefined) return choice.connection;
  const { value } = await api<ListAnswer<ConnectionAnswer>>({ path: apiPath('connections') });
  const names = value.map((connection) => connection.name);
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  const { entitySet } = choice;
  if (entitySet === undefined || names.length === 0) throw undecided(names, 'several connections are there');
  const having = await Promise.all(
    names.map(async (name) => ((await hasEntitySet(api, name, entitySet)) ? [name] : [])),
  );
  const fitting = having.flat();
  const [found] = fitting;
  if (found === undefined) throw undecided(names, `none of their environments has the entity set '${entitySet}'`);
  if (fitting.length > 1) throw undecided(fitting, `all of these have the entity set '${entitySet}'`);
  return found;
}

async function hasEntitySet(api: ApiClient, connection: string, entitySet: string): Promise<boolean> {
  const path = apiPath('connections', connection, 'entities');
  const { value } = await api<ListAnswer<EntitySetAnswer>>({ path, query: { search: entitySet } });
  return value.some((set) => set.name === entitySet);
}

function undecided(names: readonly string[], why: string): RialtoError {
  if (names.length === 0) return new RialtoError('OPTION_INVALID', 'There is no connection yet; create one first.');
  const message = `Name a connection with --connection, as ${why}: ${names.join(', ')}.`;
  return new RialtoError('OPTION_INVALID', message);
}
