/** Text → transformations of recursive hierarchies (OData Data Aggregation 4.0 ABNF `hierarchyTrafo`). */

import type {
  ApplySequence,
  HierarchyTransformation,
  RecursiveHierarchy,
  TraverseTransformation,
} from '../tree/apply-transformation.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import { parseNamePath } from './aggregate-item.ts';
import { parseCardinal } from './cardinal.ts';
import type { Cursor } from './cursor.ts';
import { parseOrderByItem } from './order-by.ts';

/** `recHierReference`: the nodes, the qualifier of the hierarchy, the property that points to a node. */
export function parseHierarchy(cursor: Cursor): RecursiveHierarchy {
  if (!cursor.sees('$root/')) cursor.fail('$root/ and an entity set');
  const nodes = cursor.nested(cursor.rules.expression);
  expectComma(cursor);
  const qualifier = cursor.identifier() ?? cursor.fail('the qualifier of a recursive hierarchy');
  expectComma(cursor);
  const property = parseNamePath(cursor);
  cursor.skipBlanks();
  return { nodes, qualifier, property };
}

/** What stands in the parentheses of `ancestors` and `descendants`. */
export function parseHierarchyTransformation(
  cursor: Cursor,
  kind: 'ancestors' | 'descendants',
  position: number,
): HierarchyTransformation {
  const hierarchy = parseHierarchy(cursor);
  const starts: ApplySequence[] = [];
  let distance: number | undefined;
  let keepStart = false;
  while (cursor.take(',')) {
    cursor.skipBlanks();
    const isDigit = cursor.code >= 48 && cursor.code <= 57;
    if (keepStart || (starts.length === 0 && isDigit)) cursor.fail(keepStart ? '")"' : 'a transformation');
    if (starts.length > 0 && cursor.take('keep start')) keepStart = true;
    else if (isDigit && distance === undefined) distance = parseCardinal(cursor);
    else if (starts.length < 2 && distance === undefined) starts.push(parsePreserving(cursor));
    else cursor.fail('keep start');
    cursor.skipBlanks();
  }
  if (starts.length === 0) cursor.fail('"," and a transformation');
  return { kind, hierarchy, starts, ...(distance === undefined ? {} : { distance }), keepStart, position };
}

/** What stands in the parentheses of `traverse`. */
export function parseTraverse(cursor: Cursor, position: number): TraverseTransformation {
  const hierarchy = parseHierarchy(cursor);
  cursor.expect(',');
  cursor.skipBlanks();
  const order = cursor.take('preorder') ? 'preorder' : cursor.take('postorder') ? 'postorder' : undefined;
  if (order === undefined) cursor.fail('preorder or postorder');
  let starts: ApplySequence | undefined;
  const items: OrderByItem[] = [];
  cursor.skipBlanks();
  while (cursor.take(',')) {
    cursor.skipBlanks();
    if (items.length === 0 && starts === undefined && seesTransformation(cursor)) {
      starts = parsePreserving(cursor);
    } else items.push(parseOrderByItem(cursor));
    cursor.skipBlanks();
  }
  return { kind: 'traverse', hierarchy, order, ...(starts === undefined ? {} : { starts }), items, position };
}

/** `preservingTrafos`: transformations that keep the type of what they are given. */
function parsePreserving(cursor: Cursor): ApplySequence {
  const start = cursor.position;
  const sequence = cursor.rules.applySequence(cursor);
  const changing = sequence.find(({ kind }) => changingKinds.has(kind));
  if (changing === undefined) return sequence;
  return cursor.fail('transformations that keep the type', `${changing.kind} does not.`, start);
}

const changingKinds: ReadonlySet<string> = new Set(
  'aggregate compute concat groupby join outerjoin nest addnested'.split(' '),
);

/** A name of a preserving transformation with its parenthesis; other calls there are orderby items. */
function seesTransformation(cursor: Cursor): boolean {
  const start = cursor.position;
  const found = cursor.match(preservingPattern) !== undefined;
  cursor.position = start;
  return found;
}

const preservingPattern =
  /(?:(?:top|bottom)(?:count|sum|percent)|filter|orderby|search|skip|top|ancestors|descendants|traverse)\(|identity(?![\w.])/y;

function expectComma(cursor: Cursor): void {
  cursor.skipBlanks();
  cursor.expect(',');
  cursor.skipBlanks();
}
