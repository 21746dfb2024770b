/** Text → expand items, with the query options nested in them. */

import type { ExpandItem, QueryOptions } from '../tree/query-options.ts';
import { takeAnnotation } from './arguments.ts';
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
  if (cursor.take('$value') || (cursor.isVersion401 && cursor.match(/\$value/iy) !== undefined)) {
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
      if (path.every(isTypeName)) cursor.fail('a navigation property', undefined, start);
      const isCountOfAll = path.at(-1) === '*' && cursor.source.charAt(start + 1) === 'c';
      if (isCountOfAll) cursor.fail('$ref', undefined, start);
      return [...path, cursor.source.slice(start, cursor.position)];
    }
    if (path.at(-1) === '*') cursor.fail('$ref');
    path.push(cursor.take('*') ? '*' : takeName(cursor));
    if (path.length === 1 && isTypeName(path[0]) && !cursor.sees('/')) cursor.fail('"/" and a navigation property');
  } while (cursor.take('/'));
  return path;
}

/** `navigationProperty`, a type name, or `annotationInQuery`. */
function takeName(cursor: Cursor): string {
  return takeAnnotation(cursor) ?? cursor.qualifiedName() ?? cursor.fail('a navigation property');
}

function isTypeName(name: string | undefined): boolean {
  return name?.includes('.') === true && !name.startsWith('@');
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
