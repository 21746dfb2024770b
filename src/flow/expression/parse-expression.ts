/**
 * Expression text to tree (reference 7.3).
 *
 *   expression := primary { '.' identifier | '?.' identifier | '[' expression ']' | '?[' expression ']' }
 *   primary    := string | number | 'true' | 'false' | 'null' | identifier '(' [ expression { ',' expression } ] ')'
 */

import { SyntaxErrorAt } from '../../base/errors.ts';
import { checkLimit } from '../../base/limits.ts';
import { expressionDepthMax, expressionLengthMax } from './limits.ts';
import type { CallExpression, Expression, LiteralExpression } from './syntax.ts';

export interface ParsedExpression {
  readonly expression: Expression;
  /** Offset behind the expression and the blanks after it. */
  readonly end: number;
}

/**
 * Reads the one expression that begins at `start` of a template string, and blanks after it.
 * Raises EXPRESSION_SYNTAX with the position, and LIMIT_EXCEEDED.
 */
export function parseExpression(source: string, start: number): ParsedExpression {
  const parser: Parser = { source, start, position: start, depth: 0 };
  const expression = readExpression(parser);
  return { expression, end: parser.position };
}

/** A syntax error in a template string: found and expected, with the position. */
export function syntaxError(source: string, position: number, expected: string): SyntaxErrorAt {
  const found = position < source.length ? `'${source[position]}'` : 'the end';
  const shown = source.length <= 200 ? source : `${source.slice(0, 200)}…`;
  return new SyntaxErrorAt(
    'EXPRESSION_SYNTAX',
    `Found ${found} at position ${position} of '${shown}', expected ${expected}.`,
    { source: source.slice(0, expressionLengthMax), position },
  );
}

interface Parser {
  readonly source: string;
  readonly start: number;
  position: number;
  depth: number;
}

const blanks = /\s*/y;
const identifier = /[^\s.,(){}@[\]?']+/y;
const numberLiteral = /[+-]?(?:\d+(\.\d*)?|(\.\d+))([eE][+-]?\d+)?/y;
const integerMin = -(2n ** 63n);
const integerMax = 2n ** 63n - 1n;

function readExpression(parser: Parser): Expression {
  parser.depth += 1;
  checkLimit('expressionDepthMax', expressionDepthMax, parser.depth, 'The nesting of an expression');
  match(parser, blanks);
  let expression = readPrimary(parser);
  match(parser, blanks);
  for (;;) {
    const position = parser.position;
    const isOptional = /^\?\s*[.[]/.test(parser.source.slice(position, position + 64)) && take(parser, '?');
    if (isOptional) match(parser, blanks);
    if (take(parser, '.')) {
      match(parser, blanks);
      const at = parser.position;
      const name = match(parser, identifier);
      if (name === undefined) throw syntaxError(parser.source, at, "a member name after '.'");
      const index: LiteralExpression = { kind: 'literal', value: name, position: at };
      expression = { kind: 'member', object: expression, index, isOptional, position };
    } else if (take(parser, '[')) {
      const index = readExpression(parser);
      if (!take(parser, ']')) throw syntaxError(parser.source, parser.position, "']'");
      expression = { kind: 'member', object: expression, index, isOptional, position };
    } else break;
    match(parser, blanks);
  }
  parser.depth -= 1;
  return expression;
}

function readPrimary(parser: Parser): Expression {
  const position = parser.position;
  checkLimit('expressionLengthMax', expressionLengthMax, position - parser.start, 'The length of an expression');
  const character = parser.source[position] ?? '';
  if (character === "'") return readString(parser);
  if (/[-+.\d]/.test(character)) return readNumber(parser);
  const name = match(parser, identifier);
  if (name === undefined)
    throw syntaxError(parser.source, position, 'a function call, a string, a number, true, false or null');
  match(parser, blanks);
  if (take(parser, '(')) return readArguments(parser, name, position);
  const word = name.toLowerCase();
  if (word === 'null') return { kind: 'literal', value: null, position };
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true', position };
  throw syntaxError(parser.source, parser.position, `'(' after the function name '${name}'`);
}

function readArguments(parser: Parser, name: string, position: number): CallExpression {
  const list: Expression[] = [];
  match(parser, blanks);
  if (!take(parser, ')')) {
    do list.push(readExpression(parser));
    while (take(parser, ','));
    if (!take(parser, ')')) throw syntaxError(parser.source, parser.position, `',' or ')' in the call of ${name}`);
  }
  return { kind: 'call', name, arguments: list, position };
}

function readString(parser: Parser): LiteralExpression {
  const { source, position } = parser;
  let end = source.indexOf("'", position + 1);
  // A doubled quote stands for one and does not end the string.
  while (end >= 0 && source[end + 1] === "'") end = source.indexOf("'", end + 2);
  const length = (end < 0 ? source.length : end + 1) - parser.start;
  checkLimit('expressionLengthMax', expressionLengthMax, length, 'The length of an expression');
  if (end < 0) throw syntaxError(source, source.length, "a closing ' of the string");
  parser.position = end + 1;
  return { kind: 'literal', value: source.slice(position + 1, end).replaceAll("''", "'"), position };
}

function readNumber(parser: Parser): LiteralExpression {
  const { source, position } = parser;
  numberLiteral.lastIndex = position;
  const found = numberLiteral.exec(source);
  if (found === null) throw syntaxError(source, position + 1, 'a digit');
  const [token, fraction, leadingFraction, exponent] = found;
  parser.position += token.length;
  // What follows must not continue the number: 1e+, 1e1.1, 12abc.
  if (/^[^\s,(){}@[\]?']/.test(source.slice(parser.position, parser.position + 1))) {
    throw syntaxError(source, parser.position, `the end of the number ${token.slice(0, 40)}`);
  }
  if (fraction !== undefined || leadingFraction !== undefined || exponent !== undefined) {
    return { kind: 'literal', value: Number(token), position };
  }
  checkLimit('expressionLengthMax', expressionLengthMax, token.length, 'The length of an expression');
  const integer = BigInt(token.replace('+', ''));
  if (integer < integerMin || integer > integerMax) {
    throw syntaxError(source, position, 'an integer between -9223372036854775808 and 9223372036854775807');
  }
  return { kind: 'literal', value: integer, position };
}

function match(parser: Parser, pattern: RegExp): string | undefined {
  pattern.lastIndex = parser.position;
  const found = pattern.exec(parser.source)?.[0];
  if (found !== undefined) parser.position += found.length;
  return found;
}

function take(parser: Parser, character: string): boolean {
  if (parser.source[parser.position] !== character) return false;
  parser.position += 1;
  return true;
}
