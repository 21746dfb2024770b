/** A `Send` that signs in: for tests that talk to an environment without the client. */

import { RialtoError } from '../base/errors.ts';
import { isJsonObject, parseJson } from '../base/json.ts';
import type { HttpResponse, Send } from '../http/send.ts';
import type { EmulatorEnvironment } from './environment.ts';

/**
 * Gets one access token for the environment's first application, and sends it with every request.
 * Raises AUTH_FAILED when the token endpoint refuses.
 */
export async function signedInSend(environment: EmulatorEnvironment): Promise<Send> {
  const { tenantId, clientId, clientSecret } = environment.application;
  const answer = await environment.send({
    method: 'POST',
    url: `${environment.url}/${tenantId}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${environment.url}/.default`,
    }).toString(),
  });
  const body = parseJson(await readText(answer));
  const token = isJsonObject(body) ? body.access_token : undefined;
  if (typeof token !== 'string') throw new RialtoError('AUTH_FAILED', `Token endpoint answered ${answer.status}.`);
  return (request) =>
    environment.send({ ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } });
}

/** The body of a response as text. */
export async function readText(response: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
