/** The credential seam: what yields access tokens. */

export interface TokenRequest {
  /** The environment's URL: `https://contoso.operations.dynamics.com`. */
  readonly audience: string;
  /** A token that the service refused; it must not be handed out again. */
  readonly rejectedToken?: string;
  readonly signal?: AbortSignal;
}

export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** Anything that yields access tokens for an audience. Raises AUTH_* codes; never tells the secret. */
export interface TokenCredential {
  getToken(request: TokenRequest): Promise<AccessToken>;
}
