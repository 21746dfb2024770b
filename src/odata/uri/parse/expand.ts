/** Text → expand items, with the query options nested in them. */

import type { ExpandItem, QueryOptions } from '../tree/query-options.ts';
import type { Cursor } from './cursor.ts';
import { type OptionPlace, parseOptionList } from './option-list.ts';

/** `expandItem *( COMMA expandItem )`. */
export function parseExpandItems(cursor: Cursor): readonly ExpandItem[] {
  return cursor.list(parseExpandItem);
}

/** `expandItem`. */
function parseExpandItem(cursor: Cursor): ExpandItem {
  const start = cursor.position;
  const position = cursor.at(start);
  if (cursor.take('$value')) {
    cursor.requireVersion401('$value in $expand', start);
    return { kind: 'expandItem', path: ['$value'], options: { custom: {} }, position };
  }
  const path = parseExpandPath(cursor);
  return { kind: 'expandItem', path, options: parseOptions(cursor, placeOf(path)), position };
}

/** `expandPath`: names, type names and annotations; `*` may be the last, `$ref` or `$count` ends it. */
function parseExpandPath(cursor: Cursor): readonly string[] {
  const path: string[] = [];
  do {
    const start = cursor.position;
    if (path.length > 0 && (cursor.take('$ref') || cursor.take('$count'))) {
      const isCountOfAll = path.at(-1) === '*' && cursor.source.charAt(start + 1) === 'c';
      if (isCountOfAll) cursor.fail('$ref', undefined, start);
      return [...path, cursor.source.slice(start, cursor.position)];
    }
    if (path.at(-1) === '*') cursor.fail('$ref');
    if (!cursor.take('*')) takeName(cursor);
    path.push(cursor.source.slice(start, cursor.position));
  } while (cursor.take('/'));
  return path;
}

/** `navigationProperty`, a type name, or `annotationInQuery`. */
function takeName(cursor: Cursor): void {
  const start = cursor.position;
  const isAnnotation = cursor.take('@');
  if (isAnnotation) cursor.requireVersion401('An annotation in $expand', start);
  if (cursor.qualifiedName() === undefined) cursor.fail(isAnnotation ? 'the name of a term' : 'a navigation property');
  if (isAnnotation && cursor.take('#') && cursor.identifier() === undefined) cursor.fail('a qualifier');
}

/** What may stand in the parentheses; undefined where there are none. */
function placeOf(path: readonly string[]): OptionPlace | undefined {
  const last = path.at(-1);
  if (last === '*') return 'star';
  if (last === '$count') return 'count';
  if (last === '$ref') return path.at(-2) === '*' ? undefined : 'ref';
  return 'expand';
}

function parseOptions(cursor: Cursor, place: OptionPlace | undefined): QueryOptions {
  if (place === undefined || !cursor.sees('(')) return { custom: {} };
  return cursor.nested((inner) => parseOptionList(inner, place));
}
