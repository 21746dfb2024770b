/** Request URI → text. Percent-encoding is done here and nowhere else. */

import { RialtoError } from '../../../base/errors.ts';
import type { FunctionArgument } from '../tree/filter-expression.ts';
import type { QueryOptions } from '../tree/query-options.ts';
import type { PathSegment, RequestUri, ResourcePath } from '../tree/request-uri.ts';
import { printExpressionNode } from './expression.ts';
import { printKeyParts } from './key-predicate.ts';
import { queryOptionTexts } from './query-options.ts';

/** The request URI, percent-encoded, relative to the service root and without a leading slash (OData 4.01 URL 2). */
export function printRequestUri(tree: RequestUri): string {
  const path = printResourcePath(tree.path);
  const query = printQueryOptions(tree.options);
  const context = tree.context === undefined ? '' : `#${encodeQueryValue(tree.context)}`;
  return `${path}${query === '' ? '' : `?${query}`}${context}`;
}

/** The path, percent-encoded, without a leading slash (OData 4.01 URL 4). */
export function printResourcePath(path: ResourcePath): string {
  return path.map(printSegment).join('/');
}

/** The query part, percent-encoded, without its `?` (OData 4.01 URL 5). Every system query option has its `$`. */
export function printQueryOptions(options: QueryOptions): string {
  return queryOptionTexts(options)
    .map(([name, value]) => `${encodeName(name)}=${encodeQueryValue(value)}`)
    .join('&');
}

function printSegment(segment: PathSegment): string {
  switch (segment.kind) {
    case 'system':
      return segment.name;
    case 'keySegment':
      return encodeUriPart(segment.text);
    case 'filterSegment':
      return `$filter(${encodeUriPart(printExpressionNode(segment.predicate))})`;
    case 'crossjoin':
      return `$crossjoin(${segment.entitySets.map(encodeUriPart).join(',')})`;
    default: {
      const name = encodeUriPart(segment.name);
      if (segment.key !== undefined) return name + printKeyParts(segment.key, encodePathValue);
      return segment.parameters === undefined ? name : `${name}(${segment.parameters.map(printArgument).join(',')})`;
    }
  }
}

function printArgument({ name, value }: FunctionArgument): string {
  const text = encodePathValue(printExpressionNode(value));
  return name === undefined ? text : `${name}=${text}`;
}

/** A parameter alias keeps its `@`. */
function encodePathValue(text: string): string {
  return text.startsWith('@') ? `@${encodeUriPart(text.slice(1))}` : encodeUriPart(text);
}

/** The `$` and `@` at the beginning of a name are what tells options apart. */
function encodeName(name: string): string {
  return encodeUriPart(name).replace(/^%(?:24|40)/, decodeURIComponent);
}

/** Leaves what may stand in a query value (RFC 3986 3.4) readable; `&`, `#`, `+`, `%`, blanks and non-ASCII are not. */
function encodeQueryValue(text: string): string {
  return encodeUriPart(text).replace(/%(?:24|2C|2F|3A|3B|3D|3F|40)/g, decodeURIComponent);
}

/** Percent-encodes all but letters, digits and `-_.!~*'()`. */
function encodeUriPart(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch (cause) {
    throw new RialtoError('ODATA_LITERAL_INVALID', 'A text in the request URI holds half of a surrogate pair.', {
      cause,
    });
  }
}
