/** The errors of the token endpoint, in Entra's words. */

import { isoInstant } from '../../base/clock.ts';
import type { HttpResponse } from '../../http/send.ts';
import { jsonAnswer } from '../wire/answer.ts';

/** A refusal of the token endpoint. */
export interface EntraFailure {
  readonly status: 400 | 401;
  readonly error:
    | 'invalid_client'
    | 'invalid_request'
    | 'invalid_resource'
    | 'invalid_scope'
    | 'unauthorized_client'
    | 'unsupported_grant_type';
  /** The number after `AADSTS`. */
  readonly code: number;
  readonly description: string;
}

export interface EntraErrorContext {
  readonly nowMs: number;
  readonly traceId: string;
  readonly correlationId: string;
}

/** The answer for a refusal. */
export function entraErrorAnswer(failure: EntraFailure, context: EntraErrorContext): HttpResponse {
  const timestamp = `${isoInstant(context.nowMs).slice(0, 19).replace('T', ' ')}Z`;
  const trace = `Trace ID: ${context.traceId} Correlation ID: ${context.correlationId} Timestamp: ${timestamp}`;
  return jsonAnswer(failure.status, {
    error: failure.error,
    error_description: `AADSTS${failure.code}: ${failure.description} ${trace}`,
    error_codes: [failure.code],
    timestamp,
    trace_id: context.traceId,
    correlation_id: context.correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${failure.code}`,
  });
}

export const entraFailures = {
  tenantUnknown: (tenant: string): EntraFailure => ({
    status: 400,
    error: 'invalid_request',
    code: 90002,
    description: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  }),
  parameterMissing: (name: string): EntraFailure => ({
    status: 400,
    error: 'invalid_request',
    code: 900144,
    description: `The request body must contain the following parameter: '${name}'.`,
  }),
  resourceOnV2: (): EntraFailure => ({
    status: 400,
    error: 'invalid_request',
    code: 901002,
    description: "The 'resource' request parameter is not supported.",
  }),
  grantTypeUnsupported: (grantType: string): EntraFailure => ({
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
    description: `The app requested an unsupported grant type '${grantType}'.`,
  }),
  methodNotPost: (method: string): EntraFailure => ({
    status: 400,
    error: 'invalid_request',
    code: 900561,
    description: `The endpoint only accepts POST requests. Received a ${method} request.`,
  }),
  clientUnknown: (clientId: string, tenantId: string): EntraFailure => ({
    status: 400,
    error: 'unauthorized_client',
    code: 700016,
    description: `Application with identifier '${clientId}' was not found in the directory '${tenantId}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  }),
  secretMissing: (): EntraFailure => ({
    status: 401,
    error: 'invalid_client',
    code: 7000218,
    description: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  }),
  secretWrong: (clientId: string): EntraFailure => ({
    status: 401,
    error: 'invalid_client',
    code: 7000215,
    description: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  }),
  scopeInvalid: (scope: string): EntraFailure => ({
    status: 400,
    error: 'invalid_scope',
    code: 70011,
    description: `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  }),
  resourceUnknown: (resource: string, tenantId: string): EntraFailure => ({
    status: 400,
    error: 'invalid_resource',
    code: 500011,
    description: `The resource principal named ${resource} was not found in the tenant named ${tenantId}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  }),
} as const;
