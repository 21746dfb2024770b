/** Percent-decoding of one part of a URI. */

import { foundAt, ODataSyntaxError } from '../../literal/odata-syntax-error.ts';

/** Decodes a part that begins at `position` of `source` (RFC 3986 2.1). Raises ODATA_SYNTAX when it is not UTF-8. */
export function decodeUriPart(part: string, source: string, position: number): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ODataSyntaxError({
      what: 'The request URI',
      source,
      position,
      found: foundAt(source, position),
      expected: 'percent-encoded UTF-8',
    });
  }
}
