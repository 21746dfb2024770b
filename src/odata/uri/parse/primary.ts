/** What stands between operators: literals, parentheses, JSON, functions and paths (OData 4.01 ABNF, section 4). */

import type { FilterExpression } from '../tree/filter-expression.ts';
import type { Cursor } from './cursor.ts';
import { parseJson } from './json.ts';
import { parseMember } from './member.ts';

/** `primitiveLiteral`, `parenExpr`, `arrayOrObject`, `methodCallExpr`, `functionExpr`, `firstMemberExpr`, `rootExpr`. */
export function parsePrimary(cursor: Cursor): FilterExpression {
  switch (cursor.code) {
    case openParenthesis:
      return cursor.nested(parseParenthesis);
    case openBracket:
    case openBrace:
      return cursor.nested(parseJson);
    default:
      return cursor.literal() ?? parseMember(cursor);
  }
}

const openParenthesis = 40;
const openBracket = 91;
const openBrace = 123;

/** `parenExpr`. */
function parseParenthesis(cursor: Cursor): FilterExpression {
  cursor.expect('(');
  cursor.skipBlanks();
  const inner = cursor.rules.expression(cursor);
  cursor.skipBlanks();
  cursor.expect(')', 'an operator or ")"');
  return inner;
}
