/** The identity endpoints that every emulated environment serves beside its own API. */

import type { HttpResponse } from '../../http/send.ts';
import { jsonAnswer } from '../wire/answer.ts';
import type { Incoming } from '../wire/incoming.ts';
import { notImplemented } from '../wire/refusal.ts';
import { entraErrorAnswer, entraFailures } from './entra-error.ts';
import { answerTokenRequest, type TokenEndpointOptions } from './token-endpoint.ts';

/** Answers a request to an identity endpoint; undefined when the path is none. */
export async function answerIdentity(
  request: Incoming,
  options: TokenEndpointOptions,
): Promise<HttpResponse | undefined> {
  const [, tenantName, rest] = /^\/([^/]+)\/(.+)$/.exec(request.path) ?? [];
  if (tenantName === undefined || rest === undefined) return undefined;
  switch (rest.toLowerCase()) {
    case 'oauth2/v2.0/token':
      return answerTokenRequest(request, tenantName, options);
    case 'v2.0/.well-known/openid-configuration':
      return withKnownTenant(request, tenantName, options, openIdConfiguration);
    case 'discovery/v2.0/keys':
      return withKnownTenant(request, tenantName, options, () => jsonAnswer(200, { keys: [publicKey(options)] }));
    case 'oauth2/token':
    case 'oauth2/authorize':
    case 'oauth2/v2.0/authorize':
    case 'oauth2/devicecode':
    case 'oauth2/v2.0/devicecode':
      throw notImplemented('Identity', `the identity endpoint ${rest}`);
    default:
      return undefined;
  }
}

function withKnownTenant(
  request: Incoming,
  tenantName: string,
  options: TokenEndpointOptions,
  answer: (request: Incoming, options: TokenEndpointOptions) => HttpResponse,
): HttpResponse {
  if (tenantName.toLowerCase() === options.tenant.tenantId) return answer(request, options);
  return entraErrorAnswer(entraFailures.tenantUnknown(tenantName), {
    nowMs: options.clock.now(),
    traceId: options.ids.uuid(),
    correlationId: options.ids.uuid(),
  });
}

/** OpenID Connect Discovery 1.0, section 3. */
function openIdConfiguration(request: Incoming, options: TokenEndpointOptions): HttpResponse {
  const authority = `${request.origin}/${options.tenant.tenantId}`;
  return jsonAnswer(200, {
    issuer: `${authority}/v2.0`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    grant_types_supported: ['client_credentials'],
    tenant_region_scope: 'WW',
  });
}

function publicKey(options: TokenEndpointOptions): Record<string, string> {
  const { kty, n, e, kid } = options.tenant.signingKey.publicJwk;
  return { kty: kty ?? 'RSA', use: 'sig', alg: 'RS256', kid: kid ?? '', n: n ?? '', e: e ?? '' };
}
