/** A connection that is ready to be used: what every operation and trigger is handed. */

import type { Client } from '../client/client.ts';
import type { ModelMemo } from './model-memo.ts';
import type { ParameterChecks } from './parameter-checks.ts';

/** The connectors that Rialto offers, by Microsoft's own API names. */
export const connectorKinds = ['dynamicscrmonline', 'commondataservice', 'dynamicsax'] as const;

export type ConnectorKind = (typeof connectorKinds)[number];

export interface OpenConnection {
  readonly name: string;
  readonly connector: ConnectorKind;
  /** Root of the environment without a final slash: `https://contoso.crm4.dynamics.com`. */
  readonly environmentUrl: string;
  readonly client: Client;
  /** What was worked out from the environment's metadata, kept as long as the connection is open. */
  readonly memo: ModelMemo;
  readonly checks: ParameterChecks;
}

/** True for the API name of a connector that Rialto offers. */
export function isConnectorKind(name: string): name is ConnectorKind {
  return (connectorKinds as readonly string[]).includes(name);
}
