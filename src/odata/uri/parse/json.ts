/** JSON within expressions (OData 4.01 ABNF, section 5). Its values are expressions, too. */

import type { ArrayExpression, FilterExpression, ObjectExpression } from '../tree/filter-expression.ts';
import type { Cursor } from './cursor.ts';

/** `arrayOrObject`; the cursor stands at the bracket or brace. */
export function parseJson(cursor: Cursor): ArrayExpression | ObjectExpression {
  return cursor.sees('[') ? parseArray(cursor) : parseObject(cursor);
}

/** `array`. */
function parseArray(cursor: Cursor): ArrayExpression {
  const position = cursor.at(cursor.position);
  cursor.expect('[');
  cursor.skipBlanks();
  if (cursor.take(']')) return { kind: 'array', items: [], position };
  const items = cursor.list(parseValue);
  cursor.skipBlanks();
  cursor.expect(']', '"," or "]"');
  return { kind: 'array', items, position };
}

/** `object`. */
function parseObject(cursor: Cursor): ObjectExpression {
  const position = cursor.at(cursor.position);
  cursor.expect('{', '"["');
  cursor.skipBlanks();
  if (cursor.take('}')) return { kind: 'object', members: [], position };
  const members = cursor.list(parseObjectMember);
  cursor.skipBlanks();
  cursor.expect('}', '"," or "}"');
  return { kind: 'object', members, position };
}

/** `member`: `stringInUrl name-separator valueInUrl`. Dataverse documents names in single quotes, too. */
function parseObjectMember(cursor: Cursor): ObjectExpression['members'][number] {
  const name = takeString(cursor) ?? takeSingleQuoted(cursor) ?? cursor.fail('a name in double quotes');
  cursor.skipBlanks();
  cursor.expect(':');
  cursor.skipBlanks();
  return { name, value: parseValue(cursor) };
}

/** `valueInUrl`; a text in double quotes is the same literal as one in single quotes. */
function parseValue(cursor: Cursor): FilterExpression {
  const position = cursor.at(cursor.position);
  const text = takeString(cursor);
  if (text !== undefined) return { kind: 'literal', type: 'Edm.String', text, position };
  return cursor.nested(cursor.rules.expression);
}

function takeSingleQuoted(cursor: Cursor): string | undefined {
  return cursor.sees("'") ? cursor.literal()?.text : undefined;
}

/** `stringInUrl`, without its quotes and escapes; undefined when none begins here. */
function takeString(cursor: Cursor): string | undefined {
  if (cursor.code !== doubleQuote) return undefined;
  const start = cursor.position;
  const quoted = cursor.match(stringPattern);
  if (quoted === undefined) {
    const end = cursor.match(beginningPattern)?.length ?? 1;
    return cursor.fail('a JSON string with a closing quote', undefined, start + end);
  }
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}

const doubleQuote = 34;
const characters = String.raw`(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*`;
const stringPattern = new RegExp(`"${characters}"`, 'y');
/** As much as is right of a text that is wrong. */
const beginningPattern = new RegExp(`"${characters}`, 'y');
