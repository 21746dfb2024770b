/** Text → request URI. */

import { checkLimit } from '../../../base/limits.ts';
import { foundAt, ODataSyntaxError } from '../../literal/odata-syntax-error.ts';
import type { QueryOptions } from '../tree/query-options.ts';
import type { RequestUri, ResourcePath } from '../tree/request-uri.ts';
import { uriLimits } from '../uri-limits.ts';
import type { ParseOptions } from './cursor.ts';
import { decodeUriPart, requirePlain } from './decode-uri-part.ts';
import { parseQueryPart } from './query-options.ts';
import { parsePathPart } from './resource-path.ts';

export interface ParseRequestUriOptions extends ParseOptions {
  /** The root of the service, `https://contoso.crm4.dynamics.com/api/data/v9.2/`, that an absolute URI must begin with. */
  readonly serviceRoot?: string;
}

/**
 * Reads a percent-encoded request URI relative to the service root, or an absolute one below it; one leading slash is
 * allowed. Path and query are split first and decoded part by part (OData 4.01 URL 2). Positions are offsets of the text
 * as it is given. Raises ODATA_SYNTAX, also for an unknown system query option, and LIMIT_EXCEEDED.
 */
export function parseRequestUri(relative: string, options: ParseRequestUriOptions = {}): RequestUri {
  checkLimit('uriLengthMax', uriLimits.uriLengthMax, relative.length, 'The request URI');
  requirePlain(relative, 0, relative.length, /(?!\t)\p{Cc}/u);
  const hash = relative.indexOf('#');
  const end = hash === -1 ? relative.length : hash;
  const mark = relative.indexOf('?');
  const pathEnd = mark === -1 || mark > end ? end : mark;
  const path = parsePathPart(relative, rootEnd(relative, options.serviceRoot), pathEnd, options);
  const query = parseQueryPart(relative.slice(0, end), pathEnd + 1, options);
  requireOptions(relative, path, query, pathEnd);
  if (hash === -1) return { kind: 'requestUri', path, options: query };
  if (!isFirst(path, '$metadata')) fail(relative, hash, 'the end', 'Only $metadata has a fragment.');
  const context = decodeUriPart(relative, hash + 1, relative.length, false).text;
  return { kind: 'requestUri', path, options: query, context };
}

/** Where the service root ends that an absolute URI begins with; 0 for a relative one. */
function rootEnd(text: string, serviceRoot: string | undefined): number {
  if (!/^https?:\/\//i.test(text)) return 0;
  if (serviceRoot === undefined) return fail(text, 0, 'a URI relative to the service root');
  const root = serviceRoot.replace(/\/$/, '');
  const found = text.slice(0, root.length);
  const next = text.charAt(root.length);
  if (withLowerHost(found) === withLowerHost(root) && (next === '' || '/?#'.includes(next))) return root.length;
  return fail(text, 0, `a URI below ${root}/`);
}

/** Scheme and host are the same in any case (RFC 3986 6.2.2.1). */
function withLowerHost(uri: string): string {
  return uri.replace(/^[^/]*\/\/[^/]*/, (origin) => origin.toLowerCase());
}

/** `odataRelativeUri`: what `$batch`, `$metadata` and `$entity` take. */
function requireOptions(source: string, path: ResourcePath, options: QueryOptions, pathEnd: number): void {
  const allowed = isFirst(path, '$entity')
    ? ['id', 'format', 'custom', ...(path.length > 1 ? ['expand', 'select'] : [])]
    : isFirst(path, '$batch') || isFirst(path, '$metadata')
      ? ['format', 'custom']
      : undefined;
  if (allowed === undefined) return;
  const wrong = Object.keys(options).find((name) => !allowed.includes(name));
  if (wrong !== undefined) fail(source, pathEnd + 1, `$${allowed[0]}`, `$${wrong} may not stand here.`);
  if (allowed.includes('id') && options.id === undefined) fail(source, source.length, '$id and an entity id');
}

function isFirst(path: ResourcePath, name: string): boolean {
  const first = path[0];
  return first?.kind === 'system' && first.name === name;
}

function fail(source: string, position: number, expected: string, hint?: string): never {
  throw new ODataSyntaxError({
    what: 'The request URI',
    source,
    position,
    found: foundAt(source, position),
    expected,
    ...(hint === undefined ? {} : { hint }),
  });
}
