/** Request URI → text. Percent-encoding is done here and nowhere else. */

import { RialtoError } from '../../../base/errors.ts';
import { printLiteral } from '../../literal/print-literal.ts';
import type { FunctionArgument } from '../tree/filter-expression.ts';
import type { PathSegment, RequestUri } from '../tree/request-uri.ts';
import { printFilter } from './filter.ts';
import { printKeyParts } from './key-predicate.ts';
import { printQueryOptions } from './query-options.ts';

/** The request URI, percent-encoded, relative to the service root and without a leading slash (OData 4.01 URL 2). */
export function printRequestUri(tree: RequestUri): string {
  const path = tree.path.map(printSegment).join('/');
  const query = printQueryOptions(tree.options)
    .map(([name, value]) => `${encodeUriPart(name).replace('%24', '$')}=${encodeQueryValue(value)}`)
    .join('&');
  return query === '' ? path : `${path}?${query}`;
}

function printSegment(segment: PathSegment): string {
  if (segment.kind === 'system') return segment.name;
  const name = encodeUriPart(segment.name);
  if (segment.kind === 'name' && segment.key !== undefined) {
    return name + printKeyParts(segment.key, (literal) => encodeUriPart(printLiteral(literal)));
  }
  return segment.parameters === undefined ? name : `${name}(${segment.parameters.map(printArgument).join(',')})`;
}

function printArgument({ name, value }: FunctionArgument): string {
  const text = encodeUriPart(printFilter(value));
  return name === undefined ? text : `${name}=${text}`;
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
