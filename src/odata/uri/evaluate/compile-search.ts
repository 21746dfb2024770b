/** `$search` → a test for rows. */

import { checkLimit } from '../../../base/limits.ts';
import { firstIndexOf } from '../../../base/text-search.ts';
import type { Row } from '../../row.ts';
import type { SearchExpression } from '../tree/search-expression.ts';

type TextTest = (text: string) => boolean;

/** Nesting of groups and `NOT`; a chain of AND or OR counts once. */
const searchDepthMax = 500;

/**
 * A test that says whether a row matches a search expression: a term or phrase matches where one of the texts holds it,
 * whatever the case (OData 4.01 URL 5.1.8.1 leaves what matches to the service). `texts` gives the texts of a row, by
 * default its own members that are texts. Raises LIMIT_EXCEEDED.
 */
export function compileSearch(
  expression: SearchExpression,
  texts: (row: Row) => Iterable<string> = rowTexts,
): (row: Row) => boolean {
  const test = compileTerm(expression, 0);
  return (row) => {
    const folded = [...texts(row)].map((text) => text.toLowerCase());
    return test((part) => folded.some((text) => firstIndexOf(text, part) !== -1));
  };
}

/** The members of a row that are texts, annotations left out. */
export function* rowTexts(row: Row): Iterable<string> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'string' && !name.includes('@')) yield value;
  }
}

function compileTerm(expression: SearchExpression, depth: number): (holds: TextTest) => boolean {
  checkLimit('searchDepthMax', searchDepthMax, depth, 'The nesting of a search expression');
  if (expression.kind === 'searchTerm') {
    const part = expression.text.toLowerCase();
    return (holds) => holds(part);
  }
  if (expression.kind === 'searchNot') {
    const operand = compileTerm(expression.operand, depth + 1);
    return (holds) => !operand(holds);
  }
  const { operator } = expression;
  const operands: ((holds: TextTest) => boolean)[] = [];
  let left: SearchExpression = expression;
  // A chain groups from the left, and is walked in a loop.
  while (left.kind === 'searchLogical' && left.operator === operator) {
    operands.push(compileTerm(left.right, depth + 1));
    left = left.left;
  }
  operands.push(compileTerm(left, depth + 1));
  return operator === 'and'
    ? (holds) => operands.every((operand) => operand(holds))
    : (holds) => operands.some((operand) => operand(holds));
}
