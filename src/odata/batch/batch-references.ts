/** References from a request of a batch to what earlier ones returned: `$1/Orders`. */

import { jsonText } from './batch-body.ts';
import { invalidBatch } from './batch-error.ts';
import { type BatchHeader, batchHeaderValue } from './batch-headers.ts';
import type { IndividualRequest } from './batch-request.ts';
import { asBuffer } from './collect-bytes.ts';
import { endOfValue, itemSpans, type JsonSpan, skipBlanks, stringSpans } from './json/json-spans.ts';
import { contentTypeOf, isJsonType } from './media-type.ts';

/** Where a reference stands and whom it names. */
export interface BatchReference {
  readonly contentId: string;
  /** First segment of the URL, a value in its query, `If-Match` or `If-None-Match`, or a link in a JSON body. */
  readonly place: 'url' | 'query' | 'header' | 'body';
}

/** What an earlier request returned. */
export interface BatchReferent {
  /** The URL of the entity: `Location`, or `OData-EntityId`. */
  readonly location?: string;
  readonly etag?: string;
  /**
   * The literal for a value of the response body in the query of a URL, percent-encoded: `path` is `Building` for
   * `$1/Building` and empty for `$1`. Without it such references are refused, as services may (Protocol 11.7.6).
   */
  readonly literalOf?: (path: string) => string;
}

/** Names that begin a relative URL with `$` and are no references (OData 4.01 Protocol 11.7.4). */
const systemResources = new Set(['all', 'batch', 'crossjoin', 'entity', 'id', 'metadata', 'root']);

/**
 * The references of a request: `$1` as first segment of its URL (OData 4.01 Protocol 11.7.4), as a value in its query
 * (11.7.6), as `If-Match` or `If-None-Match` (11.7.5), and as a link in a JSON body: in `x@odata.bind`, `@odata.id` and
 * their forms without `odata.`. In the query a `$` within quotes is text, and only the identifiers of `known` count.
 */
export function findBatchReferences(
  request: IndividualRequest,
  known: ReadonlySet<string> = new Set(),
): readonly BatchReference[] {
  const found: BatchReference[] = [];
  replaceReferences(request, known, (contentId, place, _path, whole) => {
    found.push({ contentId, place });
    return whole;
  });
  return found;
}

/**
 * The request with its references replaced by what earlier requests returned. Raises ODATA_BATCH_INVALID for a reference
 * to a request that is not among `referents`, or to something that it did not return.
 */
export function resolveBatchReferences(
  request: IndividualRequest,
  referents: ReadonlyMap<string, BatchReferent>,
): IndividualRequest {
  return replaceReferences(request, new Set(referents.keys()), (contentId, place, path) => {
    const referent = referents.get(contentId);
    if (referent === undefined) {
      throw invalidBatch(`The reference "$${contentId}" names no request that stands before it in the batch.`);
    }
    const { location, etag, literalOf } = referent;
    if (place === 'query') return literalOf?.(path) ?? missing(contentId, 'value for the query');
    if (place === 'header') return etag ?? missing(contentId, 'ETag');
    // Segments are put behind the path of the location (Protocol 11.7.4).
    return `${/^[^?#]*/.exec(location ?? missing(contentId, 'Location'))?.[0].replace(/\/$/, '')}${path}`;
  });
}

function missing(contentId: string, what: string): never {
  throw invalidBatch(`The reference "$${contentId}" names a request that returned no ${what}.`);
}

type Replace = (contentId: string, place: BatchReference['place'], path: string, whole: string) => string;

function replaceReferences(
  request: IndividualRequest,
  known: ReadonlySet<string>,
  replace: Replace,
): IndividualRequest {
  const { body } = request;
  return {
    ...request,
    url: replaceInUrl(request.url, known, replace),
    headers: request.headers.map((header) => replaceInHeader(header, replace)),
    ...(body === undefined ? {} : { body: mayHoldLinks(request, body) ? replaceInBody(body, replace) : body }),
  };
}

/** An entity tag has quotes, so `$1` without them is none. */
function replaceInHeader(header: BatchHeader, replace: Replace): BatchHeader {
  if (!/^if-(?:none-)?match$/i.test(header.name)) return header;
  const [whole, contentId] = /^\$([A-Za-z0-9\-._~]+)$/.exec(header.value) ?? [];
  if (whole === undefined || contentId === undefined) return header;
  return { name: header.name, value: replace(contentId, 'header', '', whole) };
}

/** First segment, with a slash before it or without, as Dataverse takes it. Behind it the path, the query or nothing. */
const firstSegmentPattern = /^\/?\$([A-Za-z0-9\-._~]+)(?=[/?#]|$)/;

function replaceInUrl(url: string, known: ReadonlySet<string>, replace: Replace): string {
  const queryAt = url.indexOf('?');
  const path = queryAt === -1 ? url : url.slice(0, queryAt);
  const query = queryAt === -1 ? '' : url.slice(queryAt);
  return `${replaceInPath(path, 'url', replace)}${replaceInQuery(query, known, replace)}`;
}

function replaceInPath(path: string, place: 'url' | 'body', replace: Replace): string {
  const [segment, contentId] = firstSegmentPattern.exec(path) ?? [];
  if (segment === undefined || contentId === undefined || systemResources.has(contentId)) return path;
  return replace(contentId, place, path.slice(segment.length), path);
}

/**
 * The tokens of a query: the name of an option; quoted text, which `%27` begins and ends as `'` does and which no `&`
 * stands in; an encoded character; a word, or a segment, that has a `$` somewhere; and a reference with its path.
 */
const queryPattern = new RegExp(
  [
    '[?&][^=&]*',
    "(?:'|%27)(?:[^'%&]|%(?!27))*(?:'|%27)?",
    '%[0-9A-Fa-f]{2}',
    String.raw`[A-Za-z0-9\-._~@/][A-Za-z0-9\-._~@/$]*`,
    String.raw`\$([A-Za-z0-9\-._~]+)((?:/[A-Za-z0-9\-._~]+)*)`,
  ].join('|'),
  'g',
);

function replaceInQuery(query: string, known: ReadonlySet<string>, replace: Replace): string {
  return query.replace(queryPattern, (whole, contentId: string | undefined, path: string | undefined) => {
    if (contentId === undefined || !known.has(contentId)) return whole;
    return replace(contentId, 'query', (path ?? '').slice(1), whole);
  });
}

/** Whether a body is JSON and has a text that begins as a reference does, so that most bodies are not looked into. */
function mayHoldLinks({ headers }: IndividualRequest, body: Uint8Array): boolean {
  const contentType = batchHeaderValue(headers, 'content-type');
  const isJson = isJsonType(contentType === undefined ? undefined : contentTypeOf(contentType, 'a request'));
  return isJson && /"\/?[$\\]/.test(asBuffer(body).toString('latin1'));
}

/** Members that hold the URLs of entities (OData JSON 4.01 8.5, 4.6.8; with or without `odata.`). */
const linkPattern = /@(?:odata\.)?(?:bind|id)$/;

/** Replaces link by link within the text, so that everything else stays as it is written. */
function replaceInBody(body: Uint8Array, replace: Replace): Uint8Array {
  const text = jsonText(body);
  const pieces: string[] = [];
  let copied = 0;
  for (const { start, end } of linkSpans(text)) {
    const link = JSON.parse(text.slice(start, end)) as string;
    const replaced = replaceInPath(link, 'body', replace);
    if (replaced === link) continue;
    pieces.push(text.slice(copied, start), JSON.stringify(replaced));
    copied = end;
  }
  return copied === 0 ? body : Buffer.from([...pieces, text.slice(copied)].join(''), 'utf8');
}

/** Texts that are the value of a link member, or items of one that is an array. */
function linkSpans(text: string): readonly JsonSpan[] {
  return [...stringSpans(text)].flatMap(({ start, end }) => {
    const colon = skipBlanks(text, end);
    if (text[colon] !== ':' || !linkPattern.test(JSON.parse(text.slice(start, end)) as string)) return [];
    const value = skipBlanks(text, colon + 1);
    const spans = text[value] === '[' ? itemSpans(text, value) : [{ start: value, end: endOfValue(text, value) }];
    return spans.filter((span) => text[span.start] === '"');
  });
}
