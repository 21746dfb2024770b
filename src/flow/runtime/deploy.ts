/** Deploys a flow: everything that can be checked without a run is checked first, and nothing is changed on error. */

import type { Clock } from '../../base/clock.ts';
import { DefinitionError, type DefinitionProblem, isRialtoError, RialtoError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { ConnectorHost } from '../../connector/contract.ts';
import { type Definition, parseDefinition } from '../definition/index.ts';
import { nextCheckTime, type RequiredConnection, requiredConnections } from '../engine/index.ts';
import { printValue } from '../expression/index.ts';
import type { Flow, JsonText, Store } from '../store/store.ts';

/** A flow as a person hands it in. */
export interface FlowDocument {
  readonly name: string;
  /** A workflow definition, bare or in `{ definition, parameters }`. */
  readonly definition: JsonText;
  /** Parameter values, `{ "<name>": { "value": … } }`; they win over those in the document. */
  readonly parameters: JsonText;
}

export interface DeployContext {
  readonly store: {
    readonly flows: Pick<Store['flows'], 'deploy'>;
    readonly connections: Pick<Store['connections'], 'list'>;
  };
  readonly connectors: Pick<ConnectorHost, 'check'>;
  readonly clock: Clock;
}

/**
 * Checks a flow as `deployFlow` does, and stores nothing. Raises DefinitionError with every problem and its JSON
 * pointer, JSON_INVALID, LIMIT_EXCEEDED and OPTION_INVALID.
 */
export async function checkFlow(flow: FlowDocument, context: DeployContext): Promise<void> {
  await checkedDefinition(flow, context);
}

/** Checks a flow, stores its version and schedules its trigger. Raises what `checkFlow` raises, and STORE_UNAVAILABLE. */
export async function deployFlow(flow: FlowDocument, context: DeployContext): Promise<Flow> {
  const definition = await checkedDefinition(flow, context);
  const { name, recurrence } = definition.trigger;
  const now = context.clock.now();
  return await context.store.flows.deploy({
    name: flow.name,
    definition: printValue(definition.source),
    parameters: printValue(definition.parametersSource),
    triggers: [{ name, nextCheckTime: nextCheckTime(recurrence, { now }) }],
    now,
  });
}

const namePattern = /^[\p{L}\p{N}_.()-]{1,80}$/u;

async function checkedDefinition(flow: FlowDocument, context: DeployContext): Promise<Definition> {
  if (!namePattern.test(flow.name)) {
    throw new RialtoError(
      'OPTION_INVALID',
      `'${flow.name.slice(0, 80)}' cannot name a flow; expected 1 to 80 letters, digits, _ . - ( and ).`,
    );
  }
  const definition = parseDefinition(flow.definition, { parameters: flow.parameters });
  const connections = (await context.store.connections.list()).map((connection) => connection.name);
  const required = requiredConnections(definition, definition.parameterValues);
  const problems: DefinitionProblem[] = [];
  for (const connection of required) {
    const problem = await problemOf(connection, connections, context);
    if (problem !== undefined) problems.push({ code: 'DEFINITION_INVALID', ...problem });
  }
  if (problems.length > 0) throw new DefinitionError(problems);
  return definition;
}

/** What is wrong with the connection or the operation that a trigger or an action names. */
async function problemOf(
  required: RequiredConnection,
  connections: readonly string[],
  context: DeployContext,
): Promise<Omit<DefinitionProblem, 'code'> | undefined> {
  const { as, connection, method, name, path, pointer } = required;
  const user = `The ${as === 'trigger' ? 'trigger' : 'action'} '${name}'`;
  const connectionPointer = `${pointer}/inputs/host/connection/name`;
  if (connection === '') {
    const message = `${user} has a connection that is not known before a run; expected a connection id, or an expression of parameters that gives one.`;
    return { pointer: connectionPointer, message };
  }
  if (!connections.includes(connection)) {
    return { pointer: connectionPointer, message: unknownConnection(user, connection, connections) };
  }
  // A path that depends on the run's data is checked when it is called.
  if (method === undefined || path === undefined) return undefined;
  try {
    await context.connectors.check({ connection, method, path }, as);
    return undefined;
  } catch (error) {
    if (!isRialtoError(error) || error.retryable) throw error;
    return { pointer: `${pointer}/inputs/path`, message: `${user}: ${error.message}` };
  }
}

function unknownConnection(user: string, connection: string, known: readonly string[]): string {
  const names = known.length === 0 ? 'There are none yet.' : `There are: ${known.join(', ')}.`;
  return `${user} uses the connection '${connection}', which does not exist. ${names}${didYouMean(connection, known)}`;
}
