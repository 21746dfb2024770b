/** What a service says of itself: its metadata and its service document. */

import { LimitError, RialtoError } from '../base/errors.ts';
import { isJsonObject } from '../base/json.ts';
import { discardBody, mediaTypeOf } from '../http/index.ts';
import { type Model, readCsdlXml } from '../odata/index.ts';
import { callService } from './call-service.ts';
import { type Channel, describeCall, type ServiceRequest } from './channel.ts';
import { readAnswer } from './write-result.ts';

/** Reads `$metadata`. Raises the service's refusals, CSDL_INVALID, HTTP_RESPONSE_INVALID and LIMIT_EXCEEDED. */
export async function readMetadata(channel: Channel, signal?: AbortSignal): Promise<Model> {
  const request: ServiceRequest = {
    method: 'GET',
    uri: {
      kind: 'requestUri',
      path: [{ kind: 'system', name: '$metadata', position: 0 }],
      options: { custom: {} },
    },
    target: { kind: 'service' },
    headers: { ...channel.dialect.metadataHeaders, accept: 'application/xml' },
    signal,
  };
  const response = await callService(channel, request);
  const mediaType = mediaTypeOf(response);
  if (mediaType !== undefined && !/(?:^|[/+])xml$/.test(mediaType)) {
    await discardBody(response);
    throw new RialtoError(
      'HTTP_RESPONSE_INVALID',
      `${describeCall(request)} was answered with ${mediaType}; a metadata document in XML was expected.`,
    );
  }
  return readCsdlXml(withinLimit(response.body, channel.limits.metadataBytesMax));
}

/** Names of the entity sets from the service document. Raises the service's refusals and HTTP_RESPONSE_INVALID. */
export async function readEntitySetNames(channel: Channel, signal?: AbortSignal): Promise<readonly string[]> {
  const request: ServiceRequest = {
    method: 'GET',
    uri: { kind: 'requestUri', path: [], options: { custom: {} } },
    target: { kind: 'service' },
    signal,
  };
  const answer = await readAnswer(channel, request, await callService(channel, request));
  const members = isJsonObject(answer) ? answer.value : undefined;
  if (!Array.isArray(members)) {
    throw new RialtoError(
      'HTTP_RESPONSE_INVALID',
      `${describeCall(request)} at ${channel.serviceRoot} was not answered with a service document.`,
    );
  }
  return members.flatMap((member) =>
    // A member without a kind is an entity set (OData 4.01 JSON 5).
    isJsonObject(member) && typeof member.name === 'string' && (member.kind ?? 'EntitySet') === 'EntitySet'
      ? [member.name]
      : [],
  );
}

async function* withinLimit(body: AsyncIterable<Uint8Array>, bytesMax: number): AsyncIterable<Uint8Array> {
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > bytesMax) {
      throw new LimitError(
        'metadataBytesMax',
        bytesMax,
        `The metadata document is longer than the limit metadataBytesMax of ${bytesMax} bytes.`,
      );
    }
    yield chunk;
  }
}
