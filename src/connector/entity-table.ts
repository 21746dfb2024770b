/** A table of a connection: the entity set that a `table` parameter names, with its type. */

import { didYouMean } from '../base/nearest.ts';
import type { EntityType, Model } from '../odata/index.ts';
import { inputError } from './input-error.ts';
import type { OpenConnection } from './open-connection.ts';

export interface EntityTable {
  /** Name of the entity set. */
  readonly name: string;
  readonly entityType: EntityType;
  readonly model: Model;
}

/** Finds the table of a `table` parameter in the metadata. Raises OPERATION_INPUT_INVALID with *did you mean*. */
export async function findTable(connection: OpenConnection, name: string, signal?: AbortSignal): Promise<EntityTable> {
  const model = await connection.client.model(signal);
  const entitySet = model.entitySet(name);
  const entityType = entitySet === undefined ? undefined : model.entityType(entitySet.entityType);
  if (entityType === undefined) {
    const names = model.entitySets.map((candidate) => candidate.name);
    throw inputError(
      '/table',
      `Connection '${connection.name}' has no table '${name}'; expected the name of an entity set, such as` +
        ` '${names[0] ?? 'accounts'}'.${didYouMean(name, names)}`,
    );
  }
  return { name, entityType, model };
}
