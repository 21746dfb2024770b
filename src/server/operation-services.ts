/** The operations of all connectors as the API shows and calls them. */

import { type Catalog, type Connections, findConnector, findOperation } from '../connector/index.ts';
import type { OperationServices } from './api/services.ts';
import type { OperationAnswer } from './wire.ts';

/** Operations and triggers from the catalog; calls go to the connection's connector. */
export function createOperationServices(catalog: Catalog, connections: Connections): OperationServices {
  return {
    connectors: () => Object.values(catalog).map(({ kind, title }) => ({ id: kind, title })),
    list: () =>
      Object.values(catalog).flatMap(({ kind, operations, triggers }): OperationAnswer[] => [
        ...triggers.map(({ id, summary, addresses }) => ({
          id,
          summary,
          connector: kind,
          kind: 'trigger' as const,
          addresses,
        })),
        ...operations.map(({ id, summary, effect, addresses }) => ({
          id,
          summary,
          connector: kind,
          kind: 'action' as const,
          effect,
          addresses,
        })),
      ]),
    async invoke({ connection, operation, parameters }, context) {
      const open = await connections.open(connection);
      return findOperation(findConnector(catalog, open.connector), operation).invoke(open, parameters, context);
    },
  };
}
