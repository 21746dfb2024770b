/** Text → orderby items. */

import type { OrderByItem } from '../tree/order-by-item.ts';
import { Cursor } from './cursor.ts';
import { parseExpression } from './expression.ts';
import { failAfterExpression } from './filter.ts';

/** Reads a `$orderby` value that is not percent-encoded (OData 4.01 URL 5.1.5). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseOrderBy(text: string): readonly OrderByItem[] {
  const cursor = new Cursor(text, '$orderby');
  const items = parseOrderByItems(cursor);
  if (!cursor.isAtEnd) failAfterExpression(cursor, 'asc, desc, "," or the end');
  return items;
}

/** `orderby`: `orderbyItem *( COMMA orderbyItem )`. */
export function parseOrderByItems(cursor: Cursor): readonly OrderByItem[] {
  const items: OrderByItem[] = [];
  do {
    cursor.skipBlanks();
    cursor.countClause();
    const position = cursor.position;
    const expression = parseExpression(cursor);
    items.push({ kind: 'orderByItem', expression, direction: parseDirection(cursor), position });
    cursor.skipBlanks();
  } while (cursor.take(','));
  return items;
}

/** `[ RWS ( "asc" / "desc" ) ]`. */
function parseDirection(cursor: Cursor): 'asc' | 'desc' {
  const start = cursor.position;
  const word = cursor.skipBlanks() ? cursor.identifier() : undefined;
  if (word === 'asc' || word === 'desc') return word;
  cursor.reset(start);
  return 'asc';
}
