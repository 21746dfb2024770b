/** All connectors with what they offer, as data: the API, the OpenAPI export, forms, and the flow runtime read it. */

import { RialtoError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import type { ConnectorOperation, ConnectorTrigger } from './contract.ts';
import { createRecord } from './dataverse/operations/create-record.ts';
import { deleteRecord } from './dataverse/operations/delete-record.ts';
import { getRecord } from './dataverse/operations/get-record.ts';
import { listRecords } from './dataverse/operations/list-records.ts';
import { updateRecord } from './dataverse/operations/update-record.ts';
import { onNewItems } from './dataverse/triggers/on-new-items.ts';
import { deleteItem } from './fno/operations/delete-item.ts';
import { executeProcedure } from './fno/operations/execute-procedure.ts';
import { getItem } from './fno/operations/get-item.ts';
import { getItems } from './fno/operations/get-items.ts';
import { getTables } from './fno/operations/get-tables.ts';
import { patchItem } from './fno/operations/patch-item.ts';
import { postItem } from './fno/operations/post-item.ts';
import { type ConnectorKind, connectorKinds, isConnectorKind, type OpenConnection } from './open-connection.ts';

export interface Connector {
  /** Microsoft's own API name: `dynamicsax`. */
  readonly kind: ConnectorKind;
  /** Microsoft's own title. */
  readonly title: string;
  readonly operations: readonly ConnectorOperation<OpenConnection>[];
  readonly triggers: readonly ConnectorTrigger<OpenConnection>[];
}

export type Catalog = Readonly<Record<ConnectorKind, Connector>>;

const dataverse = {
  operations: Object.freeze([listRecords, createRecord, getRecord, updateRecord, deleteRecord]),
  triggers: Object.freeze([onNewItems]),
};

/** The connectors of Rialto. */
export const catalog: Catalog = Object.freeze({
  dynamicscrmonline: Object.freeze({ kind: 'dynamicscrmonline', title: 'Dynamics 365 (online)', ...dataverse }),
  commondataservice: Object.freeze({ kind: 'commondataservice', title: 'Microsoft Dataverse (legacy)', ...dataverse }),
  dynamicsax: Object.freeze({
    kind: 'dynamicsax',
    title: 'Fin & Ops Apps (Dynamics 365)',
    operations: Object.freeze([getItems, postItem, getItem, patchItem, deleteItem, getTables, executeProcedure]),
    triggers: Object.freeze([]),
  }),
});

/** The connector of this API name. Raises CONNECTOR_UNKNOWN. */
export function findConnector(connectors: Catalog, kind: string): Connector {
  if (isConnectorKind(kind)) return connectors[kind];
  throw new RialtoError(
    'CONNECTOR_UNKNOWN',
    `There is no connector '${kind}'; expected one of ${connectorKinds.join(', ')}.${didYouMean(kind, connectorKinds)}`,
  );
}

/** The operation of this id. Raises OPERATION_UNKNOWN. */
export function findOperation(connector: Connector, id: string): ConnectorOperation<OpenConnection> {
  return findById(connector, connector.operations, id, 'operation');
}

/** The trigger of this id. Raises OPERATION_UNKNOWN. */
export function findTrigger(connector: Connector, id: string): ConnectorTrigger<OpenConnection> {
  return findById(connector, connector.triggers, id, 'trigger');
}

function findById<Item extends { readonly id: string }>(
  connector: Connector,
  items: readonly Item[],
  id: string,
  what: string,
): Item {
  const item = items.find((candidate) => candidate.id === id);
  if (item !== undefined) return item;
  const ids = items.map((candidate) => candidate.id);
  throw new RialtoError(
    'OPERATION_UNKNOWN',
    `Connector '${connector.kind}' has no ${what} '${id}'; it has ${ids.join(', ') || 'none'}.${didYouMean(id, ids)}`,
  );
}
