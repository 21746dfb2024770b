/** The OData client and the interface of its dialects. */

export type { Capabilities, Remedy } from './capabilities.ts';
export { checkListOptions, entityTypeOf } from './check-list-options.ts';
export type {
  Client,
  EntitySetClient,
  ExecuteOptions,
  KeyInput,
  ListOptions,
  Page,
  RecordOptions,
  WriteOptions,
  WriteResult,
} from './client.ts';
export { type ClientLimits, type ClientOptions, clientLimitDefaults } from './client-options.ts';
export { createClient } from './create-client.ts';
export type {
  Dialect,
  ListCall,
  ListPlan,
  RecordCall,
  RecordPlan,
  Refusal,
  RefusalReading,
} from './dialect.ts';
export { environmentRoot } from './environment-url.ts';
export { orderByKey } from './order-by-key.ts';
