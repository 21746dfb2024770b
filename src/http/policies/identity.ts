/** Adds the access token. */

import { RialtoError } from '../../base/errors.ts';
import { discardBody } from '../read-body.ts';
import type { HttpRequest, HttpResponse, Policy } from '../send.ts';

/** The slice of a token credential that this policy needs. */
export interface BearerTokenSource {
  getToken(request: {
    readonly audience: string;
    /** A token that the service refused; it must not be handed out again. */
    readonly rejectedToken?: string;
    readonly signal?: AbortSignal;
  }): Promise<{ readonly token: string; readonly expiresAtMs: number }>;
}

export interface IdentityOptions {
  readonly credential: BearerTokenSource;
  /** Whom the token is for: the environment's URL, lower case, no path. */
  readonly audience: string;
  /** Scheme, host and port of the service; the token goes nowhere else. */
  readonly origin: string;
}

/**
 * Adds `Authorization: Bearer …`. When the service answers 401 the token is fetched anew and the request sent once more:
 * a token can be revoked before it expires, and a 401 means that nothing was done. A request to another origin is
 * refused with OPTION_INVALID. Raises what the credential raises.
 */
export function identityPolicy(options: IdentityOptions): Policy {
  const { credential, audience, origin } = options;
  return (next) => async (request) => {
    const target = new URL(request.url).origin;
    if (target !== origin) {
      throw new RialtoError('OPTION_INVALID', `The access token of ${origin} is not sent to ${target}.`);
    }
    const signal = request.signal === undefined ? {} : { signal: request.signal };
    const { token } = await credential.getToken({ audience, ...signal });
    const response = await next(withToken(request, token));
    if (response.status !== 401 || isStream(request.body)) return response;
    const renewed = await renewToken(response, () =>
      credential.getToken({ audience, rejectedToken: token, ...signal }),
    );
    if (renewed.token === token) return response;
    await discardBody(response);
    return next(withToken(request, renewed.token));
  };
}

/** The refusal is given up when no other token can be had: its body would keep a socket. */
async function renewToken<Token>(refused: HttpResponse, getToken: () => Promise<Token>): Promise<Token> {
  try {
    return await getToken();
  } catch (error) {
    await discardBody(refused);
    throw error;
  }
}

function withToken(request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

function isStream(body: HttpRequest['body']): boolean {
  return body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
}
