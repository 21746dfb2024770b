/** The query part of a request URI → query options (OData 4.01 URL 5). */

import { checkLimit } from '../../../base/limits.ts';
import { nearestName } from '../../../base/nearest.ts';
import { foundAt, ODataSyntaxError } from '../../literal/odata-syntax-error.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import type { QueryOptions } from '../tree/query-options.ts';
import { uriLimits } from '../uri-limits.ts';
import { parseApplySequence } from './apply.ts';
import { parseBoolean, parseCardinal, parseIndex } from './cardinal.ts';
import { parseComputeItems } from './compute.ts';
import type { Cursor, ParseOptions } from './cursor.ts';
import { decodeUriPart, requirePlain } from './decode-uri-part.ts';
import { parseExpandItems } from './expand.ts';
import { parseExpressionRule } from './expression.ts';
import { beginText, parseWhole } from './grammar.ts';
import type { Writable } from './option-list.ts';
import { parseOrderByItems } from './order-by.ts';
import { parseSearchExpression } from './search.ts';
import { parseSelectItems } from './select.ts';

/**
 * Reads the query part of a URI, percent-encoded: split at `&` and the first `=`, then decoded, so that an encoded one
 * stays inside its value. Options without `$` that are no system query options are custom. Raises ODATA_SYNTAX and LIMIT_EXCEEDED.
 */
export function parseQueryOptions(query: string, options: ParseOptions = {}): QueryOptions {
  checkLimit('uriLengthMax', uriLimits.uriLengthMax, query.length, 'The query');
  requirePlain(query, 0, query.length, /(?!\t)[#\p{Cc}]/u);
  return parseQueryPart(query, 0, options);
}

/** The query that begins at `start` of a request URI. */
export function parseQueryPart(source: string, start: number, options: ParseOptions): QueryOptions {
  const found: Draft = { system: {}, aliases: new Map(), custom: new Map() };
  let position = start;
  let count = 0;
  while (position <= source.length) {
    const ampersand = source.indexOf('&', position);
    const end = ampersand === -1 ? source.length : ampersand;
    if (end > position) {
      count += 1;
      checkLimit('uriOptionsMax', uriLimits.uriOptionsMax, count, 'The number of query options');
      readOption({ source, start: position, end, options }, found);
    }
    position = end + 1;
  }
  return {
    ...found.system,
    ...(found.aliases.size === 0 ? {} : { aliases: Object.fromEntries(found.aliases) }),
    custom: Object.fromEntries(found.custom),
  };
}

interface Draft {
  readonly system: Writable<Omit<QueryOptions, 'custom' | 'aliases'>>;
  readonly aliases: Map<string, FilterExpression>;
  readonly custom: Map<string, string>;
}

/** One `name=value` and where it stands. */
interface Pair {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly options: ParseOptions;
}

/** `queryOption`. */
function readOption(pair: Pair, found: Draft): void {
  const { source, start, end, options } = pair;
  const { plusIsBlank = false } = options;
  const equals = source.indexOf('=', start);
  const nameEnd = equals === -1 || equals > end ? end : equals;
  const name = decodeUriPart(source, start, nameEnd, plusIsBlank).text;
  const value = decodeUriPart(source, Math.min(nameEnd + 1, end), end, plusIsBlank);
  const begin = () => beginText(value.text, name, options, value.origin);
  if (name === '') fail(pair, 'the name of a query option');
  if (name.startsWith('@')) {
    readAlias(pair, name, begin, found.aliases);
    return;
  }
  const option = systemOptionOf(name, options);
  if (option === undefined) {
    if (name.startsWith('$')) failUnknown(pair, name);
    if (found.custom.has(name)) fail(pair, `${name} once`);
    found.custom.set(name, value.text);
    return;
  }
  if (Object.hasOwn(found.system, option)) fail(pair, `$${option} once`);
  Object.assign(found.system, { [option]: readers[option](begin()) });
}

/** `aliasAndValue`. */
function readAlias(pair: Pair, name: string, begin: () => Cursor, aliases: Map<string, FilterExpression>): void {
  const cursor = beginText(name.slice(1), 'The name of a parameter alias');
  const alias = cursor.identifier();
  if (alias === undefined || !cursor.isAtEnd) fail(pair, '@ and the name of a parameter alias');
  if (aliases.has(alias)) fail(pair, `${name} once`);
  aliases.set(alias, parseWhole(begin(), parseExpressionRule, 'an operator or the end'));
}

type SystemOption = keyof Draft['system'];

/** How the value of each system query option is read. */
const readers: { readonly [Name in SystemOption]-?: (cursor: Cursor) => NonNullable<QueryOptions[Name]> } = {
  filter: (cursor) => parseWhole(cursor, parseExpressionRule, 'an operator or the end'),
  select: (cursor) => parseWhole(cursor, parseSelectItems, '"," or the end'),
  orderby: (cursor) => parseWhole(cursor, parseOrderByItems, 'asc, desc, "," or the end'),
  expand: (cursor) => parseWhole(cursor, parseExpandItems, '"(", "," or the end'),
  compute: (cursor) => parseWhole(cursor, parseComputeItems, '"," or the end'),
  search: (cursor) => parseWhole(cursor, parseSearchExpression, 'a word, AND, OR or the end'),
  apply: (cursor) => parseWhole(cursor, parseApplySequence, '"/" or the end'),
  top: (cursor) => exact(cursor, parseCardinal),
  skip: (cursor) => exact(cursor, parseCardinal),
  index: (cursor) => exact(cursor, parseIndex),
  count: (cursor) => exact(cursor, parseBoolean),
  levels: (cursor) => cursor.fail('an option of a request', '$levels stands within $expand.', 0),
  id: (cursor) => matching(cursor, /.+/suy, 'an entity id'),
  skiptoken: (cursor) => matching(cursor, /.+/suy, 'a skip token'),
  deltatoken: (cursor) => matching(cursor, /.+/suy, 'a delta token'),
  format: (cursor) => matching(cursor, formatPattern, 'json, xml, atom or a media type'),
  schemaversion: (cursor) => matching(cursor, /\*|[\w.~-]+/y, 'a version or *'),
};

const formatPattern = /(?:json|xml|atom)(?=$|;)[^/]*|[^/]+\/[^/]+/iy;

const systemOptions = Object.keys(readers) as readonly SystemOption[];
/** Options that have their `$` always (OData 4.01 ABNF). */
const withDollar: ReadonlySet<SystemOption> = new Set(['skiptoken', 'deltatoken', 'levels']);
/** Options that came with 4.01. */
const since401: ReadonlySet<SystemOption> = new Set(['compute', 'index', 'schemaversion']);

/** The system query option of this name; in 4.01 in any case, and without `$`. */
function systemOptionOf(name: string, { version }: ParseOptions): SystemOption | undefined {
  const bare = name.startsWith('$') ? name.slice(1) : name;
  if (version === '4.0') {
    return bare === name ? undefined : systemOptions.find((option) => option === bare && !since401.has(option));
  }
  const lower = bare.toLowerCase();
  return systemOptions.find((option) => option === lower && (bare !== name || !withDollar.has(option)));
}

/** By one rule, without blanks around. */
function exact<T>(cursor: Cursor, rule: (cursor: Cursor) => T): T {
  const value = rule(cursor);
  cursor.expectEnd('the end');
  return value;
}

function matching(cursor: Cursor, pattern: RegExp, expected: string): string {
  const text = cursor.match(pattern) ?? cursor.fail(expected);
  cursor.expectEnd(expected);
  return text;
}

function failUnknown(pair: Pair, name: string): never {
  const names = systemOptions.filter((option) => option !== 'levels').map((option) => `$${option}`);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return fail(pair, `one of ${names.join(', ')}`, `${name} is not a query option of OData.${hint}`);
}

function fail({ source, start }: Pair, expected: string, hint?: string): never {
  throw new ODataSyntaxError({
    what: 'The query',
    source,
    position: start,
    found: foundAt(source, start),
    expected,
    ...(hint === undefined ? {} : { hint }),
  });
}
