/** Text → what `aggregate` computes (OData Data Aggregation 4.0 ABNF `aggregateExpr`, `aggregateFunctionExpr`). */

import type { AggregateFrom, AggregateItem, FilterExpression, PropertyPath } from '../tree/filter-expression.ts';
import { takeAnnotation } from './arguments.ts';
import type { Cursor } from './cursor.ts';

/** `aggregateExpr`; within an expression (`aggregateFunctionExpr`) it has no alias. */
export function parseAggregateItem(cursor: Cursor, mayHaveAlias: boolean): AggregateItem {
  const start = cursor.position;
  const expression = takeWhole(cursor) ?? cursor.nested(cursor.rules.expression);
  const method = takeWord(cursor, 'with') ? parseMethod(cursor) : undefined;
  const isCount = endsWithCount(expression);
  if (method === undefined && expression.kind !== 'propertyPath') cursor.fail('with and a method such as sum');
  if (method !== undefined && isCount) cursor.fail('as and an alias', '$count has no method.', start);
  const from: AggregateFrom[] = [];
  while (takeWord(cursor, 'from')) {
    from.push(parseFrom(cursor));
    if (method !== undefined && from.at(-1)?.method === undefined) cursor.fail('with and a method such as average');
  }
  const needsAlias = mayHaveAlias && (method !== undefined || isCount);
  const alias = mayHaveAlias && takeWord(cursor, 'as') ? parseAlias(cursor) : undefined;
  if (needsAlias && alias === undefined) cursor.fail('as and an alias');
  return { kind: 'aggregateItem', expression, method, from, alias, position: cursor.at(start) };
}

/** `$count`, or a type name with a method behind it: what is aggregated are the entities themselves. */
function takeWhole(cursor: Cursor): PropertyPath | undefined {
  const start = cursor.position;
  const position = cursor.at(start);
  if (cursor.take('$count')) return { kind: 'propertyPath', path: ['$count'], position };
  const name = cursor.qualifiedName();
  const end = cursor.position;
  if (name?.includes('.') === true && takeWord(cursor, 'with')) {
    cursor.position = end;
    return { kind: 'propertyPath', path: [name], position };
  }
  cursor.position = start;
  return undefined;
}

/** `asAlias` without `RWS "as"`. */
export function parseAlias(cursor: Cursor): string {
  return cursor.identifier() ?? cursor.fail('an alias');
}

/** Steps over `RWS word RWS`; what is missing behind the word is for the rule that follows to say. */
export function takeWord(cursor: Cursor, word: string, isAnyCase = false): boolean {
  const start = cursor.position;
  const written = cursor.skipBlanks() ? cursor.identifier() : undefined;
  const found = isAnyCase && cursor.isVersion401 ? written?.toLowerCase() : written;
  if (found === word && (cursor.skipBlanks() || cursor.isAtEnd)) return true;
  cursor.position = start;
  return false;
}

/** `groupingProperty`, and other paths of names, among which annotations may be allowed. */
export function parseNamePath(cursor: Cursor, mayHaveAnnotations = false): PropertyPath {
  const position = cursor.at(cursor.position);
  const path: string[] = [];
  do {
    const annotation = mayHaveAnnotations ? takeAnnotation(cursor) : undefined;
    path.push(annotation ?? cursor.qualifiedName() ?? cursor.fail('a property name'));
  } while (cursor.take('/'));
  return { kind: 'propertyPath', path, position };
}

/** Paths of names with commas between them. */
export function parseNamePaths(cursor: Cursor): readonly PropertyPath[] {
  const paths = [parseNamePath(cursor)];
  for (;;) {
    const start = cursor.position;
    cursor.skipBlanks();
    if (!cursor.take(',')) {
      cursor.position = start;
      return paths;
    }
    cursor.skipBlanks();
    cursor.countClause();
    paths.push(parseNamePath(cursor));
  }
}

/** `aggregateMethod`. */
function parseMethod(cursor: Cursor): string {
  const start = cursor.position;
  const name = cursor.qualifiedName();
  if (name !== undefined && (name.includes('.') || methods.has(name))) return name;
  return cursor.fail(`one of ${[...methods].join(', ')}, or a qualified name`, undefined, start);
}

const methods: ReadonlySet<string> = new Set(['sum', 'min', 'max', 'average', 'countdistinct']);

/** `aggregateFrom` without its first word. What is computed over groups always has an alias, so a comma goes on with them. */
function parseFrom(cursor: Cursor): AggregateFrom {
  const properties = parseNamePaths(cursor);
  return { properties, method: takeWord(cursor, 'with') ? parseMethod(cursor) : undefined };
}

function endsWithCount(expression: FilterExpression): boolean {
  if (expression.kind === 'countOf') return true;
  return (expression.kind === 'propertyPath' || expression.kind === 'member') && expression.path.at(-1) === '$count';
}
