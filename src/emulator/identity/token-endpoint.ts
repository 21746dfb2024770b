/** `POST /{tenant}/oauth2/v2.0/token`: client credentials with a secret (RFC 6749 4.4, 2.3.1). */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import type { HttpHeaders, HttpResponse } from '../../http/send.ts';
import { jsonAnswer } from '../wire/answer.ts';
import type { Incoming } from '../wire/incoming.ts';
import { notImplemented } from '../wire/refusal.ts';
import { accessTokenSeconds, issueAccessToken } from './access-token.ts';
import { type EntraFailure, entraErrorAnswer, entraFailures } from './entra-error.ts';
import type { Tenant, TenantApplication } from './tenant.ts';

export interface TokenEndpointOptions {
  readonly tenant: Tenant;
  /** Origins under which the environment of this endpoint is known. */
  readonly environmentOrigins: () => ReadonlySet<string>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Answers a token request to `tenantName`, the tenant as the path names it. */
export async function answerTokenRequest(
  request: Incoming,
  tenantName: string,
  options: TokenEndpointOptions,
): Promise<HttpResponse> {
  const form = new URLSearchParams(await request.readText());
  const outcome = readGrant({ request, tenantName, form, options });
  const noStore = { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' };
  if ('error' in outcome) {
    return entraErrorAnswer(outcome, {
      nowMs: options.clock.now(),
      traceId: options.ids.uuid(),
      correlationId: request.headers['client-request-id'] ?? options.ids.uuid(),
    });
  }
  const accessToken = await issueAccessToken({
    tenant: options.tenant,
    application: outcome.application,
    audience: outcome.audience,
    authority: request.origin,
    clock: options.clock,
    ids: options.ids,
  });
  return jsonAnswer(
    200,
    {
      token_type: 'Bearer',
      expires_in: accessTokenSeconds,
      ext_expires_in: accessTokenSeconds,
      access_token: accessToken,
    },
    noStore,
  );
}

interface Grant {
  readonly application: TenantApplication;
  readonly audience: string;
}

interface GrantRequest {
  readonly request: Incoming;
  readonly tenantName: string;
  readonly form: URLSearchParams;
  readonly options: TokenEndpointOptions;
}

function readGrant({ request, tenantName, form, options }: GrantRequest): Grant | EntraFailure {
  const { tenant } = options;
  if (request.method !== 'POST') return entraFailures.methodNotPost(request.method);
  if (tenantName.toLowerCase() !== tenant.tenantId) return entraFailures.tenantUnknown(tenantName);
  const grantType = form.get('grant_type');
  if (grantType === null) return entraFailures.parameterMissing('grant_type');
  if (grantType !== 'client_credentials') return entraFailures.grantTypeUnsupported(grantType);
  if (form.has('resource')) return entraFailures.resourceOnV2();
  const application = readApplication(request.headers, form, tenant);
  if ('error' in application) return application;
  const scope = form.get('scope');
  if (scope === null || scope === '') return entraFailures.parameterMissing('scope');
  const audience = audienceOf(scope);
  if (audience === undefined) return entraFailures.scopeInvalid(scope);
  const origin = audience.toLowerCase().replace(/\/$/, '');
  if (!options.environmentOrigins().has(origin)) return entraFailures.resourceUnknown(audience, tenant.tenantId);
  return { application, audience };
}

/**
 * The resource of a `/.default` scope, exactly as written: a resource with a trailing slash (`…//.default`) becomes an
 * audience with one, which F&O then refuses.
 */
function audienceOf(scope: string): string | undefined {
  const scopes = scope.split(' ').filter((item) => item !== '');
  const [only] = scopes;
  if (scopes.length !== 1 || only === undefined || !only.endsWith('/.default')) return undefined;
  return only.slice(0, -'/.default'.length);
}

function readApplication(
  headers: HttpHeaders,
  form: URLSearchParams,
  tenant: Tenant,
): TenantApplication | EntraFailure {
  const { clientId, clientSecret } = readClient(headers, form);
  if (clientId === null) return entraFailures.parameterMissing('client_id');
  const application = tenant.applications.find((candidate) => candidate.clientId === clientId.toLowerCase());
  if (application === undefined) return entraFailures.clientUnknown(clientId, tenant.tenantId);
  if (clientSecret === null || clientSecret === '') {
    if (form.has('client_assertion'))
      throw notImplemented('ClientAssertion', 'client assertions at the token endpoint');
    return entraFailures.secretMissing();
  }
  if (!sameText(clientSecret, application.clientSecret)) return entraFailures.secretWrong(application.clientId);
  return application;
}

function readClient(
  headers: HttpHeaders,
  form: URLSearchParams,
): { clientId: string | null; clientSecret: string | null } {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (basic === undefined) return { clientId: form.get('client_id'), clientSecret: form.get('client_secret') };
  const [clientId, clientSecret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { clientId: formDecode(clientId), clientSecret: formDecode(clientSecret) };
}

/** RFC 6749 2.3.1: id and secret in HTTP Basic are form-encoded first. */
function formDecode(text: string | undefined): string | null {
  return text === undefined ? null : new URLSearchParams(`value=${text}`).get('value');
}

/** Compares digests, so that the time taken says nothing about the secret. */
function sameText(left: string, right: string): boolean {
  return timingSafeEqual(createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest());
}
