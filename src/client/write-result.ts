/** What a create or update answered. */

import { RialtoError } from '../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../base/json.ts';
import { discardBody, type HttpResponse, readJson } from '../http/index.ts';
import { parsePayload } from '../odata/index.ts';
import { callService, expectJson } from './call-service.ts';
import { type Channel, describeCall, type ServiceRequest } from './channel.ts';
import type { WriteResult } from './client.ts';

/** Sends a write and reads its answer. Raises the service's refusals and HTTP_RESPONSE_INVALID. */
export async function sendWrite(channel: Channel, request: ServiceRequest): Promise<WriteResult> {
  const response = await callService(channel, request);
  const record = await readAnswer(channel, request, response);
  if (record !== undefined && !isJsonObject(record)) throw notARecord(request);
  const etag = record?.['@odata.etag'] ?? response.headers.etag;
  const entityId = response.headers['odata-entityid'] ?? response.headers.location;
  return {
    ...(record === undefined ? {} : { record }),
    ...(typeof etag === 'string' ? { etag } : {}),
    ...(entityId === undefined ? {} : { entityId }),
  };
}

/** Sends a request that answers with one record. */
export async function readRecord(channel: Channel, request: ServiceRequest): Promise<JsonObject> {
  const response = await callService(channel, request);
  const record = await readAnswer(channel, request, response);
  if (!isJsonObject(record)) throw notARecord(request);
  return record;
}

/** The JSON of an answer, with every digit as `readRows` gives it; undefined when it is 204 No Content. */
export async function readAnswer(
  channel: Channel,
  request: ServiceRequest,
  response: HttpResponse,
): Promise<JsonValue | undefined> {
  if (response.status === 204) {
    await discardBody(response);
    return undefined;
  }
  await expectJson(channel, request, response);
  return readJson(response, {
    bodyBytesMax: channel.limits.recordBytesMax,
    what: `the answer of ${describeCall(request)}`,
    parse: parsePayload,
  });
}

function notARecord(request: ServiceRequest): RialtoError {
  return new RialtoError(
    'HTTP_RESPONSE_INVALID',
    `${describeCall(request)} was answered with JSON that is no record; a JSON object was expected.`,
  );
}
