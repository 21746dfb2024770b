/** Text → select items. */

import type { SelectItem } from '../tree/query-options.ts';
import { Cursor } from './cursor.ts';

/** Reads a `$select` value that is not percent-encoded (OData 4.01 URL 5.1.4). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseSelect(text: string): readonly SelectItem[] {
  const cursor = new Cursor(text, '$select');
  const items = parseSelectItems(cursor);
  if (!cursor.isAtEnd) cursor.fail('"," or the end');
  return items;
}

/** `select`: `selectItem *( COMMA selectItem )`. */
export function parseSelectItems(cursor: Cursor): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do {
    cursor.skipBlanks();
    cursor.countClause();
    const position = cursor.position;
    items.push({ kind: 'selectItem', path: cursor.take('*') ? ['*'] : parsePath(cursor), position });
    cursor.skipBlanks();
  } while (cursor.take(','));
  return items;
}

/** `selectPath`: names and type names with slashes between them. */
function parsePath(cursor: Cursor): readonly string[] {
  const path: string[] = [];
  do {
    path.push(cursor.qualifiedName() ?? cursor.fail('a property name'));
  } while (cursor.take('/'));
  return path;
}
