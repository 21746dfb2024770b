/** Public entry `rialto`: what a program needs to reach an environment, and what every floor shares. */

export {
  type AccessToken,
  type ClientCredentialsOptions,
  clientCredentials,
  type TokenCredential,
} from './auth/index.ts';
export { type Clock, systemClock } from './base/clock.ts';
export { type ErrorCode, errorCodes } from './base/error-codes.ts';
export { isRialtoError, RialtoError, ServiceError } from './base/errors.ts';
export { type Ids, systemIds } from './base/ids.ts';
export type { JsonObject, JsonValue } from './base/json.ts';
export { type Log, silentLog } from './base/log.ts';
export type { Client, EntitySetClient, ListOptions } from './client/client.ts';
export { createDataverseClient } from './dynamics/dataverse/index.ts';
export { createFnoClient } from './dynamics/fno/index.ts';
export { createTransport, type Send, type Transport } from './http/index.ts';
