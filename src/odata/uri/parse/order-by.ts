/** Text → orderby items. */

import type { OrderByItem } from '../tree/order-by-item.ts';
import type { Cursor } from './cursor.ts';

/** `orderbyItem *( COMMA orderbyItem )`. */
export function parseOrderByItems(cursor: Cursor): readonly OrderByItem[] {
  return cursor.list(parseOrderByItem);
}

/** `commonExpr [ RWS ( "asc" / "desc" ) ]`. */
export function parseOrderByItem(cursor: Cursor): OrderByItem {
  const position = cursor.at(cursor.position);
  const expression = cursor.rules.expression(cursor);
  return { kind: 'orderByItem', expression, direction: parseDirection(cursor), position };
}

function parseDirection(cursor: Cursor): 'asc' | 'desc' {
  const start = cursor.position;
  const written = cursor.skipBlanks() ? cursor.identifier() : undefined;
  const word = cursor.isVersion401 ? written?.toLowerCase() : written;
  if (word === 'asc' || word === 'desc') return word;
  cursor.position = start;
  return 'asc';
}
