/** One request to the service: sent, and either answered or raised as an error. */

import { RialtoError } from '../base/errors.ts';
import { printJson } from '../base/json.ts';
import { contentCodingOf, discardBody, type HttpResponse, isJson, mediaTypeOf, readTextStart } from '../http/index.ts';
import { type Channel, describeCall, type ServiceRequest, urlOf } from './channel.ts';
import { serviceError } from './service-error.ts';

/** Sends a request. An answer of 2xx is given back; all else raises the service's refusal or HTTP_RESPONSE_INVALID. */
export async function callService(channel: Channel, request: ServiceRequest): Promise<HttpResponse> {
  const response = await channel.send({
    method: request.method,
    url: request.url ?? urlOf(channel, request.uri),
    headers: {
      accept: 'application/json',
      // Without it any coding may come (RFC 9110, 12.5.3).
      'accept-encoding': 'identity',
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(request.body === undefined ? {} : { body: printJson(request.body) }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  if (response.status < 400) {
    const fault = faultOf(channel, request, response);
    if (fault === undefined) return response;
    await discardBody(response);
    throw fault;
  }
  const text = await readTextStart(response, channel.limits.refusalBytesMax);
  throw await serviceError(channel, request, { status: response.status, headers: response.headers, text });
}

/** Raises HTTP_RESPONSE_INVALID, and lets the body go, when an answer says that it is no JSON: a sign-in page. */
export async function expectJson(channel: Channel, request: ServiceRequest, response: HttpResponse): Promise<void> {
  const mediaType = mediaTypeOf(response);
  if (mediaType === undefined || isJson(mediaType)) return;
  await discardBody(response);
  throw new RialtoError(
    'HTTP_RESPONSE_INVALID',
    `${describeCall(request)} at ${new URL(channel.serviceRoot).origin} was answered ${response.status} with ${mediaType}; JSON was expected. Is this the address of a ${channel.dialect.name} environment?`,
  );
}

function faultOf(channel: Channel, request: ServiceRequest, response: HttpResponse): RialtoError | undefined {
  if (response.status < 200 || response.status >= 300) return redirected(channel, request, response);
  const coding = contentCodingOf(response);
  if (coding === undefined) return undefined;
  return new RialtoError(
    'HTTP_RESPONSE_INVALID',
    `${describeCall(request)} at ${new URL(channel.serviceRoot).origin} was answered with the content coding '${coding}', which was not asked for. Does a proxy on the way compress answers?`,
  );
}

/** A redirect leads to a sign-in page or another host; it is never followed, so that the token stays here. */
function redirected(channel: Channel, request: ServiceRequest, response: HttpResponse): RialtoError {
  const location = response.headers.location;
  const base = new URL(channel.serviceRoot);
  const target =
    location !== undefined && URL.canParse(location, base.href) ? new URL(location, base).origin : 'nowhere';
  return new RialtoError(
    'HTTP_RESPONSE_INVALID',
    `${describeCall(request)} at ${base.origin} was answered ${response.status}, a redirect to ${target}, which is not followed. Is this the address of a ${channel.dialect.name} environment?`,
  );
}
