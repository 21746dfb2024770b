/** The name that begins a resource path. */

import type { OperationImport } from '../../model/model.ts';
import type { NameSegment } from '../tree/request-uri.ts';
import { checkPathKey } from './check-path-key.ts';
import { checkPathCall } from './check-path-operation.ts';
import { collectionOf, declaredType } from './expression-type.ts';
import type { PathState } from './resource.ts';
import { mismatch, unknownEntitySet } from './type-errors.ts';

/** An entity set, perhaps with a key, a singleton, or an import (OData 4.01 URL 4.3, 4.5). */
export function checkFirstName(segment: NameSegment, state: PathState): void {
  const { model } = state.scope;
  const { name, position, key, parameters } = segment;
  const set = model.entitySet(name);
  if (set !== undefined) {
    if (parameters !== undefined)
      throw mismatch(`The entity set ${name} at position ${position} takes a key, no arguments.`);
    const type = collectionOf(declaredType(set.entityType, model));
    if (key === undefined) state.segments.push({ segment, role: 'entitySet', type, entitySet: name });
    else checkPathKey(segment, key, { role: 'entitySet', type, entitySet: name }, state);
    return;
  }
  const singleton = model.singleton(name);
  if (singleton !== undefined) {
    if (key !== undefined || parameters !== undefined) {
      throw mismatch(`The singleton ${name} at position ${position} takes neither key nor arguments.`);
    }
    const type = declaredType(singleton.entityType, model);
    state.segments.push({ segment, role: 'singleton', type, entitySet: name });
    return;
  }
  const functionImport = model.functionImports.find((candidate) => candidate.name === name);
  if (functionImport !== undefined) {
    checkPathCall(
      segment,
      model.unboundFunctions(name),
      { role: 'functionImport', ...imported(functionImport) },
      state,
    );
    return;
  }
  const actionImport = model.actionImports.find((candidate) => candidate.name === name);
  const action = actionImport === undefined ? undefined : model.unboundAction(name);
  if (actionImport === undefined || action === undefined) throw unknownEntitySet(name, model, position);
  checkPathCall(segment, [action], { role: 'actionImport', ...imported(actionImport) }, state);
}

function imported({ entitySet }: OperationImport): { readonly entitySet?: string } {
  return entitySet === undefined ? {} : { entitySet };
}
