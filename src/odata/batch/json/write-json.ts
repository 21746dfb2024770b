/** Requests or responses → a JSON batch. */

import { invalidBatch } from '../batch-error.ts';
import { type BatchHeaders, batchHeaderRecord, derivedHeaders, withoutHeaders } from '../batch-headers.ts';
import type { WrittenBatch } from '../write-options.ts';
import { printJsonBody } from './json-body.ts';

/** The members of a request or response object, as JSON texts. */
export type JsonMembers = readonly (readonly [name: string, json: string])[];

/** Writes the object around an array of objects. */
export function writeJson(
  name: 'requests' | 'responses',
  items: readonly JsonMembers[],
  others: JsonMembers = [],
): WrittenBatch {
  const list = `[${items.map(printObject).join(',')}]`;
  return {
    contentType: 'application/json',
    body: Buffer.from(printObject([[name, list], ...others]), 'utf8'),
  };
}

/** The members `headers` and `body`. Raises ODATA_BATCH_INVALID. */
export function messageMembers(
  { headers, body }: { readonly headers: BatchHeaders; readonly body?: Uint8Array },
  what: string,
): JsonMembers {
  const written = withoutHeaders(headers, derivedHeaders);
  return [
    ...(written.length === 0 ? [] : [['headers', JSON.stringify(batchHeaderRecord(written))] as const]),
    ...(body === undefined ? [] : [['body', printJsonBody(body, written, what)] as const]),
  ];
}

/** Names for atomicity groups that have none, apart from all identifiers. */
export function createGroupNames(taken: ReadonlySet<string>): () => string {
  let count = 0;
  return () => {
    do count += 1;
    while (taken.has(`group${count}`));
    return `group${count}`;
  };
}

/** The identifier, which JSON wants for every object. Raises ODATA_BATCH_INVALID. */
export function requiredId(contentId: string | undefined, what: string): string {
  if (contentId === undefined) throw invalidBatch(`${what} has no contentId, which a JSON batch needs.`);
  return contentId;
}

function printObject(members: JsonMembers): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}
