/** Text → request URI. */

import { checkLimit } from '../../../base/limits.ts';
import { foundAt, ODataSyntaxError } from '../../literal/odata-syntax-error.ts';
import type { QueryOptions } from '../tree/query-options.ts';
import type { RequestUri, ResourcePath } from '../tree/request-uri.ts';
import { uriLimits } from '../uri-limits.ts';
import type { ParseOptions } from './cursor.ts';
import { decodeUriPart } from './decode-uri-part.ts';
import { parseQueryPart } from './query-options.ts';
import { parsePathPart } from './resource-path.ts';

/**
 * Reads a percent-encoded request URI relative to the service root; one leading slash is allowed. Path and query are
 * split first and decoded part by part (OData 4.01 URL 2). Positions are offsets of the text as it is given. Raises
 * ODATA_SYNTAX, also for an unknown system query option, and LIMIT_EXCEEDED.
 */
export function parseRequestUri(relative: string, options: ParseOptions = {}): RequestUri {
  checkLimit('uriLengthMax', uriLimits.uriLengthMax, relative.length, 'The request URI');
  const hash = relative.indexOf('#');
  const end = hash === -1 ? relative.length : hash;
  const mark = relative.indexOf('?');
  const pathEnd = mark === -1 || mark > end ? end : mark;
  const path = parsePathPart(relative, pathEnd, options);
  const query = parseQueryPart(relative.slice(0, end), pathEnd + 1, options);
  requireOptions(relative, path, query, pathEnd);
  if (hash === -1) return { kind: 'requestUri', path, options: query };
  if (!isFirst(path, '$metadata')) fail(relative, hash, 'the end', 'Only $metadata has a fragment.');
  const context = decodeUriPart(relative, hash + 1, relative.length, false).text;
  return { kind: 'requestUri', path, options: query, context };
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
