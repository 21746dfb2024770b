/** Text → key predicate. */

import type { KeyPart, KeyPredicate } from '../tree/key-predicate.ts';
import { Cursor } from './cursor.ts';
import { parseArgumentName } from './expression.ts';

/**
 * Reads a key predicate with its parentheses, not percent-encoded (OData 4.01 URL 4.3.1): `('x')`, `(7d1b…1111)`,
 * `(dataAreaId='usmf',CustomerAccount='C-1')`. Raises ODATA_SYNTAX, LIMIT_EXCEEDED.
 */
export function parseKeyPredicate(text: string): KeyPredicate {
  const cursor = new Cursor(text, 'The key predicate');
  const tree = parseKeyParts(cursor);
  if (!cursor.isAtEnd) cursor.fail('the end of the key predicate');
  return tree;
}

/** `simpleKey` or `compoundKey`; the cursor stands at the parenthesis. */
export function parseKeyParts(cursor: Cursor): KeyPredicate {
  const position = cursor.position;
  cursor.expect('(');
  const parts: KeyPart[] = [];
  do {
    cursor.skipBlanks();
    cursor.countClause();
    parts.push(parseKeyPart(cursor, parts));
    cursor.skipBlanks();
  } while (cursor.take(','));
  cursor.expect(')', '"," or ")"');
  return { kind: 'keyPredicate', parts, position };
}

/** `keyValuePair`: `name=literal`; only a single value has no name. */
function parseKeyPart(cursor: Cursor, before: readonly KeyPart[]): KeyPart {
  const position = cursor.position;
  const name = parseArgumentName(cursor);
  if (before.length > 0 && (name === undefined || before.some((part) => part.name === undefined))) {
    cursor.fail('name=value', 'In a key of several values each has its name.', position);
  }
  if (before.some((part) => part.name === name)) cursor.fail(`${name} once`, undefined, position);
  const value = cursor.literal() ?? cursor.fail('a literal', "A text stands in single quotes: 'x'.");
  return { name, value, position };
}
