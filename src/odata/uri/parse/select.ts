/** Text → select items. */

import type { SelectItem } from '../tree/query-options.ts';
import { takeAnnotation } from './arguments.ts';
import type { Cursor } from './cursor.ts';
import { parseOptionList } from './option-list.ts';

/** `selectItem *( COMMA selectItem )`. */
export function parseSelectItems(cursor: Cursor): readonly SelectItem[] {
  return cursor.list(parseSelectItem);
}

/** `selectItem`. */
function parseSelectItem(cursor: Cursor): SelectItem {
  const position = cursor.at(cursor.position);
  if (cursor.take('*')) return { kind: 'selectItem', path: ['*'], position };
  const path = parseSelectPath(cursor);
  if (!cursor.sees('(')) return { kind: 'selectItem', path, position };
  if (path.at(-1)?.startsWith('@') !== true && seesParameterNames(cursor)) {
    const parameterNames = parseParameterNames(cursor);
    return { kind: 'selectItem', path, parameterNames, position };
  }
  cursor.requireVersion401('An option within $select');
  return { kind: 'selectItem', path, options: cursor.nested((inner) => parseOptionList(inner, 'select')), position };
}

/** Names, type names and annotations with slashes between them, or `Namespace.*`. */
function parseSelectPath(cursor: Cursor): readonly string[] {
  const path: string[] = [];
  do {
    const annotation = takeAnnotation(cursor);
    const name = annotation ?? cursor.qualifiedName() ?? cursor.fail('a property name');
    if (path.length === 0 && annotation === undefined && cursor.take('.*')) return [`${name}.*`];
    path.push(name);
  } while (cursor.take('/'));
  return path;
}

/** True for `(a,b)`, false for `($top=1)` and `(top=1)`. */
function seesParameterNames(cursor: Cursor): boolean {
  const start = cursor.position;
  cursor.position += 1;
  cursor.skipBlanks();
  const hasName = cursor.identifier() !== undefined;
  cursor.skipBlanks();
  const endsThere = cursor.sees(',') || cursor.sees(')');
  cursor.position = start;
  return hasName && endsThere;
}

/** `OPEN parameterNames CLOSE`. */
function parseParameterNames(cursor: Cursor): readonly string[] {
  cursor.expect('(');
  const names = cursor.list((inner) => inner.identifier() ?? inner.fail('the name of a parameter'));
  cursor.expect(')', '"," or ")"');
  return names;
}
