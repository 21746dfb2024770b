/** Query options in parentheses, behind an item of `$expand` or `$select` or behind `/$count`. */

import type { FilterExpression } from '../tree/filter-expression.ts';
import type { QueryOptions } from '../tree/query-options.ts';
import { takeAlias } from './arguments.ts';
import { parseBoolean, parseCardinal, parseLevels } from './cardinal.ts';
import { parseComputeItems } from './compute.ts';
import type { Cursor } from './cursor.ts';
import { parseOrderByItems } from './order-by.ts';
import { parseSearchExpression } from './search.ts';

/** Options by what they stand behind (OData 4.01 ABNF `expandCountOption` and its kin). */
const optionNames = {
  count: ['filter', 'search'],
  ref: ['filter', 'search', 'orderby', 'skip', 'top', 'count'],
  expand: ['filter', 'search', 'orderby', 'skip', 'top', 'count', 'select', 'expand', 'compute', 'levels', 'apply'],
  star: ['levels'],
  select: ['filter', 'search', 'orderby', 'skip', 'top', 'count', 'select', 'compute'],
} as const satisfies Readonly<Record<string, readonly (keyof QueryOptions)[]>>;

export type OptionPlace = keyof typeof optionNames;

export type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** `OPEN option *( SEMI option ) CLOSE`. */
export function parseOptionList(cursor: Cursor, place: OptionPlace): QueryOptions {
  const options: Writable<QueryOptions> = { custom: {} };
  const aliases = new Map<string, FilterExpression>();
  cursor.expect('(');
  do {
    cursor.skipBlanks();
    if (cursor.sees('@') && (place === 'expand' || place === 'select')) parseAliasAndValue(cursor, aliases);
    else parseOption(cursor, options, place);
    cursor.skipBlanks();
  } while (cursor.take(';'));
  cursor.expect(')', '";" or ")"');
  return aliases.size === 0 ? options : { ...options, aliases: Object.fromEntries(aliases) };
}

/** `aliasAndValue`. */
function parseAliasAndValue(cursor: Cursor, aliases: Map<string, FilterExpression>): void {
  const start = cursor.position;
  const alias = takeAlias(cursor);
  if (alias === undefined || aliases.has(alias.name)) cursor.fail('each parameter alias once', undefined, start);
  cursor.expect('=');
  cursor.skipBlanks();
  aliases.set(alias.name, cursor.nested(cursor.rules.expression));
}

/** The name of the option, with its `$` or (4.01) without, and its value. */
function parseOption(cursor: Cursor, options: Writable<QueryOptions>, place: OptionPlace): void {
  const start = cursor.position;
  const hasDollar = cursor.take('$');
  if (!hasDollar && !cursor.isVersion401) cursor.fail('a query option such as $select');
  const written = cursor.identifier() ?? '';
  const wanted = cursor.isVersion401 ? written.toLowerCase() : written;
  const name = optionNames[place].find((candidate) => candidate === wanted);
  if (name === undefined) {
    const allowed = optionNames[place].map((candidate) => `$${candidate}`).join(', ');
    const hint = written === '' ? undefined : `${hasDollar ? '$' : ''}${written} may not stand here.`;
    cursor.fail(`one of ${allowed}`, hint, start);
  }
  if (Object.hasOwn(options, name)) cursor.fail('each query option once', undefined, start);
  cursor.expect('=', '"=" behind the name of the query option');
  cursor.skipBlanks();
  parseOptionValue(cursor, options, name);
}

function parseOptionValue(
  cursor: Cursor,
  options: Writable<QueryOptions>,
  name: (typeof optionNames)[OptionPlace][number],
): void {
  switch (name) {
    case 'filter':
      options.filter = cursor.rules.expression(cursor);
      break;
    case 'select':
      options.select = cursor.rules.selectItems(cursor);
      break;
    case 'orderby':
      options.orderby = parseOrderByItems(cursor);
      break;
    case 'expand':
      options.expand = cursor.rules.expandItems(cursor);
      break;
    case 'compute':
      cursor.requireVersion401('$compute');
      options.compute = parseComputeItems(cursor);
      break;
    case 'top':
    case 'skip':
      options[name] = parseCardinal(cursor);
      break;
    case 'count':
      options.count = parseBoolean(cursor);
      break;
    case 'levels':
      options.levels = parseLevels(cursor);
      break;
    case 'search':
      options.search = parseSearchExpression(cursor);
      break;
    case 'apply':
      options.apply = cursor.rules.applySequence(cursor);
      break;
  }
}
