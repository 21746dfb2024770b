/** The `procedure` of *Execute action*: an OData action with what it is bound to. */

import { didYouMean } from '../../base/nearest.ts';
import {
  type EntityType,
  type KeyPredicate,
  keyPredicateOf,
  type Model,
  type ODataAction,
  parseKeyPredicate,
} from '../../odata/index.ts';
import { inputError, readInputAt } from '../input-error.ts';
import { isCompanyScoped } from './object-id.ts';

export interface Procedure {
  readonly action: ODataAction;
  /** Undefined for an unbound action. */
  readonly entitySet?: string;
  /** Set when the action is bound to one record. */
  readonly key?: KeyPredicate;
  readonly isCompanyScoped: boolean;
}

/**
 * Reads `CustomerGroups/Microsoft.Dynamics.DataEntities.validate`, the same with a key behind the set, or the name of an
 * unbound action.
 * Raises OPERATION_INPUT_INVALID with *did you mean*.
 */
export function findProcedure(name: string, model: Model, connectionName: string): Procedure {
  const slash = name.lastIndexOf('/');
  const actionName = name.slice(slash + 1);
  if (slash < 0) {
    const action = model.unboundAction(actionName);
    if (action === undefined)
      throw unknownAction(
        name,
        model.actionImports.map((item) => item.name),
        connectionName,
      );
    return { action, isCompanyScoped: false };
  }
  const { entitySet, entityType, key } = readBinding(name.slice(0, slash), model, connectionName);
  const actions = model.boundActions(entityType.qualifiedName, key === undefined);
  const action = actions.find((item) => item.qualifiedName === actionName || item.name === actionName);
  if (action === undefined) {
    const known = actions.map((item) => `${entitySet}/${item.qualifiedName}`);
    throw unknownAction(name, known, connectionName);
  }
  const binding = { action, entitySet, isCompanyScoped: isCompanyScoped(entityType) };
  return key === undefined ? binding : { ...binding, key };
}

interface Binding {
  readonly entitySet: string;
  readonly entityType: EntityType;
  readonly key?: KeyPredicate;
}

function readBinding(text: string, model: Model, connectionName: string): Binding {
  const parenthesis = text.indexOf('(');
  const entitySet = parenthesis < 0 ? text : text.slice(0, parenthesis);
  const entityType = model.entityType(model.entitySet(entitySet)?.entityType ?? '');
  if (entityType === undefined) {
    const names = model.entitySets.map((item) => item.name);
    throw inputError(
      '/procedure',
      `Connection '${connectionName}' has no entity set '${entitySet}'; expected Set/Namespace.Action.` +
        didYouMean(entitySet, names),
    );
  }
  if (parenthesis < 0) return { entitySet, entityType };
  const key = readInputAt('/procedure', () => keyPredicateOf(parseKeyPredicate(text.slice(parenthesis)), entityType));
  return { entitySet, entityType, key };
}

function unknownAction(name: string, known: readonly string[], connectionName: string): Error {
  const list = known.length > 0 && known.length <= 12 ? ` There are: ${known.join(', ')}.` : '';
  const short = known.map((item) => item.replace(/\/.*\./, '/'));
  return inputError(
    '/procedure',
    `Connection '${connectionName}' has no action '${name}'.${didYouMean(name, [...known, ...short]) || list}`,
  );
}
