/** A batch request of either format → its tree. */

import { formatOf } from './batch-format.ts';
import type { BatchRequest, IndividualRequest } from './batch-request.ts';
import { checkBatchRequest } from './check-batch-request.ts';
import { type BatchSource, collectBytes } from './collect-bytes.ts';
import { readJsonRequests } from './json/read-json-requests.ts';
import { contentTypeOf } from './media-type.ts';
import type { HttpMessage } from './multipart/http-message.ts';
import { readMultipart } from './multipart/read-multipart.ts';
import { parseRequestLine } from './multipart/start-line.ts';
import { type ReadBatchOptions, readContextOf } from './read-options.ts';

/**
 * Reads a batch request: `multipart/mixed` (OData 4.01 Protocol 11.7.7) or `application/json` (OData JSON 4.01 19.1), as
 * its `Content-Type` says. In any chunking the same bytes give the same tree, whose bodies may share memory with them.
 *
 * Line ends may be LF, empty lines may be missing where nothing is lost by it, URLs stay as they are written. Raises
 * ODATA_BATCH_INVALID with the place of what is wrong, and LIMIT_EXCEEDED.
 *
 * @example
 * const { items } = await readBatchRequest(request.headers['content-type'], request.body);
 */
export async function readBatchRequest(
  contentType: string,
  body: BatchSource,
  options: ReadBatchOptions = {},
): Promise<BatchRequest> {
  const context = readContextOf(options, 'request');
  const mediaType = contentTypeOf(contentType, 'the batch request');
  const format = formatOf(mediaType, 'request');
  const bytes = await collectBytes(body, context.limits.batchBytesMax);
  const batch: BatchRequest =
    format === 'json'
      ? readJsonRequests(bytes, context)
      : {
          items: readMultipart(bytes, mediaType, context).map((item) =>
            'messages' in item ? { kind: 'changeSet', requests: item.messages.map(requestOf) } : requestOf(item),
          ),
        };
  checkBatchRequest(batch, { isTolerant: context.isTolerant, format });
  return batch;
}

function requestOf({ startLine, headers, contentId, body, at }: HttpMessage): IndividualRequest {
  return {
    kind: 'request',
    ...(contentId === undefined ? {} : { contentId }),
    ...parseRequestLine(startLine, at),
    headers,
    ...(body === undefined ? {} : { body }),
  };
}
