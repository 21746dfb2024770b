/** Messages → a multipart batch. */

import { type BatchHeaders, derivedHeaders, withoutHeaders } from '../batch-headers.ts';
import type { WriteBatchOptions, WrittenBatch } from '../write-options.ts';
import { checkBoundary, chooseBoundary } from './choose-boundary.ts';

/** A request or response with its first line. */
export interface WritableMessage {
  readonly startLine: string;
  readonly contentId?: string;
  readonly headers: BatchHeaders;
  readonly body?: Uint8Array;
}

export type WritableItem = WritableMessage | { readonly messages: readonly WritableMessage[] };

interface Prefixes {
  readonly batch: string;
  readonly changeSet: string;
}

/** Writes a multipart batch (OData 4.01 Protocol 11.7.7, RFC 2046 5.1). Raises OPTION_INVALID for a wrong boundary. */
export function writeMultipart(
  items: readonly WritableItem[],
  options: WriteBatchOptions,
  prefixes: Prefixes,
): WrittenBatch {
  const { ids } = options;
  const parts = items.map((item) => ('messages' in item ? item.messages.map(messagePart) : messagePart(item)));
  const messages = parts.flat();
  if (options.boundary !== undefined) checkBoundary(options.boundary, messages);
  const boundary = options.boundary ?? chooseBoundary(messages, { prefix: prefixes.batch, ids });
  const pieces = parts.map((part) => {
    if (!Array.isArray(part)) return [part];
    // Readers may compare the beginning of a line only (RFC 2046 5.1.1), so no boundary begins with the one around it.
    const prefix = prefixes.changeSet.startsWith(boundary.slice(0, prefixes.changeSet.length))
      ? 'set'
      : prefixes.changeSet;
    const inner = chooseBoundary(part, { prefix, ids });
    return [
      text(`Content-Type: ${contentTypeOf(inner)}\r\n\r\n`),
      ...multipartBody(
        part.map((each) => [each]),
        inner,
      ),
    ];
  });
  return {
    contentType: contentTypeOf(boundary),
    body: Buffer.concat([...multipartBody(pieces, boundary), text('\r\n')]),
  };
}

function multipartBody(parts: readonly (readonly Buffer[])[], boundary: string): readonly Buffer[] {
  const delimiter = text(`--${boundary}\r\n`);
  const lineEnd = text('\r\n');
  return [...parts.flatMap((pieces) => [delimiter, ...pieces, lineEnd]), text(`--${boundary}--`)];
}

/** A body part of type `application/http`: its headers, and the message. */
function messagePart({ startLine, contentId, headers, body }: WritableMessage): Buffer {
  const lines = [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    startLine,
    ...withoutHeaders(headers, derivedHeaders).map(({ name, value }) => `${name}: ${value}`),
    ...(body === undefined ? [] : [`Content-Length: ${body.length}`]),
    '',
    '',
  ];
  return Buffer.concat([text(lines.join('\r\n')), ...(body === undefined ? [] : [body])]);
}

function contentTypeOf(boundary: string): string {
  const isToken = /^[0-9A-Za-z'+_\-.]+$/.test(boundary);
  return `multipart/mixed; boundary=${isToken ? boundary : `"${boundary}"`}`;
}

function text(value: string): Buffer {
  return Buffer.from(value, 'utf8');
}
