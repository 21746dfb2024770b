/** Text → request URI. */

import { checkLimit } from '../../../base/limits.ts';
import type { PathSegment, RequestUri, SystemSegmentName } from '../tree/request-uri.ts';
import { uriLimits } from '../uri-limits.ts';
import { Cursor } from './cursor.ts';
import { decodeUriPart } from './decode-uri-part.ts';
import { parseArgumentName, parseArguments, parseArray } from './expression.ts';
import { parseKeyParts } from './key-predicate.ts';
import { parseQueryOptions } from './query-options.ts';

/**
 * Reads a percent-encoded request URI relative to the service root; one leading slash is allowed. Path and query are
 * split first and decoded part by part (OData 4.01 URL 2), so that an encoded `/` or `&` stays inside its literal.
 * Raises ODATA_SYNTAX, also for an unknown system query option, and LIMIT_EXCEEDED.
 */
export function parseRequestUri(relative: string): RequestUri {
  checkLimit('uriLengthMax', uriLimits.uriLengthMax, relative.length, 'The request URI');
  const mark = relative.indexOf('?');
  const path = mark === -1 ? relative : relative.slice(0, mark);
  return {
    kind: 'requestUri',
    path: parsePath(path),
    options: parseQueryOptions(mark === -1 ? '' : relative.slice(mark + 1)),
  };
}

function parsePath(path: string): readonly PathSegment[] {
  const segments: PathSegment[] = [];
  const parts = path.replace(/^\//, '').replace(/\/$/, '').split('/');
  checkLimit('uriSegmentsMax', uriLimits.uriSegmentsMax, parts.length, 'The number of segments in the path');
  if (parts.length === 1 && parts[0] === '') return segments;
  let position = path.startsWith('/') ? 1 : 0;
  for (const part of parts) {
    const cursor = new Cursor(decodeUriPart(part, path, position), 'The path');
    segments.push({ ...parseSegment(cursor), position });
    if (!cursor.isAtEnd) cursor.fail('"/", "?" or the end');
    position += part.length + 1;
  }
  return segments;
}

/** `resourcePath`: one segment, decoded. */
function parseSegment(cursor: Cursor): PathSegment {
  const position = 0;
  if (cursor.sees('$')) {
    const name = systemSegments.find((candidate) => candidate === cursor.source);
    if (name === undefined) cursor.fail(`one of ${systemSegments.join(', ')}`);
    cursor.take(name);
    return { kind: 'system', name, position };
  }
  const name = cursor.qualifiedName() ?? cursor.fail('a name');
  if (name.includes('.')) {
    return cursor.sees('(')
      ? { kind: 'qualifiedName', name, parameters: parseArguments(cursor), position }
      : { kind: 'qualifiedName', name, position };
  }
  if (!cursor.sees('(')) return { kind: 'name', name, position };
  return holdsKey(cursor)
    ? { kind: 'name', name, key: parseKeyParts(cursor), position }
    : { kind: 'name', name, parameters: parseArguments(cursor), position };
}

const systemSegments: readonly SystemSegmentName[] = [
  '$all',
  '$batch',
  '$count',
  '$crossjoin',
  '$entity',
  '$metadata',
  '$ref',
  '$value',
];

/** False for `()` and where an array is among the values: both only occur in a function call. */
function holdsKey(cursor: Cursor): boolean {
  const start = cursor.position;
  cursor.take('(');
  let hasArray = false;
  do {
    cursor.skipBlanks();
    parseArgumentName(cursor);
    if (cursor.sees('[')) {
      parseArray(cursor);
      hasArray = true;
    } else if (cursor.literal() === undefined) break;
    cursor.skipBlanks();
  } while (cursor.take(','));
  const isEmpty = cursor.position === start + 1 && cursor.sees(')');
  cursor.reset(start);
  return !isEmpty && !hasArray;
}
