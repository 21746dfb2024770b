/** Credentials: what yields access tokens for the environments. */

export { audienceOf } from './audience.ts';
export type { AuthorityOptions } from './authority.ts';
export { type ClientCredentialsOptions, clientCredentials } from './client-credentials.ts';
export { cachedCredential, type TokenCacheOptions } from './token-cache.ts';
export type { AccessToken, TokenCredential, TokenRequest } from './token-credential.ts';
