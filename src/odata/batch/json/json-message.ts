/** Headers and body of a request or response object, which are alike (OData JSON 4.01 19.1, 19.5). */

import { invalidBatch } from '../batch-error.ts';
import { type BatchHeaders, batchHeaderValue, derivedHeaders, withoutHeaders } from '../batch-headers.ts';
import { readJsonBody } from './json-body.ts';
import { type EnvelopeItem, headersMember } from './json-envelope.ts';

/**
 * Reads `headers` and `body`. A body without media type is JSON, and is given that type, so that what is read stands for
 * itself. Raises ODATA_BATCH_INVALID.
 */
export function readJsonMessage(
  item: EnvelopeItem,
  contentId: string | undefined,
): { readonly headers: BatchHeaders; readonly body?: Uint8Array } {
  const all = headersMember(item);
  const headerId = batchHeaderValue(all, 'content-id');
  if (headerId !== undefined && headerId !== contentId) {
    throw invalidBatch(`${item.what} has a header Content-ID that is not its id.`);
  }
  const headers = withoutHeaders(all, derivedHeaders);
  const body = item.bodyText === undefined ? undefined : readJsonBody(item.bodyText, headers, item.what);
  if (body === undefined) return { headers };
  const hasType = batchHeaderValue(headers, 'content-type') !== undefined;
  return { headers: hasType ? headers : [...headers, { name: 'content-type', value: 'application/json' }], body };
}
