/** Calls of actions, bound and unbound (OData 4.01 Protocol 11.5.5). */

import { RialtoError } from '../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../base/json.ts';
import { didYouMean } from '../base/nearest.ts';
import type { EntityType, KeyPredicate, Model, ODataAction, PathSegment } from '../odata/index.ts';
import { callService } from './call-service.ts';
import type { Channel, ServiceRequest } from './channel.ts';
import { entityTypeOf } from './check-list-options.ts';
import type { ExecuteOptions } from './client.ts';
import { readAnswer } from './write-result.ts';

/**
 * Calls an action. An answer whose only member besides annotations is `value` gives that value, any other JSON object
 * gives itself, 204 gives undefined. Raises ODATA_ACTION_UNKNOWN, the service's refusals and HTTP_RESPONSE_INVALID.
 */
export async function executeAction(channel: Channel, options: ExecuteOptions): Promise<JsonValue | undefined> {
  const { entitySet, parameters = {} } = options;
  if (options.key !== undefined && entitySet === undefined) {
    throw new RialtoError('OPTION_INVALID', `The key of action '${options.action}' needs an entitySet it is a key of.`);
  }
  const entityType = await channel.check(options.signal, (model) =>
    entitySet === undefined ? checkUnbound(model, options) : checkBound(model, entitySet, options),
  );
  const key = options.key === undefined ? undefined : channel.dialect.keyPredicate(options.key, entityType);
  const plan = channel.dialect.planRecord({
    kind: 'execute',
    ...(key === undefined ? {} : { key }),
    ...(options.crossCompany === undefined ? {} : { crossCompany: options.crossCompany }),
  });
  const request: ServiceRequest = {
    method: 'POST',
    uri: { kind: 'requestUri', path: pathOf(channel, options, key), options: { custom: plan.custom } },
    target: { kind: 'action', action: options.action, entitySet },
    headers: plan.headers,
    body: parameters,
    signal: options.signal,
  };
  return unwrapValue(await readAnswer(channel, request, await callService(channel, request)));
}

function pathOf(channel: Channel, options: ExecuteOptions, key: KeyPredicate | undefined): readonly PathSegment[] {
  const { action, entitySet } = options;
  // Unbound actions are called by the short name of their import, bound ones by their qualified name.
  if (entitySet === undefined) return [{ kind: 'name', name: shortName(action), position: 0 }];
  const qualified = action.includes('.') ? action : `${channel.dialect.capabilities.actionNamespace}.${action}`;
  return [
    { kind: 'name', name: entitySet, ...(key === undefined ? {} : { key }), position: 0 },
    { kind: 'qualifiedName', name: qualified, position: 0 },
  ];
}

function shortName(action: string): string {
  return action.slice(action.lastIndexOf('.') + 1);
}

/**
 * The action must be bound to the entity set, or to its records when there is a key, and take these parameters. Gives
 * back the type of the entity set.
 */
function checkBound(model: Model, entitySet: string, options: ExecuteOptions): EntityType {
  const entityType = entityTypeOf(model, entitySet);
  const hasKey = options.key !== undefined;
  const bound = model.boundActions(entityType.qualifiedName, !hasKey);
  const named = bound.filter((candidate) => candidate.name === shortName(options.action));
  if (named.length === 0) {
    const to = hasKey ? `a record of '${options.entitySet}'` : `the entity set '${options.entitySet}'`;
    const otherwise = model.boundActions(entityType.qualifiedName, hasKey).map((candidate) => candidate.name);
    const hint = otherwise.includes(shortName(options.action))
      ? ` It is bound to ${hasKey ? 'the entity set: leave the key out' : 'one record: give its key'}.`
      : didYouMean(
          shortName(options.action),
          bound.map((candidate) => candidate.name),
        );
    throw new RialtoError('ODATA_ACTION_UNKNOWN', `There is no action '${options.action}' bound to ${to}.${hint}`);
  }
  checkParameters(named, options);
  return entityType;
}

function checkUnbound(model: Model, options: ExecuteOptions): undefined {
  const action = model.unboundAction(shortName(options.action));
  if (action === undefined) {
    const names = model.actionImports.map((known) => known.name);
    const sets = setsWith(model, shortName(options.action));
    const hint =
      sets.length === 0
        ? didYouMean(shortName(options.action), names)
        : ` One is bound to the entity set ${sets.join(', ')}: name it, and the key of the record where it needs one.`;
    throw new RialtoError('ODATA_ACTION_UNKNOWN', `There is no unbound action '${options.action}'.${hint}`);
  }
  checkParameters([action], options);
}

/** The entity sets that an action of this name is bound to, or to the records of. */
function setsWith(model: Model, action: string): readonly string[] {
  return model.entitySets
    .filter(({ entityType }) =>
      [true, false].some((isCollection) =>
        model.boundActions(entityType, isCollection).some((candidate) => candidate.name === action),
      ),
    )
    .map(({ name }) => name);
}

function checkParameters(overloads: readonly ODataAction[], options: ExecuteOptions): void {
  const known = overloads.flatMap(({ parameters, isBound }) =>
    // The first parameter of a bound action is the binding parameter, which the path stands for.
    parameters.slice(isBound ? 1 : 0).map((parameter) => parameter.name),
  );
  for (const name of Object.keys(options.parameters ?? {})) {
    if (name.includes('@') || known.includes(name)) continue;
    const takes = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`;
    throw new RialtoError(
      'OPERATION_INPUT_INVALID',
      `The action '${options.action}' has no parameter '${name}'; ${takes}.${didYouMean(name, known)}`,
    );
  }
}

function unwrapValue(answer: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(answer)) return answer;
  const members = Object.keys(answer).filter((name) => !name.includes('@'));
  return members.length === 1 && members[0] === 'value' ? (answer as JsonObject).value : answer;
}
