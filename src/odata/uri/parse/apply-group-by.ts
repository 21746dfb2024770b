/** Text → `groupby` (OData Data Aggregation 4.0 ABNF `groupbyTrafo`). */

import type { GroupByElement, GroupByTransformation } from '../tree/apply-transformation.ts';
import { parseNamePath, parseNamePaths } from './aggregate-item.ts';
import { parseHierarchy } from './apply-hierarchy.ts';
import type { Cursor } from './cursor.ts';

/** What stands in the parentheses of `groupby`. */
export function parseGroupBy(cursor: Cursor, position: number): GroupByTransformation {
  cursor.expect('(', 'the grouping properties in parentheses of their own');
  cursor.skipBlanks();
  const groups = cursor.list(parseElement);
  cursor.skipBlanks();
  cursor.expect(')', '"," or ")"');
  cursor.skipBlanks();
  if (!cursor.take(',')) return { kind: 'groupby', groups, position };
  cursor.skipBlanks();
  return { kind: 'groupby', groups, apply: cursor.rules.applySequence(cursor), position };
}

/** `groupbyElement`. */
function parseElement(cursor: Cursor): GroupByElement {
  const position = cursor.at(cursor.position);
  if (cursor.take('rollup(')) {
    cursor.skipBlanks();
    const properties = parseNamePaths(cursor);
    cursor.skipBlanks();
    cursor.expect(')', '"," or ")"');
    return { kind: 'rollup', properties, position };
  }
  if (!cursor.take('rolluprecursive(')) return parseNamePath(cursor);
  cursor.skipBlanks();
  const hierarchy = parseHierarchy(cursor);
  const hasApply = cursor.take(',');
  cursor.skipBlanks();
  const apply = hasApply ? cursor.rules.applySequence(cursor) : undefined;
  cursor.skipBlanks();
  cursor.expect(')', '"," or ")"');
  return { kind: 'rolluprecursive', hierarchy, ...(apply === undefined ? {} : { apply }), position };
}
