/** Text → literal. */

import { checkLimit } from '../../base/limits.ts';
import type { Literal } from './literal.ts';
import { foundAt, ODataSyntaxError } from './odata-syntax-error.ts';
import { type LiteralCursor, scanLiteral } from './scan-literal.ts';

/** Longest literal, in UTF-16 code units; Dataverse takes request lines of 65,536 at most. */
const literalLengthMax = 65_536;

/** Reads a literal that is not percent-encoded (OData 4.01 ABNF `primitiveLiteral`). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseLiteral(text: string): Literal {
  checkLimit('literalLengthMax', literalLengthMax, text.length, 'The literal');
  const cursor: LiteralCursor = {
    source: text,
    position: 0,
    at: (position) => position,
    fail(expected, hint, position = cursor.position) {
      throw new ODataSyntaxError({
        what: 'The literal',
        source: text,
        position,
        found: foundAt(text, position),
        expected,
        ...(hint === undefined ? {} : { hint }),
      });
    },
  };
  const literal = scanLiteral(cursor) ?? cursor.fail('a literal', "A text stands in single quotes: 'x'.");
  if (cursor.position < text.length) cursor.fail('the end of the literal');
  return literal;
}
