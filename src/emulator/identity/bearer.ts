/** Checks the bearer token of a request to an environment. */

import type { Clock } from '../../base/clock.ts';
import type { HttpHeaders } from '../../http/send.ts';
import type { EnvironmentName } from '../options.ts';
import { readAccessToken, type TokenClaims } from './access-token.ts';
import type { Tenant, TenantApplication } from './tenant.ts';

/** Who calls: an application that the environment knows, one that it does not, or nobody acceptable. */
export type Caller =
  | { readonly kind: 'application'; readonly application: TenantApplication }
  | { readonly kind: 'unregistered'; readonly clientId: string }
  | { readonly kind: 'rejected'; readonly reason: string };

export interface BearerOptions {
  readonly tenant: Tenant;
  readonly environment: EnvironmentName;
  /** Whether a token with this audience is for this environment. */
  readonly acceptsAudience: (audience: string) => boolean;
  readonly clock: Clock;
}

/** How many verified tokens are remembered, so that each request need not verify the signature again. */
const rememberedTokensMax = 64;
/** Difference between the clocks of issuer and environment that is tolerated, in seconds. */
const clockSkewSeconds = 300;

/** Verifies signature, audience, tenant and lifetime of tokens, and looks the application up. */
export class BearerCheck {
  readonly #options: BearerOptions;
  readonly #verified = new Map<string, TokenClaims>();

  constructor(options: BearerOptions) {
    this.#options = options;
  }

  /** Who sends a request with these headers. */
  async caller(headers: HttpHeaders): Promise<Caller> {
    const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return { kind: 'rejected', reason: 'no bearer token' };
    const claims = await this.#claims(token);
    if (claims === undefined) return { kind: 'rejected', reason: 'signature or form' };
    const { tenant, environment, acceptsAudience, clock } = this.#options;
    if (!acceptsAudience(claims.audience)) return { kind: 'rejected', reason: 'audience' };
    if (claims.tenantId !== tenant.tenantId) return { kind: 'rejected', reason: 'tenant' };
    const now = Math.floor(clock.now() / 1000);
    if (claims.expires <= now) return { kind: 'rejected', reason: 'expired' };
    if (claims.notBefore > now + clockSkewSeconds) return { kind: 'rejected', reason: 'not yet valid' };
    const application = tenant.applications.find((candidate) => candidate.clientId === claims.clientId);
    if (application?.environments.includes(environment)) return { kind: 'application', application };
    return { kind: 'unregistered', clientId: claims.clientId };
  }

  async #claims(token: string): Promise<TokenClaims | undefined> {
    const remembered = this.#verified.get(token);
    if (remembered !== undefined) return remembered;
    const claims = await readAccessToken(token, this.#options.tenant.signingKey);
    if (claims === undefined) return undefined;
    if (this.#verified.size >= rememberedTokensMax) this.#verified.clear();
    this.#verified.set(token, claims);
    return claims;
  }
}
