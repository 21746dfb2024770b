/** A multipart batch → its messages, requests or responses alike. */

import { checkLimit } from '../../../base/limits.ts';
import type { MediaType } from '../../media-type.ts';
import { invalidBatch } from '../batch-error.ts';
import { boundaryOf, contentTypeOf } from '../media-type.ts';
import type { ReadContext } from '../read-options.ts';
import { type HeaderBlock, readHeaderBlock, singleValue } from './header-block.ts';
import { type HttpMessage, readHttpMessage } from './http-message.ts';
import type { Slice } from './slice.ts';
import { splitParts } from './split-parts.ts';

/** A single message, or those of a change set. */
export type MessageItem = HttpMessage | { readonly messages: readonly HttpMessage[] };

/**
 * Reads a multipart batch (OData 4.01 Protocol 11.7.7): parts of type `application/http`, and of type `multipart/mixed`
 * with such parts. Raises ODATA_BATCH_INVALID and LIMIT_EXCEEDED.
 */
export function readMultipart(bytes: Buffer, mediaType: MediaType, context: ReadContext): readonly MessageItem[] {
  const counted = createCounter(context);
  const boundary = boundaryOf(mediaType, `the batch ${context.what}`);
  return splitParts({ bytes, base: 0 }, boundary, counted.part).map((part) => {
    const { block, type } = readPartHeaders(part, context);
    if (type.type === 'application/http') return readMessage(part, block);
    if (type.type !== 'multipart/mixed') throw wrongType(part, type, 'application/http or multipart/mixed');
    const ownBoundary = boundaryOf(type, `the change set at byte ${part.base}`);
    if (ownBoundary === boundary) {
      throw invalidBatch(`The change set at byte ${part.base} has the boundary of the batch; it needs its own.`);
    }
    const inner = { bytes: part.bytes.subarray(block.end), base: part.base + block.end };
    return { messages: splitParts(inner, ownBoundary, counted.part).map(readChangeSetPart) };
  });

  function readChangeSetPart(part: Slice): HttpMessage {
    const { block, type } = readPartHeaders(part, context);
    if (type.type.startsWith('multipart/')) {
      throw invalidBatch(`The part at byte ${part.base} is a change set within a change set.`);
    }
    if (type.type !== 'application/http') throw wrongType(part, type, 'application/http');
    return readMessage(part, block);
  }

  function readMessage(part: Slice, block: HeaderBlock): HttpMessage {
    counted.message();
    return readHttpMessage(part, block.end, block.headers, context);
  }
}

function createCounter({ limits, what }: ReadContext) {
  let parts = 0;
  let messages = 0;
  return {
    part(): void {
      parts += 1;
      checkLimit('batchPartsMax', limits.batchPartsMax, parts, 'The number of parts of the batch');
    },
    message(): void {
      messages += 1;
      checkLimit('batchRequestsMax', limits.batchRequestsMax, messages, `The number of ${what}s in the batch`);
    },
  };
}

/** A first line, or a delimiter, where the empty line behind the headers of the part was forgotten. */
const messageStartPattern = /^(?:[A-Za-z]+ \S.* HTTP\/\d|HTTP\/\d|--)/i;

function readPartHeaders(
  part: Slice,
  { limits }: ReadContext,
): { readonly block: HeaderBlock; readonly type: MediaType } {
  const block = readHeaderBlock(part, 0, {
    batchHeaderBytesMax: limits.batchHeaderBytesMax,
    endsBefore: (line) => messageStartPattern.test(line),
  });
  const contentType = singleValue(block.headers, 'content-type', part.base);
  if (contentType === undefined) {
    throw invalidBatch(`The part at byte ${part.base} has no Content-Type; expected application/http.`);
  }
  const encoding = singleValue(block.headers, 'content-transfer-encoding', part.base)?.toLowerCase();
  if (encoding !== undefined && !['binary', '8bit', '7bit'].includes(encoding)) {
    throw invalidBatch(`The part at byte ${part.base} has a Content-Transfer-Encoding other than binary.`);
  }
  return { block, type: contentTypeOf(contentType, `the part at byte ${part.base}`) };
}

function wrongType(part: Slice, type: MediaType, expected: string): Error {
  return invalidBatch(`The part at byte ${part.base} is of type ${type.type}; expected ${expected}.`);
}
