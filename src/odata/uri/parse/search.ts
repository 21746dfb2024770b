/** Text → search expression (OData 4.01 ABNF `searchExpr`). NOT binds tighter than AND, AND tighter than OR. */

import type { SearchExpression, SearchTerm } from '../tree/search-expression.ts';
import type { Cursor } from './cursor.ts';

/** `searchExpr / searchExpr-incomplete`, ending where no term follows. */
export function parseSearchExpression(cursor: Cursor): SearchExpression {
  cursor.skipBlanks();
  if (cursor.sees("'")) return parseText(cursor);
  return parseOr(cursor);
}

/** `searchOrExpr`. */
function parseOr(cursor: Cursor): SearchExpression {
  let left = parseAnd(cursor);
  for (;;) {
    const start = cursor.position;
    const position = takeOperator(cursor, 'OR');
    if (position === undefined) return left;
    if (!seesTerm(cursor)) {
      cursor.position = start;
      return left;
    }
    cursor.countClause();
    left = { kind: 'searchLogical', operator: 'or', left, right: parseAnd(cursor), position: cursor.at(position) };
  }
}

/** `searchAndExpr`; the word may be left out. */
function parseAnd(cursor: Cursor): SearchExpression {
  let left = parseNot(cursor);
  for (;;) {
    const start = cursor.position;
    let position = takeOperator(cursor, 'AND');
    if (position !== undefined && !seesTerm(cursor)) {
      // Without a term behind it AND is a word like any other.
      cursor.position = start;
      position = undefined;
    }
    if (position === undefined) {
      if (!cursor.skipBlanks() || !seesTerm(cursor) || seesOr(cursor)) {
        cursor.position = start;
        return left;
      }
      position = cursor.position;
    }
    cursor.countClause();
    left = { kind: 'searchLogical', operator: 'and', left, right: parseNot(cursor), position: cursor.at(position) };
  }
}

/** `searchNegateExpr`; NOT with nothing behind it is a word. */
function parseNot(cursor: Cursor): SearchExpression {
  const start = cursor.position;
  if (cursor.match(wordPattern) === 'NOT' && cursor.skipBlanks() && seesTerm(cursor)) {
    cursor.countClause();
    return { kind: 'searchNot', operand: cursor.nested(parseNot), position: cursor.at(start) };
  }
  cursor.position = start;
  if (!cursor.take('(')) return parseTerm(cursor);
  cursor.skipBlanks();
  const inner = cursor.nested(parseOr);
  cursor.skipBlanks();
  cursor.expect(')', 'a word, AND, OR or ")"');
  return inner;
}

/** `searchPhrase`, `searchWord`. */
function parseTerm(cursor: Cursor): SearchTerm {
  const start = cursor.position;
  const position = cursor.at(start);
  const phrase = cursor.match(/"[^"]+"/y);
  if (phrase !== undefined) return { kind: 'searchTerm', form: 'phrase', text: phrase.slice(1, -1), position };
  if (cursor.sees('"')) {
    const isEmpty = cursor.sees('""');
    cursor.fail(isEmpty ? 'a phrase' : 'a closing quote', undefined, isEmpty ? start + 1 : cursor.source.length);
  }
  const text = cursor.match(wordPattern) ?? cursor.fail('a word, a phrase in double quotes, NOT or "("');
  return { kind: 'searchTerm', form: 'word', text, position };
}

/** `searchExpr-incomplete`: a text in single quotes, which are doubled within. */
function parseText(cursor: Cursor): SearchTerm {
  const position = cursor.at(cursor.position);
  cursor.requireVersion401('A text in single quotes');
  const quoted = cursor.match(/'(?:[^']|'')*'/y) ?? cursor.fail('a closing quote', undefined, cursor.source.length);
  return { kind: 'searchTerm', form: 'text', text: quoted.slice(1, -1).replaceAll("''", "'"), position };
}

/** Every character but blanks, parentheses, double quotes and semicolons; no quote begins a word. */
const wordPattern = /[^\s()";'][^\s()";]*/y;

/** The position of `RWS word RWS`, stepped over. */
function takeOperator(cursor: Cursor, word: 'AND' | 'OR'): number | undefined {
  const start = cursor.position;
  if (cursor.skipBlanks()) {
    const { position } = cursor;
    if (cursor.match(wordPattern) === word && cursor.skipBlanks()) return position;
  }
  cursor.position = start;
  return undefined;
}

function seesTerm(cursor: Cursor): boolean {
  return cursor.sees('(') || cursor.sees('"') || isWordStart(cursor);
}

function isWordStart(cursor: Cursor): boolean {
  const start = cursor.position;
  const found = cursor.match(wordPattern) !== undefined;
  cursor.position = start;
  return found;
}

/** True before `OR` with a term behind it. */
function seesOr(cursor: Cursor): boolean {
  const start = cursor.position;
  const found = cursor.match(wordPattern) === 'OR' && cursor.skipBlanks() && seesTerm(cursor);
  cursor.position = start;
  return found;
}
