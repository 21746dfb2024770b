/** Dataverse's identity probe: the function WhoAmI (Dataverse Web API, functions). */

import type { TokenCredential } from '../../auth/index.ts';
import { RialtoError } from '../../base/errors.ts';
import { isJsonObject, parseJson } from '../../base/json.ts';
import { checkLimit } from '../../base/limits.ts';
import type { Client } from '../../client/client.ts';
import type { Send } from '../../http/index.ts';
import { readODataError } from '../../odata/index.ts';
import type { ConnectionSettings } from './connection-settings.ts';

export interface WhoAmIOptions {
  readonly send: Send;
  readonly client: Client;
  readonly credential: TokenCredential;
  readonly settings: ConnectionSettings;
  readonly signal?: AbortSignal;
}

/** Longest answer that is read. */
const answerBytesMax = 65_536;

/** The id of the user that the token stands for. Raises AUTH_TOKEN_REJECTED, ACCESS_DENIED, SERVICE_ERROR. */
export async function whoAmI(options: WhoAmIOptions): Promise<string> {
  const { settings, credential, client, signal } = options;
  const { token } = await credential.getToken({
    audience: settings.environmentUrl,
    ...(signal === undefined ? {} : { signal }),
  });
  const response = await options.send({
    method: 'GET',
    url: new URL('WhoAmI', client.serviceRoot).href,
    headers: { accept: 'application/json', 'odata-version': '4.0', authorization: `Bearer ${token}` },
    ...(signal === undefined ? {} : { signal }),
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    checkLimit('answerBytesMax', answerBytesMax, bytes, 'The answer of WhoAmI');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (response.status !== 200) throw refusal(response.status, text, settings.environmentUrl);
  const answer = parseJson(text, { what: 'The answer of WhoAmI' });
  if (isJsonObject(answer) && typeof answer.UserId === 'string') return answer.UserId;
  throw new RialtoError('HTTP_RESPONSE_INVALID', `WhoAmI of ${settings.environmentUrl} answered without a UserId.`);
}

function refusal(status: number, text: string, environmentUrl: string): RialtoError {
  const code = status === 401 ? 'AUTH_TOKEN_REJECTED' : status === 403 ? 'ACCESS_DENIED' : 'SERVICE_ERROR';
  const words = readODataError(text)?.message ?? 'it gave no reason';
  return new RialtoError(code, `WhoAmI of ${environmentUrl} answered ${status}: ${words.slice(0, 500)}`);
}
