/** Text → expand items, with the query options nested in them. */

import type { ExpandItem, QueryOptions } from '../tree/query-options.ts';
import { Cursor } from './cursor.ts';
import { parseExpression } from './expression.ts';
import { parseOrderByItems } from './order-by.ts';
import { parseSelectItems } from './select.ts';

/** Reads a `$expand` value that is not percent-encoded (OData 4.01 URL 5.1.3). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseExpand(text: string): readonly ExpandItem[] {
  const cursor = new Cursor(text, '$expand');
  const items = parseExpandItems(cursor);
  if (!cursor.isAtEnd) cursor.fail('"(", "," or the end');
  return items;
}

/** `expand`: `expandItem *( COMMA expandItem )`. */
function parseExpandItems(cursor: Cursor): readonly ExpandItem[] {
  const items: ExpandItem[] = [];
  do {
    cursor.skipBlanks();
    cursor.countClause();
    const position = cursor.position;
    const path = cursor.take('*') ? ['*'] : parseExpandPath(cursor);
    const options = cursor.sees('(') ? cursor.nested(() => parseExpandOptions(cursor)) : { custom: {} };
    items.push({ kind: 'expandItem', path, options, position });
    cursor.skipBlanks();
  } while (cursor.take(','));
  return items;
}

/** `expandPath`: names and type names; `$ref` or `$count` may end it. */
function parseExpandPath(cursor: Cursor): readonly string[] {
  const path: string[] = [];
  do {
    if (path.length > 0 && (cursor.sees('$ref') || cursor.sees('$count'))) {
      const name = cursor.take('$ref') ? '$ref' : '$count';
      cursor.take(name);
      return [...path, name];
    }
    path.push(cursor.qualifiedName() ?? cursor.fail('a navigation property'));
  } while (cursor.take('/'));
  return path;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** `OPEN expandOption *( SEMI expandOption ) CLOSE`. */
function parseExpandOptions(cursor: Cursor): QueryOptions {
  const options: Writable<QueryOptions> = { custom: {} };
  cursor.expect('(');
  do {
    cursor.skipBlanks();
    parseExpandOption(cursor, options);
    cursor.skipBlanks();
  } while (cursor.take(';'));
  cursor.expect(')', '";" or ")"');
  return options;
}

/** `expandOption`: one of the options that are told apart by name. */
function parseExpandOption(cursor: Cursor, options: Writable<QueryOptions>): void {
  const position = cursor.position;
  cursor.expect('$', 'a query option such as $select');
  const name = cursor.identifier() ?? '';
  if (name !== 'custom' && Object.hasOwn(options, name)) cursor.fail('each query option once', undefined, position);
  cursor.expect('=', '"=" behind the name of the query option');
  switch (name) {
    case 'filter':
      options.filter = parseExpression(cursor);
      break;
    case 'select':
      options.select = parseSelectItems(cursor);
      break;
    case 'orderby':
      options.orderby = parseOrderByItems(cursor);
      break;
    case 'expand':
      options.expand = parseExpandItems(cursor);
      break;
    case 'top':
    case 'skip':
      options[name] = parseCardinal(cursor);
      break;
    case 'count':
      options.count = parseBoolean(cursor);
      break;
    case 'search':
    case 'apply':
      options[name] = parseRaw(cursor);
      break;
    default:
      cursor.fail(
        '$select, $filter, $orderby, $expand, $top, $skip, $count, $search or $apply',
        `$${name} is not supported within $expand.`,
        position,
      );
  }
}

/** `1*DIGIT`, within the safe integers. */
export function parseCardinal(cursor: Cursor): number {
  const position = cursor.position;
  const value = Number(cursor.digits() ?? 'none');
  if (!Number.isSafeInteger(value)) cursor.fail('a whole number that is not negative', undefined, position);
  return value;
}

/** `booleanValue`. */
export function parseBoolean(cursor: Cursor): boolean {
  const position = cursor.position;
  const word = cursor.identifier();
  if (word !== 'true' && word !== 'false') cursor.fail('true or false', undefined, position);
  return word === 'true';
}

/** Text up to the `;` or `)` that ends the option; parentheses nest and quoted text hides both. */
function parseRaw(cursor: Cursor): string {
  const start = cursor.position;
  let depth = 0;
  let position = start;
  for (; position < cursor.source.length; position += 1) {
    const character = cursor.source.charAt(position);
    if (character === "'" || character === '"') {
      const close = cursor.source.indexOf(character, position + 1);
      if (close === -1) cursor.fail(`a closing ${character}`, undefined, cursor.source.length);
      position = close;
    } else if (character === '(') depth += 1;
    else if (depth === 0 && (character === ')' || character === ';')) break;
    else if (character === ')') depth -= 1;
  }
  cursor.reset(position);
  return cursor.source.slice(start, position);
}
