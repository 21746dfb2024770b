/** Text → filter expression. */

import type { FilterExpression } from '../tree/filter-expression.ts';
import { Cursor } from './cursor.ts';
import { parseExpression } from './expression.ts';

/** Reads a `$filter` value that is not percent-encoded (OData 4.01 URL 5.1.2). Raises ODATA_SYNTAX, LIMIT_EXCEEDED. */
export function parseFilter(text: string): FilterExpression {
  const cursor = new Cursor(text, '$filter');
  cursor.skipBlanks();
  const tree = parseExpression(cursor);
  cursor.skipBlanks();
  if (!cursor.isAtEnd) failAfterExpression(cursor, 'an operator or the end');
  return tree;
}

/** Raises ODATA_SYNTAX for what stands behind a complete expression, with a hint for the usual mistakes. */
export function failAfterExpression(cursor: Cursor, expected: string): never {
  const position = cursor.position;
  const word = cursor.identifier() ?? '';
  if (operatorNames.has(word.toLowerCase())) {
    const hint = operatorNames.has(word)
      ? `A blank stands on both sides of ${word}.`
      : `Operators are lower case: ${word.toLowerCase()}.`;
    cursor.fail(expected, hint, position);
  }
  cursor.reset(position);
  const symbol = ['==', '=', '!=', '<>', '>=', '<=', '>', '<', '&&', '||'].find((text) => cursor.sees(text));
  const operator = symbol === undefined ? undefined : symbolMeanings[symbol];
  cursor.fail(expected, operator === undefined ? undefined : `OData writes ${operator} for ${symbol}.`);
}

const operatorNames: ReadonlySet<string> = new Set(
  'eq ne gt ge lt le has in and or not add sub mul div divby mod'.split(' '),
);

const symbolMeanings: Readonly<Record<string, string>> = {
  '=': 'eq',
  '==': 'eq',
  '!=': 'ne',
  '<>': 'ne',
  '>': 'gt',
  '>=': 'ge',
  '<': 'lt',
  '<=': 'le',
  '&&': 'and',
  '||': 'or',
};
