/** Which connection a command means when it names none. */

import { RialtoError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { apiPath } from '../server/api/paging.ts';
import type { ConnectionAnswer, EntitySetAnswer, ListAnswer } from '../server/wire.ts';
import type { ApiClient } from './api-client.ts';

/**
 * The connection of `--connection`; without it the only one there is, or the only one whose environment has the entity
 * set. Raises OPTION_INVALID with the names to choose from, and ENTITY_SET_UNKNOWN.
 */
export async function chooseConnection(
  api: ApiClient,
  choice: { readonly connection?: string | undefined; readonly entitySet?: string | undefined },
): Promise<string> {
  if (choice.connection !== undefined) return choice.connection;
  const { value } = await api<ListAnswer<ConnectionAnswer>>({ path: apiPath('connections') });
  const names = value.map((connection) => connection.name);
  const [only] = names;
  if (only === undefined) throw new RialtoError('OPTION_INVALID', 'There is no connection yet; create one first.');
  if (names.length === 1) return only;
  const { entitySet } = choice;
  if (entitySet === undefined) throw undecided(names, 'several are there');
  const known = await Promise.all(names.map(async (name) => ({ name, sets: await entitySetsOf(api, name) })));
  const fitting = known.filter(({ sets }) => sets.includes(entitySet)).map(({ name }) => name);
  const [found] = fitting;
  if (found === undefined) {
    const hint = didYouMean(entitySet, new Set(known.flatMap(({ sets }) => sets)));
    const message = `No environment of ${names.join(', ')} has the entity set '${entitySet}'.${hint}`;
    throw new RialtoError('ENTITY_SET_UNKNOWN', message);
  }
  if (fitting.length > 1) throw undecided(fitting, `all of these have the entity set '${entitySet}'`);
  return found;
}

async function entitySetsOf(api: ApiClient, connection: string): Promise<readonly string[]> {
  const path = apiPath('connections', connection, 'entities');
  const { value } = await api<ListAnswer<EntitySetAnswer>>({ path });
  return value.map((set) => set.name);
}

function undecided(names: readonly string[], why: string): RialtoError {
  const message = `Name a connection with --connection, as ${why}: ${names.join(', ')}.`;
  return new RialtoError('OPTION_INVALID', message);
}
