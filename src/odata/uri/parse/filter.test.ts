import { describe, expect, test } from 'vitest';
import { LimitError } from '../../../base/errors.ts';
import { ODataSyntaxError } from '../../literal/odata-syntax-error.ts';
import { printFilter } from '../print/filter.ts';
import { parseFilter } from './parse-text.ts';

/** The error that parsing raises. */
function errorOf(text: string): unknown {
  try {
    parseFilter(text);
  } catch (error) {
    return error;
  }
  throw new Error(`No error for ${text}.`);
}

test('the message says what was expected, where, and what was found', () => {
  const error = errorOf('Name eq (1 or');
  expect(error).toMatchObject({
    message: '$filter: expected an expression at position 13, found the end.',
    expected: 'an expression',
    found: 'the end',
  });
});

test('every node has the position of its text, a binary one that of its operator', () => {
  expect(parseFilter("Name eq 'x' and contains(City,'y')")).toMatchObject({
    kind: 'logical',
    position: 12,
    left: { kind: 'comparison', position: 5, left: { position: 0 }, right: { position: 8 } },
    right: { kind: 'functionCall', position: 16, arguments: [{ position: 25 }, { position: 30 }] },
  });
});

describe('hostile filters end in a typed error', () => {
  const hostile: Readonly<Record<string, string>> = {
    'deep parentheses': '('.repeat(60_000),
    'deep negation': 'not '.repeat(15_000),
    'deep minus': '-'.repeat(60_000),
    'deep calls': 'length('.repeat(9_000),
    'deep arrays': '['.repeat(60_000),
    'deep lambdas': 'a/any(x:'.repeat(8_000),
    'a long chain': Array.from({ length: 5_000 }, () => 'a eq 1').join(' or '),
    'a long list': `a in (${Array.from({ length: 20_000 }, () => '1').join(',')})`,
    'a long text': `a eq '${'x'.repeat(70_000)}'`,
  };
  for (const [name, text] of Object.entries(hostile)) {
    test(name, () => expect(errorOf(text)).toBeInstanceOf(LimitError));
  }

  test('every truncation of a filter', () => {
    const text = "not (a add -1 ge length(Name)) and o/any(x:x/b in ('a','b')) or N.F(P=[1,'2']) eq N.E'A'";
    for (let length = 0; length < text.length; length += 1) {
      try {
        parseFilter(text.slice(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(ODataSyntaxError);
      }
    }
  });

  test('the longest chain that is allowed parses and prints', () => {
    const text = Array.from({ length: 1_000 }, () => 'a eq 1').join(' or ');
    expect(printFilter(parseFilter(text))).toBe(text);
  });
});
