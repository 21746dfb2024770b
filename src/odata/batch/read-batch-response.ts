/** A batch response of either format → its tree. */

import { formatOf } from './batch-format.ts';
import type { BatchResponse, IndividualResponse } from './batch-response.ts';
import { checkBatchResponse } from './check-batch-response.ts';
import { type BatchSource, collectBytes } from './collect-bytes.ts';
import { readJsonResponses } from './json/read-json-responses.ts';
import { contentTypeOf } from './media-type.ts';
import type { HttpMessage } from './multipart/http-message.ts';
import { readMultipart } from './multipart/read-multipart.ts';
import { parseStatusLine } from './multipart/start-line.ts';
import { type ReadBatchOptions, readContextOf } from './read-options.ts';

/**
 * Reads a batch response: `multipart/mixed` (OData 4.01 Protocol 11.7.7.6) or `application/json` (OData JSON 4.01 19.5),
 * as its `Content-Type` says. There may be fewer responses than requests, and one for a change set that failed:
 * `matchBatchResponses` tells which is whose. Raises ODATA_BATCH_INVALID with the place of what is wrong, and
 * LIMIT_EXCEEDED.
 */
export async function readBatchResponse(
  contentType: string,
  body: BatchSource,
  options: ReadBatchOptions = {},
): Promise<BatchResponse> {
  const context = readContextOf(options, 'response');
  const mediaType = contentTypeOf(contentType, 'the batch response');
  const format = formatOf(mediaType, 'response');
  const bytes = await collectBytes(body, context.limits.batchBytesMax);
  const batch: BatchResponse =
    format === 'json'
      ? readJsonResponses(bytes, context)
      : {
          items: readMultipart(bytes, mediaType, context).map((item) =>
            'messages' in item ? { kind: 'changeSet', responses: item.messages.map(responseOf) } : responseOf(item),
          ),
        };
  checkBatchResponse(batch, context.isTolerant);
  return batch;
}

function responseOf({ startLine, headers, contentId, body, at }: HttpMessage): IndividualResponse {
  return {
    kind: 'response',
    ...(contentId === undefined ? {} : { contentId }),
    status: parseStatusLine(startLine, at),
    headers,
    ...(body === undefined ? {} : { body }),
  };
}
