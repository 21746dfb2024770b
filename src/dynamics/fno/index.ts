/** Finance & Operations over OData. */

export { createFnoClient, type FnoClientOptions } from './create-client.ts';
export { fno } from './dialect.ts';
