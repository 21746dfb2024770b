/** Dataverse over its Web API. */

export { createDataverseClient, type DataverseClientOptions } from './create-client.ts';
export { dataverse } from './dialect.ts';
