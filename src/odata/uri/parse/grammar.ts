/** Ties the rules together that call each other, and begins the reading of a text. */

import { parseApplySequence } from './apply.ts';
import { Cursor, type Origin, type ParseOptions, type Rules } from './cursor.ts';
import { parseExpandItems } from './expand.ts';
import { parseExpressionRule } from './expression.ts';
import { parseSelectItems } from './select.ts';

const rules: Rules = {
  expression: parseExpressionRule,
  selectItems: parseSelectItems,
  expandItems: parseExpandItems,
  applySequence: parseApplySequence,
};

/** A cursor at the beginning of a text that is not percent-encoded. `what` names it in messages. */
export function beginText(text: string, what: string, parse: ParseOptions = {}, origin?: Origin): Cursor {
  return new Cursor(text, { what, rules, parse, origin });
}

/** Reads a whole text by one rule; blanks around it are passed over. Raises ODATA_SYNTAX for what stands behind it. */
export function parseWhole<T>(cursor: Cursor, rule: (cursor: Cursor) => T, expected: string): T {
  cursor.skipBlanks();
  const tree = rule(cursor);
  cursor.skipBlanks();
  if (!cursor.isAtEnd) failBehind(cursor, expected);
  return tree;
}

/** Raises ODATA_SYNTAX for what stands behind a complete text, with a hint for the usual mistakes. */
function failBehind(cursor: Cursor, expected: string): never {
  const { position } = cursor;
  const word = cursor.identifier() ?? '';
  cursor.position = position;
  if (operatorNames.has(word.toLowerCase())) {
    const isSpelled = operatorNames.has(word) || cursor.isVersion401;
    const hint = isSpelled
      ? `A blank stands on both sides of ${word}.`
      : `Operators are lower case: ${word.toLowerCase()}.`;
    cursor.fail(expected, hint);
  }
  const symbol = Object.keys(symbolMeanings).find((text) => cursor.sees(text));
  const operator = symbol === undefined ? undefined : symbolMeanings[symbol];
  cursor.fail(expected, operator === undefined ? undefined : `OData writes ${operator} for ${symbol}.`);
}

const operatorNames: ReadonlySet<string> = new Set(
  'eq ne gt ge lt le has in and or not add sub mul div divby mod'.split(' '),
);

const symbolMeanings: Readonly<Record<string, string>> = {
  '==': 'eq',
  '=': 'eq',
  '!=': 'ne',
  '<>': 'ne',
  '>=': 'ge',
  '<=': 'le',
  '>': 'gt',
  '<': 'lt',
  '&&': 'and',
  '||': 'or',
};
