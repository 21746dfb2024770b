/** The query part of a request URI → query options. */

import { checkLimit } from '../../../base/limits.ts';
import { foundAt, ODataSyntaxError } from '../../literal/odata-syntax-error.ts';
import type { QueryOptions } from '../tree/query-options.ts';
import { uriLimits } from '../uri-limits.ts';
import { Cursor } from './cursor.ts';
import { decodeUriPart } from './decode-uri-part.ts';
import { parseBoolean, parseCardinal, parseExpand } from './expand.ts';
import { parseFilter } from './filter.ts';
import { parseOrderBy } from './order-by.ts';
import { parseSelect } from './select.ts';

/**
 * `queryOptions` (OData 4.01 URL 5): split at `&`, then decoded. A `+` is a blank, as both services (and HTML forms)
 * have it. Options without `$` are custom. Raises ODATA_SYNTAX and LIMIT_EXCEEDED.
 */
export function parseQueryOptions(query: string): QueryOptions {
  const pairs = query.split('&');
  checkLimit('uriOptionsMax', uriLimits.uriOptionsMax, pairs.length, 'The number of query options');
  const system: Writable<Omit<QueryOptions, 'custom'>> = {};
  const custom = new Map<string, string>();
  let position = 0;
  for (const pair of pairs) {
    if (pair === '') {
      position += 1;
      continue;
    }
    const split = pair.indexOf('=');
    const name = decodeUriPart((split === -1 ? pair : pair.slice(0, split)).replaceAll('+', ' '), query, position);
    const value = decodeUriPart((split === -1 ? '' : pair.slice(split + 1)).replaceAll('+', ' '), query, position);
    const isSystem = name.startsWith('$');
    if (isSystem ? Object.hasOwn(system, name.slice(1)) : custom.has(name)) fail(query, position, `${name} once`);
    if (isSystem) readSystemOption(system, name, value, { query, position });
    else custom.set(name, value);
    position += pair.length + 1;
  }
  return { ...system, custom: Object.fromEntries(custom) };
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** `systemQueryOption`. */
function readSystemOption(
  options: Writable<Omit<QueryOptions, 'custom'>>,
  name: string,
  value: string,
  at: { readonly query: string; readonly position: number },
): void {
  switch (name) {
    case '$filter':
      options.filter = parseFilter(value);
      break;
    case '$select':
      options.select = parseSelect(value);
      break;
    case '$orderby':
      options.orderby = parseOrderBy(value);
      break;
    case '$expand':
      options.expand = parseExpand(value);
      break;
    case '$top':
      options.top = readWhole(name, value, parseCardinal);
      break;
    case '$skip':
      options.skip = readWhole(name, value, parseCardinal);
      break;
    case '$count':
      options.count = readWhole(name, value, parseBoolean);
      break;
    case '$skiptoken':
      options.skiptoken = value;
      break;
    case '$format':
      options.format = value;
      break;
    case '$search':
      options.search = value;
      break;
    case '$apply':
      options.apply = value;
      break;
    default:
      fail(at.query, at.position, `one of ${systemOptionNames}`, `${name} is not a query option that is supported.`);
  }
}

const systemOptionNames =
  '$filter, $select, $orderby, $expand, $top, $skip, $count, $skiptoken, $format, $search, $apply';

function readWhole<T>(name: string, value: string, parse: (cursor: Cursor) => T): T {
  const cursor = new Cursor(value, name);
  const result = parse(cursor);
  if (!cursor.isAtEnd) cursor.fail('the end');
  return result;
}

function fail(source: string, position: number, expected: string, hint?: string): never {
  throw new ODataSyntaxError({
    what: 'The query',
    source,
    position,
    found: foundAt(source, position),
    expected,
    ...(hint === undefined ? {} : { hint }),
  });
}
