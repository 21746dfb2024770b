/** Text → compute items. */

import type { ComputeItem } from '../tree/compute-item.ts';
import { parseAlias, takeWord } from './aggregate-item.ts';
import type { Cursor } from './cursor.ts';

/** `computeItem *( COMMA computeItem )`. */
export function parseComputeItems(cursor: Cursor): readonly ComputeItem[] {
  return cursor.list((inner) => parseComputeItem(inner, true));
}

/** `computeExpr *( BWS COMMA BWS computeExpr )` of `$apply`, where words have one spelling. */
export function parseComputeExpressions(cursor: Cursor): readonly ComputeItem[] {
  return cursor.list((inner) => parseComputeItem(inner, false));
}

/** `commonExpr RWS "as" RWS computedProperty`. */
function parseComputeItem(cursor: Cursor, isAnyCase: boolean): ComputeItem {
  const position = cursor.at(cursor.position);
  const expression = cursor.rules.expression(cursor);
  if (!takeWord(cursor, 'as', isAnyCase)) cursor.fail('an operator, or as and a name');
  return { kind: 'computeItem', expression, alias: parseAlias(cursor), position };
}
