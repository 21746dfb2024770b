/** Which connection a command means when it names none. */

import { isRialtoError, RialtoError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { apiPath } from '../server/api/paging.ts';
import type { ConnectionAnswer, EntitySetAnswer, ListAnswer } from '../server/wire.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';

/** An environment that was asked: the entity sets it has, or why it does not say. */
interface Asked {
  readonly name: string;
  readonly sets: readonly string[];
  readonly failure?: ApiError;
}

/** Environments that are asked at the same time. */
const askedMax = 8;

/**
 * The connection of `--connection`; without it the only one there is, or the only one whose environment has the entity
 * set. Raises OPTION_INVALID with the names to choose from, also when an environment that does not answer might have
 * it too, and ENTITY_SET_UNKNOWN.
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
  const known = await askAll(api, names);
  const fitting = known.filter(({ sets }) => sets.includes(entitySet)).map(({ name }) => name);
  const [found] = fitting;
  const silent = known.find(({ failure }) => failure !== undefined);
  if (silent?.failure !== undefined && fitting.length < 2)
    throw unknowable(entitySet, found, silent.name, silent.failure);
  if (found === undefined) {
    const hint = didYouMean(entitySet, new Set(known.flatMap(({ sets }) => sets)));
    const message = `No environment of ${names.join(', ')} has the entity set '${entitySet}'.${hint}`;
    throw new RialtoError('ENTITY_SET_UNKNOWN', message);
  }
  if (fitting.length > 1) throw undecided(fitting, `all of these have the entity set '${entitySet}'`);
  return found;
}

async function askAll(api: ApiClient, names: readonly string[]): Promise<readonly Asked[]> {
  const known: Asked[] = [];
  for (let first = 0; first < names.length; first += askedMax) {
    const some = names.slice(first, first + askedMax);
    known.push(...(await Promise.all(some.map((name) => ask(api, name)))));
  }
  return known;
}

async function ask(api: ApiClient, name: string): Promise<Asked> {
  try {
    const { value } = await api<ListAnswer<EntitySetAnswer>>({ path: apiPath('connections', name, 'entities') });
    return { name, sets: value.map((set) => set.name) };
  } catch (error) {
    // What the environment answers is told with its name; a server that is not there concerns them all.
    if (isRialtoError(error) && error instanceof ApiError) return { name, sets: [], failure: error };
    throw error;
  }
}

function unknowable(entitySet: string, found: string | undefined, silent: string, failure: ApiError): RialtoError {
  const where = found === undefined ? `No connection that works has` : `'${found}' has`;
  const message =
    `Name a connection with --connection. ${where} the entity set '${entitySet}'; ` +
    `whether '${silent}' has it cannot be told: ${failure.message}`;
  return new RialtoError('OPTION_INVALID', message, { cause: failure });
}

function undecided(names: readonly string[], why: string): RialtoError {
  const message = `Name a connection with --connection, as ${why}: ${names.join(', ')}.`;
  return new RialtoError('OPTION_INVALID', message);
}
