/** Text → apply sequence (OData Data Aggregation 4.0 ABNF, section 2). */

import type { ApplySequence, ApplyTransformation } from '../tree/apply-transformation.ts';
import { parseAggregateItem, parseAlias, parseNamePath, takeWord } from './aggregate-item.ts';
import { parseGroupBy } from './apply-group-by.ts';
import { parseHierarchyTransformation, parseTraverse } from './apply-hierarchy.ts';
import { parseNamedArguments } from './arguments.ts';
import { parseCardinal } from './cardinal.ts';
import { parseComputeExpressions } from './compute.ts';
import type { Cursor } from './cursor.ts';
import { parseOrderByItems } from './order-by.ts';
import { parseSearchExpression } from './search.ts';

/** `applyTrafo *( "/" applyTrafo )`. */
export function parseApplySequence(cursor: Cursor): ApplySequence {
  const sequence: ApplyTransformation[] = [];
  do {
    cursor.countClause();
    sequence.push(cursor.nested(parseTransformation));
  } while (cursor.take('/'));
  return sequence;
}

/** `applyTrafo`. */
function parseTransformation(cursor: Cursor): ApplyTransformation {
  const start = cursor.position;
  const position = cursor.at(start);
  const name = cursor.qualifiedName() ?? cursor.fail('a transformation');
  if (name === 'identity') return { kind: name, position };
  if (!name.includes('.') && !names.has(name)) {
    cursor.fail(`one of ${[...names].join(', ')}, identity, or a qualified name`, undefined, start);
  }
  cursor.expect('(');
  cursor.skipBlanks();
  if (name.includes('.')) {
    const call = { kind: 'functionCall', name, arguments: parseNamedArguments(cursor), position } as const;
    return { kind: 'custom', call, position };
  }
  const transformation = parseBody(cursor, name, position);
  cursor.skipBlanks();
  cursor.expect(')', '"," or ")"');
  return transformation;
}

const names: ReadonlySet<string> = new Set(
  [
    'aggregate compute concat groupby join outerjoin nest addnested filter search orderby skip top topcount topsum',
    'toppercent bottomcount bottomsum bottompercent ancestors descendants traverse',
  ].flatMap((line) => line.split(' ')),
);

/** What stands in the parentheses. */
function parseBody(cursor: Cursor, name: string, position: number): ApplyTransformation {
  switch (name) {
    case 'aggregate':
      return { kind: name, items: cursor.list((inner) => parseAggregateItem(inner, true)), position };
    case 'compute':
      return { kind: name, items: parseComputeExpressions(cursor), position };
    case 'filter':
      return { kind: name, predicate: cursor.rules.expression(cursor), position };
    case 'search':
      return { kind: name, expression: parseSearchExpression(cursor), position };
    case 'orderby':
      return { kind: name, items: parseOrderByItems(cursor), position };
    case 'skip':
    case 'top':
      return { kind: name, count: parseCardinal(cursor), position };
    case 'concat':
      return { kind: name, sequences: parseSequences(cursor), position };
    case 'groupby':
      return parseGroupBy(cursor, position);
    case 'join':
    case 'outerjoin':
      return parseJoin(cursor, name, position);
    case 'nest':
      return { kind: name, items: cursor.list(parseNestItem), position };
    case 'addnested':
      return parseAddNested(cursor, position);
    case 'ancestors':
    case 'descendants':
      return parseHierarchyTransformation(cursor, name, position);
    case 'traverse':
      return parseTraverse(cursor, position);
    default:
      return parseRank(cursor, name as RankName, position);
  }
}

type RankName = 'topcount' | 'topsum' | 'toppercent' | 'bottomcount' | 'bottomsum' | 'bottompercent';

/** `concatTrafo`: two sequences at least. */
function parseSequences(cursor: Cursor): readonly ApplySequence[] {
  const sequences = cursor.list(cursor.rules.applySequence);
  return sequences.length > 1 ? sequences : cursor.fail('"," and a second sequence');
}

/** `topcountTrafo` and its kin. */
function parseRank(cursor: Cursor, kind: RankName, position: number): ApplyTransformation {
  const amount = cursor.rules.expression(cursor);
  cursor.skipBlanks();
  cursor.expect(',');
  cursor.skipBlanks();
  return { kind, amount, by: cursor.rules.expression(cursor), position };
}

/** `joinTrafo`, `outerjoinTrafo`. */
function parseJoin(cursor: Cursor, kind: 'join' | 'outerjoin', position: number): ApplyTransformation {
  const property = parseNamePath(cursor, true);
  if (!takeWord(cursor, 'as')) cursor.fail('as and an alias');
  const alias = parseAlias(cursor);
  cursor.skipBlanks();
  if (!cursor.take(',')) return { kind, property, alias, position };
  cursor.skipBlanks();
  return { kind, property, alias, apply: cursor.rules.applySequence(cursor), position };
}

/** `applyExpr asAlias`. */
function parseNestItem(cursor: Cursor): { readonly apply: ApplySequence; readonly alias: string } {
  const apply = cursor.rules.applySequence(cursor);
  if (!takeWord(cursor, 'as')) cursor.fail('"/", or as and an alias');
  return { apply, alias: parseAlias(cursor) };
}

/** `addnested` of `nestTrafo`. */
function parseAddNested(cursor: Cursor, position: number): ApplyTransformation {
  const property = parseNamePath(cursor);
  cursor.skipBlanks();
  cursor.expect(',');
  cursor.skipBlanks();
  return { kind: 'addnested', property, items: cursor.list(parseNestItem), position };
}
