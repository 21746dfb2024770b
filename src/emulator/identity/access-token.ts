/** Access tokens: RS256 JWTs with the claims that F&O and Dataverse look at. */

import { CompactSign, compactVerify } from 'jose';
import type { Clock } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import { isJsonObject, type JsonObject, parseJson, printJson } from '../../base/json.ts';
import type { SigningKey, Tenant, TenantApplication } from './tenant.ts';

/** Lifetime of an access token in seconds, as Entra gives it. */
export const accessTokenSeconds = 3599;

export interface IssueOptions {
  readonly tenant: Tenant;
  readonly application: TenantApplication;
  /** The environment URL as the scope named it. */
  readonly audience: string;
  /** Origin of the token endpoint. */
  readonly authority: string;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** A signed access token for an application. */
export async function issueAccessToken(options: IssueOptions): Promise<string> {
  const { tenant, application, audience, authority, clock, ids } = options;
  const issuedAt = Math.floor(clock.now() / 1000);
  const issuer = `${authority}/${tenant.tenantId}/`;
  const claims: JsonObject = {
    aud: audience,
    iss: issuer,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + accessTokenSeconds,
    appid: application.clientId,
    appidacr: '1',
    idp: issuer,
    idtyp: 'app',
    oid: application.objectId,
    sub: application.objectId,
    tid: tenant.tenantId,
    uti: Buffer.from(ids.bytes(16)).toString('base64url'),
    ver: '1.0',
  };
  return new CompactSign(new TextEncoder().encode(printJson(claims)))
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: tenant.signingKey.keyId })
    .sign(tenant.signingKey.privateKey);
}

/** What an accepted token says. */
export interface TokenClaims {
  readonly audience: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly objectId: string;
  /** Seconds since 1970. */
  readonly notBefore: number;
  readonly expires: number;
}

/** Longest token that is looked at. */
const tokenLengthMax = 16_384;

/** The claims of a token that this key has signed; undefined for anything else. Says nothing of time and audience. */
export async function readAccessToken(token: string, key: SigningKey): Promise<TokenClaims | undefined> {
  if (token.length > tokenLengthMax) return undefined;
  const payload = await compactVerify(token, key.publicKey, { algorithms: ['RS256'] }).then(
    (verified) => new TextDecoder().decode(verified.payload),
    // Whatever is wrong with a token, the answer to its bearer is the same: it is not accepted.
    () => undefined,
  );
  if (payload === undefined) return undefined;
  const claims = parseJson(payload);
  if (!isJsonObject(claims)) return undefined;
  const { aud, tid, appid, oid, nbf, exp } = claims;
  if (typeof aud !== 'string' || typeof tid !== 'string' || typeof appid !== 'string' || typeof oid !== 'string') {
    return undefined;
  }
  if (typeof nbf !== 'number' || typeof exp !== 'number') return undefined;
  return { audience: aud, tenantId: tid, clientId: appid, objectId: oid, notBefore: nbf, expires: exp };
}
