/** The OAuth 2.0 client credentials grant with a client secret, against Microsoft Entra ID v2.0. */

import {
  allowInsecureRequests,
  ClientSecretPost,
  Configuration,
  clientCredentialsGrant,
  customFetch,
} from 'openid-client';
import { abortedError, type Clock } from '../base/clock.ts';
import { isRialtoError, RialtoError } from '../base/errors.ts';
import type { Ids } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { retryAfterMs, retryPolicy, type Send } from '../http/index.ts';
import { audienceOf } from './audience.ts';
import { type Authority, type AuthorityOptions, authorityOf } from './authority.ts';
import { fetchOver, type TokenAnswer } from './fetch-over-send.ts';
import { cachedCredential } from './token-cache.ts';
import type { AccessToken, TokenCredential, TokenRequest } from './token-credential.ts';
import { tokenError } from './token-error.ts';

export interface ClientCredentialsOptions extends AuthorityOptions {
  /** Application (client) id. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly send: Send;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/**
 * A credential for an application with a client secret; tokens are cached. Raises OPTION_INVALID at once when an option
 * is wrong. Its `getToken` raises AUTH_SECRET_INVALID, AUTH_CLIENT_UNKNOWN, AUTH_TENANT_UNKNOWN, AUTH_FAILED, and what
 * `send` raises.
 */
export function clientCredentials(options: ClientCredentialsOptions): TokenCredential {
  for (const name of ['clientId', 'clientSecret'] as const) {
    if (options[name] === '') throw new RialtoError('OPTION_INVALID', `${name} is empty.`);
  }
  const authority = authorityOf(options);
  const { clock, ids, log } = options;
  // A token request changes nothing, so it is repeated like a read although it is a POST.
  const send = retryPolicy({ clock, ids, log, isRepeatable: () => true })(options.send);
  const credential: TokenCredential = { getToken: (request) => requestToken(request, { ...options, send }, authority) };
  return cachedCredential(credential, { clock, ids, log });
}

/** Used when the token service does not say how long a token lives, which OAuth allows (RFC 6749, 5.1). */
const lifeMsDefault = 300_000;

async function requestToken(
  request: TokenRequest,
  options: ClientCredentialsOptions,
  authority: Authority,
): Promise<AccessToken> {
  const audience = audienceOf(request.audience);
  const answer: TokenAnswer = { status: 0, headers: {}, body: '' };
  const configuration = configure(options, authority, answer, request.signal);
  const requestedAtMs = options.clock.now();
  try {
    const granted = await clientCredentialsGrant(configuration, { scope: `${audience}/.default` });
    const lifeMs = granted.expires_in === undefined ? lifeMsDefault : granted.expires_in * 1000;
    return { token: granted.access_token, expiresAtMs: requestedAtMs + lifeMs };
  } catch (cause) {
    throw failureOf(cause, answer, audience, request.signal, options);
  }
}

/** A configuration lives for one request: its fetch hook holds that request's signal and keeps its answer. */
function configure(
  options: ClientCredentialsOptions,
  authority: Authority,
  answer: TokenAnswer,
  signal: AbortSignal | undefined,
): Configuration {
  const configuration = new Configuration(
    { issuer: authority.issuer, token_endpoint: authority.tokenEndpoint },
    options.clientId,
    {},
    ClientSecretPost(options.clientSecret),
  );
  if (authority.isInsecure) allowInsecureRequests(configuration);
  // The transport has its own time-outs; a second clock beside them would only tell less.
  configuration.timeout = 0;
  configuration[customFetch] = fetchOver(options.send, answer, signal);
  return configuration;
}

function failureOf(
  cause: unknown,
  answer: TokenAnswer,
  audience: string,
  signal: AbortSignal | undefined,
  options: ClientCredentialsOptions,
): unknown {
  if (signal?.aborted) return abortedError(signal);
  const own = ownError(cause);
  if (own !== undefined) return own;
  if (answer.status === 0) return cause;
  if (answer.status === 200) {
    // The library's error is not kept as cause: it holds the answer, and with it the token.
    return new RialtoError(
      'HTTP_RESPONSE_INVALID',
      `The token service ${options.authorityUrl} answered 200 with something that is no OAuth token response.`,
    );
  }
  return tokenError({
    status: answer.status,
    body: answer.body,
    retryAfterMs: retryAfterMs(answer.headers, options.clock.now()),
    authorityUrl: options.authorityUrl,
    tenant: options.tenant,
    clientId: options.clientId,
    audience,
    secret: options.clientSecret,
  });
}

/** An error of our own that the library wrapped on its way up. */
function ownError(error: unknown): RialtoError | undefined {
  for (let link = error, depth = 0; link instanceof Error && depth < 8; link = link.cause, depth += 1) {
    if (isRialtoError(link)) return link;
  }
  return undefined;
}
