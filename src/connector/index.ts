/** Connections, operations and triggers of the Dynamics connectors. */

export { printAddressPath } from './address.ts';
export { type Catalog, type Connector, catalog, findConnector, findOperation, findTrigger } from './catalog.ts';
export {
  type ConnectionSettings,
  connectionSettingsSchemas,
  parseConnectionSettings,
} from './connections/connection-settings.ts';
export type { ConnectionTest, ConnectionTestStep, EnvironmentProbe } from './connections/connection-test.ts';
export {
  type ConnectionInput,
  type ConnectionRecords,
  type Connections,
  type ConnectionsOptions,
  type ConnectionView,
  createConnections,
  type OpenEnvironment,
  type StoredConnection,
} from './connections/connections.ts';
export { createOpenEnvironment, type OpenEnvironmentOptions } from './connections/open-environment.ts';
export { createSecretBox, type SecretBox } from './connections/secret-box.ts';
export type { SecretSources } from './connections/secret-reference.ts';
export type {
  CallContext,
  ConnectorCall,
  ConnectorHost,
  ConnectorOperation,
  ConnectorTrigger,
  JsonSchema,
  OperationAddress,
  OperationEffect,
  OperationResult,
  PollResult,
  SchemaSource,
} from './contract.ts';
export { type ConnectorHostOptions, createConnectorHost } from './host.ts';
export { type InputProblem, OperationInputError } from './input-error.ts';
export { type ConnectorKind, connectorKinds, isConnectorKind, type OpenConnection } from './open-connection.ts';
