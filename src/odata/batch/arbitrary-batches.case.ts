/** Batches, chunkings and hostile bytes for property tests. */

import fc from 'fast-check';
import type { BatchHeaders } from './batch-headers.ts';
import type { BatchRequest, ChangeSet, IndividualRequest } from './batch-request.ts';
import type { BatchResponse, ChangeSetResponse, IndividualResponse } from './batch-response.ts';

const arbitraryHeader = fc.record({
  name: fc.stringMatching(/^X-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,10}$/),
  value: fc.oneof(
    fc.stringMatching(/^[!-~]([\t -~\u00a1-\u07ff]{0,20}[!-~])?$/),
    fc.constantFrom('', '--batch_1', '$1'),
  ),
});

/** Without names that are there twice but for their case, which JSON joins. */
const arbitraryHeaders = fc.uniqueArray(arbitraryHeader, { maxLength: 3, selector: ({ name }) => name.toLowerCase() });

/** Bytes that look like the structure around them, and any others. */
const arbitraryBytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '--',
        '--batch_1',
        '--batch_1--',
        '--changeset_1',
        ' ',
        '\0',
        'GET x',
        '\u{feff}',
      ),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((pieces) => new Uint8Array(Buffer.from(pieces.join('')))),
);

const arbitraryUrl = fc.constantFrom(
  'Customers',
  "/data/Customers(dataAreaId='usmf')?$filter=Name eq 'a b'",
  'https://host:1234/path/service/People(1)',
  '$1/Orders',
  'Städte?$top=1',
);

/** A request or response whose identifier is still to come. */
type Draft<T> = Omit<T, 'contentId'> & { readonly hasId: boolean };

const arbitraryRequest: fc.Arbitrary<Draft<IndividualRequest>> = fc
  .record({
    kind: fc.constant('request' as const),
    hasId: fc.boolean(),
    method: fc.constantFrom('POST', 'PATCH', 'PUT'),
    url: arbitraryUrl,
    headers: arbitraryHeaders,
    body: fc.option(arbitraryBytes, { nil: undefined }),
  })
  .map(withType);

const arbitraryResponse: fc.Arbitrary<Draft<IndividualResponse>> = fc
  .record({
    kind: fc.constant('response' as const),
    hasId: fc.boolean(),
    status: fc.integer({ min: 100, max: 599 }),
    headers: arbitraryHeaders,
    body: fc.option(arbitraryBytes, { nil: undefined }),
  })
  .map(withType);

/** Bodies have a media type, so that JSON carries them as base64url; no body is an absent member. */
function withType<T extends { readonly headers: BatchHeaders; readonly body: Uint8Array | undefined }>({
  body,
  ...message
}: T) {
  if (body === undefined) return message;
  return { ...message, headers: [...message.headers, { name: 'content-type', value: 'image/png' }], body };
}

/** Gives identifiers in order; all that JSON and change sets need them for, when `isEvery`. */
function createNumbering(isEvery: boolean) {
  let count = 0;
  return <T extends { readonly hasId: boolean }>({ hasId, ...message }: T, isNeeded: boolean) => {
    count += 1;
    return { ...message, ...(hasId || isNeeded || isEvery ? { contentId: `id-${count}` } : {}) };
  };
}

/** Batch requests that both formats can say when `isEvery`, and multipart alone otherwise. */
export function arbitraryBatchRequest(isEvery: boolean): fc.Arbitrary<BatchRequest> {
  const minLength = isEvery ? 1 : 0;
  return fc
    .array(fc.oneof(arbitraryRequest, fc.array(arbitraryRequest, { minLength, maxLength: 3 })), { maxLength: 4 })
    .map((drafts) => {
      const number = createNumbering(isEvery);
      return {
        items: drafts.map((draft, index): IndividualRequest | ChangeSet => {
          if (!Array.isArray(draft)) return number(draft as Draft<IndividualRequest>, false);
          return {
            kind: 'changeSet',
            ...(isEvery ? { atomicityGroup: `g${index}` } : {}),
            requests: draft.map((each) => number(each, true)),
          };
        }),
      };
    });
}

/** Batch responses that both formats can say when `isEvery`, and multipart alone otherwise. */
export function arbitraryBatchResponse(isEvery: boolean): fc.Arbitrary<BatchResponse> {
  const minLength = isEvery ? 1 : 0;
  return fc
    .array(fc.oneof(arbitraryResponse, fc.array(arbitraryResponse, { minLength, maxLength: 3 })), { maxLength: 4 })
    .map((drafts) => {
      const number = createNumbering(isEvery);
      return {
        items: drafts.map((draft, index): IndividualResponse | ChangeSetResponse => {
          if (!Array.isArray(draft)) return number(draft as Draft<IndividualResponse>, false);
          return {
            kind: 'changeSet',
            ...(isEvery ? { atomicityGroup: `g${index}` } : {}),
            responses: draft.map((each) => number(each, false)),
          };
        }),
      };
    });
}

/** Lengths of pieces, repeated as long as there are bytes; an empty piece now and then. */
export const arbitraryChunking = fc
  .array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 10 })
  .filter((lengths) => lengths.some((length) => length > 0));

/** The bytes in pieces of these lengths. */
export async function* inChunks(bytes: Uint8Array, lengths: readonly number[]): AsyncIterable<Uint8Array> {
  for (let start = 0, index = 0; start < bytes.length; index += 1) {
    const length = lengths[index % lengths.length] ?? 1;
    yield bytes.slice(start, start + length);
    start += length;
  }
}

/** A tree with bodies as plain arrays, since readers give views of larger buffers. */
export function withPlainBodies(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(withPlainBodies);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withPlainBodies(member)]));
}
