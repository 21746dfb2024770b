/** Refusals of the Microsoft Entra token service as errors. */

import type { ErrorCode } from '../base/error-codes.ts';
import { RialtoError } from '../base/errors.ts';
import { isJsonObject, type JsonObject, parseJson } from '../base/json.ts';

export interface TokenRefusal {
  readonly status: number;
  readonly body: string;
  readonly retryAfterMs: number | undefined;
  readonly authorityUrl: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly audience: string;
  /** Blanked wherever the token service repeats it. */
  readonly secret: string;
}

/**
 * AUTH_SECRET_INVALID, AUTH_CLIENT_UNKNOWN, AUTH_TENANT_UNKNOWN or AUTH_FAILED, with what the token service said and its
 * correlation id. Never holds the secret.
 */
export function tokenError(refusal: TokenRefusal): RialtoError {
  const body = readBody(refusal.body);
  const number = body === undefined ? undefined : errorNumber(body);
  const known = number === undefined ? undefined : knownErrors.get(number);
  const isPassing =
    refusal.status === 429 || refusal.status >= 500 || (number !== undefined && passingErrors.has(number));
  return new RialtoError(
    known?.code ?? 'AUTH_FAILED',
    [
      `${known?.say(refusal) ?? `The token service ${refusal.authorityUrl} refused a token for ${refusal.audience} to the application ${refusal.clientId}`}: `,
      said(refusal, body, number),
      correlation(body),
    ].join(''),
    { retryable: isPassing, ...(refusal.retryAfterMs === undefined ? {} : { retryAfterMs: refusal.retryAfterMs }) },
  );
}

interface KnownError {
  readonly code: ErrorCode;
  readonly say: (refusal: TokenRefusal) => string;
}

const secretInvalid: KnownError = {
  code: 'AUTH_SECRET_INVALID',
  say: ({ clientId }) =>
    `The client secret of the application ${clientId} is not accepted; give the secret's value, not its id, and one that has not expired`,
};
const clientUnknown: KnownError = {
  code: 'AUTH_CLIENT_UNKNOWN',
  say: ({ clientId, tenant }) => `The tenant ${tenant} has no application with the client id ${clientId}`,
};
const tenantUnknown: KnownError = {
  code: 'AUTH_TENANT_UNKNOWN',
  say: ({ tenant, authorityUrl }) => `The token service ${authorityUrl} has no tenant ${tenant}`,
};
const audienceUnknown: KnownError = {
  code: 'AUTH_FAILED',
  say: ({ audience, tenant }) =>
    `The tenant ${tenant} knows no environment ${audience}; check the environment's URL and the cloud`,
};

/** AADSTS numbers that have one cause and one remedy. */
const knownErrors: ReadonlyMap<number, KnownError> = new Map([
  [7000215, secretInvalid],
  [7000222, secretInvalid],
  [700016, clientUnknown],
  [700011, clientUnknown],
  [90002, tenantUnknown],
  [50059, tenantUnknown],
  [50128, tenantUnknown],
  [500011, audienceUnknown],
]);

/** AADSTS numbers of throttling and passing faults. */
const passingErrors: ReadonlySet<number> = new Set([
  40010, 50000, 50033, 50087, 90006, 90012, 90024, 90033, 90055, 90090,
]);

/** Longest text of the token service that is repeated in a message. */
const descriptionLengthMax = 300;

function readBody(text: string): JsonObject | undefined {
  try {
    const body = parseJson(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    // The token service or something before it answered with a page; the status alone is told then.
    return undefined;
  }
}

function errorNumber(body: JsonObject): number | undefined {
  const codes = body.error_codes;
  if (Array.isArray(codes) && typeof codes[0] === 'number') return codes[0];
  const match = typeof body.error_description === 'string' ? /AADSTS(\d+)/.exec(body.error_description) : null;
  return match === null ? undefined : Number(match[1]);
}

function said(refusal: TokenRefusal, body: JsonObject | undefined, number: number | undefined): string {
  if (body === undefined) return `it answered with status ${refusal.status} and no OAuth error.`;
  const description = typeof body.error_description === 'string' ? body.error_description : '';
  // The ids that follow are told apart; the text before them is for people.
  const words = (description.split(/\s*(?:Trace ID|Correlation ID|Timestamp):/, 1)[0] ?? '').trim();
  const error = typeof body.error === 'string' ? body.error : `status ${refusal.status}`;
  const named = number === undefined || words.includes(`AADSTS${number}`) ? words : `AADSTS${number}: ${words}`;
  const text = named === '' ? error : `${error}, ${named}`;
  const blanked = refusal.secret === '' ? text : text.replaceAll(refusal.secret, '(secret)');
  return blanked.length > descriptionLengthMax ? `${blanked.slice(0, descriptionLengthMax)}…` : blanked;
}

function correlation(body: JsonObject | undefined): string {
  const id = body?.correlation_id;
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? ` (correlation id ${id})` : '';
}
