/** Makes operations and triggers from what is particular to each: checks parameters, turns errors into answers. */

import type { JsonObject } from '../base/json.ts';
import type {
  CallContext,
  ConnectorOperation,
  ConnectorTrigger,
  JsonSchema,
  OperationAddress,
  OperationResult,
  PollResult,
} from './contract.ts';
import { inputError } from './input-error.ts';
import type { OpenConnection } from './open-connection.ts';
import { answerOfError } from './operation-answer.ts';

type Schemas = (connection: OpenConnection, parameters: JsonObject, signal?: AbortSignal) => Promise<JsonSchema>;

interface Definition {
  readonly id: string;
  readonly summary: string;
  readonly addresses: readonly OperationAddress[];
  readonly parameters: Schemas;
  readonly output: Schemas;
  /** Parameters of other editions that are not supported, with the reason. */
  readonly refused?: Readonly<Record<string, string>>;
}

export interface OperationDefinition extends Definition {
  readonly effect: 'read' | 'write';
  /** Called with parameters that follow the schema. */
  run(connection: OpenConnection, parameters: JsonObject, context: CallContext): Promise<OperationResult>;
}

export interface TriggerDefinition extends Definition, Pick<ConnectorTrigger<OpenConnection>, 'poll' | 'eventKey'> {}

/** An operation whose `invoke` checks the parameters and answers refusals as results. */
export function defineOperation(definition: OperationDefinition): ConnectorOperation<OpenConnection> {
  const { id, summary, effect, addresses, parameters, output } = definition;
  async function invoke(connection: OpenConnection, given: JsonObject, context: CallContext): Promise<OperationResult> {
    try {
      return await withCheckedParameters(definition, connection, given, context, (parameters) =>
        definition.run(connection, parameters, context),
      );
    } catch (error) {
      return answerOfError(error);
    }
  }
  return Object.freeze({ id, summary, effect, addresses, parameters, output, invoke });
}

/** A trigger whose `poll` checks the parameters. */
export function defineTrigger(definition: TriggerDefinition): ConnectorTrigger<OpenConnection> {
  const { id, summary, addresses, parameters, output } = definition;
  return Object.freeze({
    id,
    summary,
    addresses,
    parameters,
    output,
    async poll(connection, given, state, context): Promise<PollResult> {
      return withCheckedParameters(definition, connection, given, context, (parameters) =>
        definition.poll(connection, parameters, state, context),
      );
    },
    eventKey: (given, record) => definition.eventKey(given, record),
  } satisfies ConnectorTrigger<OpenConnection>);
}

/** Whatever is wrong in the parameters is found before anything is sent, so the call begins again with newer metadata. */
function withCheckedParameters<Result>(
  definition: Definition,
  connection: OpenConnection,
  given: JsonObject,
  context: CallContext,
  act: (parameters: JsonObject) => Promise<Result>,
): Promise<Result> {
  return connection.client.withFreshModel(
    async () => act(await checkedParameters(definition, connection, given, context)),
    context.signal,
  );
}

async function checkedParameters(
  definition: Definition,
  connection: OpenConnection,
  given: JsonObject,
  context: CallContext,
): Promise<JsonObject> {
  for (const [name, reason] of Object.entries(definition.refused ?? {})) {
    if (given[name] !== undefined && given[name] !== null && given[name] !== '') throw inputError(`/${name}`, reason);
  }
  const schema = await definition.parameters(connection, given, context.signal);
  return connection.checks.check(schema, given);
}
