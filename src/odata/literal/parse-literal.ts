/** Text → literal. */

import { checkLimit } from '../../base/limits.ts';
import type { Literal } from './literal.ts';
import { foundAt, ODataSyntaxError } from './odata-syntax-error.ts';
import { scanLiteral } from './scan-literal.ts';

/** Longest literal, in UTF-16 code units; Dataverse takes request lines of 65,536 at most. */
const literalLengthMax = 65_536;

/** Reads a literal that is not percent-encoded (OData 4.01 ABNF `primitiveLiteral`). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseLiteral(text: string): Literal {
  checkLimit('literalLengthMax', literalLengthMax, text.length, 'The literal');
  const scanned = scanLiteral(text, 0, 'The literal');
  const end = scanned?.end ?? 0;
  if (scanned === undefined || end < text.length) {
    throw new ODataSyntaxError({
      what: 'The literal',
      source: text,
      position: end,
      found: foundAt(text, end),
      expected: scanned === undefined ? 'a literal' : 'the end of the literal',
      ...(scanned === undefined ? { hint: "A text stands in single quotes: 'x'." } : {}),
    });
  }
  return scanned.literal;
}
