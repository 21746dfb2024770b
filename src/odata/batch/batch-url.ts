/** The URL of a request within a batch, in full. */

import { RialtoError } from '../../base/errors.ts';
import { batchHeaderValue } from './batch-headers.ts';
import type { IndividualRequest } from './batch-request.ts';

/**
 * The absolute URL of a request (OData 4.01 Protocol 11.7.7.1): one that is absolute stays; an absolute path is put
 * behind the scheme of the batch and the request's `Host`, or that of the batch; all others are relative to the service
 * root, where `$batch` is. References such as `$1` are replaced before. What is encoded stays as it is written. Raises
 * OPTION_INVALID for the URL of a batch that is not absolute.
 */
export function resolveBatchUrl(request: Pick<IndividualRequest, 'url' | 'headers'>, batchUrl: string): string {
  const { url, headers } = request;
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(url)) return url;
  const [whole, scheme = '', host = '', path = ''] = /^([^/?#]*:)?\/\/([^/?#]*)([^?#]*)/.exec(batchUrl) ?? [];
  if (whole === undefined) {
    throw new RialtoError('OPTION_INVALID', `The URL of the batch is "${batchUrl}"; expected an absolute one.`);
  }
  if (url.startsWith('//')) return `${scheme}${url}`;
  if (url.startsWith('/')) return `${scheme}//${batchHeaderValue(headers, 'host') ?? host}${url}`;
  return `${scheme}//${host}${path.slice(0, path.lastIndexOf('/') + 1) || '/'}${url}`;
}
