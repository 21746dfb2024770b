/** Calls of operations by their ids, and lists of what there is: the HTTP API's door to this floor. */

import type { JsonObject } from '../base/json.ts';
import { type Catalog, findConnector, findOperation } from './catalog.ts';
import type { CallContext, OperationAddress, OperationResult } from './contract.ts';
import type { OpenConnection } from './open-connection.ts';

export interface OperationListing {
  readonly id: string;
  readonly summary: string;
  readonly connector: string;
  readonly kind: 'action' | 'trigger';
  /** Of an action. */
  readonly effect?: 'read' | 'write';
  readonly addresses: readonly OperationAddress[];
}

export interface DirectCalls {
  connectors(): readonly { readonly id: string; readonly title: string }[];
  list(): readonly OperationListing[];
  /** Calls an operation by its id. Raises CONNECTION_UNKNOWN, OPERATION_UNKNOWN; wrong parameters are a 400. */
  invoke(
    call: { readonly connection: string; readonly operation: string; readonly parameters: JsonObject },
    context: CallContext,
  ): Promise<OperationResult>;
}

/** Makes the door over the connections. */
export function createDirectCalls(options: {
  readonly connections: { open(name: string): Promise<OpenConnection> };
  readonly catalog: Catalog;
}): DirectCalls {
  const connectors = Object.values(options.catalog);
  const listings = connectors.flatMap((connector): OperationListing[] => [
    ...connector.triggers.map(({ id, summary, addresses }) => ({
      id,
      summary,
      connector: connector.kind,
      kind: 'trigger' as const,
      addresses,
    })),
    ...connector.operations.map(({ id, summary, effect, addresses }) => ({
      id,
      summary,
      connector: connector.kind,
      kind: 'action' as const,
      effect,
      addresses,
    })),
  ]);
  return {
    connectors: () => connectors.map(({ kind, title }) => ({ id: kind, title })),
    list: () => listings,
    async invoke(call, context) {
      const connection = await options.connections.open(call.connection);
      const operation = findOperation(findConnector(options.catalog, connection.connector), call.operation);
      return operation.invoke(connection, call.parameters, context);
    },
  };
}
