/** Calls connectors by the addresses that definitions use: the flow runtime's door to this floor. */

import type { JsonObject } from '../base/json.ts';
import { decodeSegments, findAddress } from './address.ts';
import { type Catalog, type Connector, findConnector } from './catalog.ts';
import type { ConnectorCall, ConnectorHost } from './contract.ts';
import { inputError } from './input-error.ts';
import type { OpenConnection } from './open-connection.ts';
import { answerOfError } from './operation-answer.ts';

export interface ConnectorHostOptions {
  readonly connections: {
    /** Raises CONNECTION_UNKNOWN. */
    get(name: string): Promise<{ readonly connector: string }>;
    /** Raises CONNECTION_UNKNOWN, CONNECTION_INVALID, SECRET_UNRESOLVED. */
    open(name: string): Promise<OpenConnection>;
  };
  readonly catalog: Catalog;
}

/** Makes the host over the connections. */
export function createConnectorHost({ connections, catalog }: ConnectorHostOptions): ConnectorHost {
  function operationAt(connector: Connector, call: Pick<ConnectorCall, 'method' | 'path'>) {
    return findAddress(connector.operations, call, `Connector '${connector.kind}' has no operation`);
  }
  function triggerAt(connector: Connector, call: Pick<ConnectorCall, 'method' | 'path'>) {
    return findAddress(connector.triggers, call, `Connector '${connector.kind}' has no trigger`);
  }
  return {
    async invoke(call, context) {
      const connection = await connections.open(call.connection);
      const { item, encoded } = operationAt(findConnector(catalog, connection.connector), call);
      let parameters: JsonObject;
      try {
        parameters = parametersOf(call, encoded);
      } catch (error) {
        return answerOfError(error);
      }
      return item.invoke(connection, parameters, context);
    },
    async poll(call, state, context) {
      const connection = await connections.open(call.connection);
      const { item, encoded } = triggerAt(findConnector(catalog, connection.connector), call);
      return item.poll(connection, parametersOf(call, encoded), state, context);
    },
    eventKey(call, record) {
      // The connection is not read here: the key depends on the address and the record alone.
      const triggers = Object.values(catalog).flatMap((connector) => connector.triggers);
      const { item, encoded } = findAddress(triggers, call, 'There is no trigger');
      return item.eventKey(parametersOf(call, encoded), record);
    },
    async check(call, as) {
      const { connector } = await connections.get(call.connection);
      const found = findConnector(catalog, connector);
      if (as === 'trigger') triggerAt(found, call);
      else operationAt(found, call);
    },
  };
}

/** One object with the parameters of path, query and body. Raises OPERATION_INPUT_INVALID. */
function parametersOf(call: ConnectorCall, encoded: Readonly<Record<string, string>>): JsonObject {
  for (const [name, value] of Object.entries(call.headers)) {
    if (value === null || harmlessHeaders.test(name)) continue;
    throw inputError(`/headers/${name}`, `Header '${name}' is not a parameter of this operation.`);
  }
  return { ...call.queries, ...decodeSegments(encoded), ...(call.body === undefined ? {} : { body: call.body }) };
}

/** Headers that designers and exports write and that change nothing. */
const harmlessHeaders = /^(accept|content-type|x-ms-.*)$/i;
