/** Templates: reading, printing, positions of errors, limits. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storedValue } from './any-value.case.ts';
import { evaluateTemplate } from './evaluate.ts';
import { contextScope } from './evaluation-context.ts';
import { parseTemplate, parseTemplateString } from './parse-template.ts';
import { printTemplate } from './print-template.ts';
import type { Expression, Template } from './syntax.ts';
import { objectValue, type Value } from './value.ts';

const name = fc.constantFrom('concat', 'triggerBody', 'f', 'a-b', '$x', 'Åå');
const literal: fc.Arbitrary<Expression> = fc
  .oneof(
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.double({ noNaN: true }),
  )
  .map((value) => ({ kind: 'literal', value, position: 0 }));
const expression = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal,
    fc
      .tuple(name, fc.array(tie('any'), { maxLength: 3 }))
      .map(([called, list]): Expression => ({ kind: 'call', name: called, arguments: list, position: 0 })),
    fc
      .tuple(tie('any'), tie('any'), fc.boolean())
      .map(([object, index, isOptional]): Expression => ({ kind: 'member', object, index, isOptional, position: 0 })),
  ),
})).any;

describe('templates', () => {
  test('printing a tree and reading it gives the same tree', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const printed = printTemplate({ kind: 'expression', expression: tree, source: '' });
        expect(bare(parseTemplate(printed))).toEqual({ kind: 'expression', expression: bareExpression(tree) });
      }),
    );
  });

  test('printing an interpolation and reading it gives the same tree', () => {
    const text = fc.string({ minLength: 1 }).filter((part) => !part.startsWith('@'));
    fc.assert(
      fc.property(text, expression, text, (before, tree, after) => {
        const parts = [before, tree, after];
        const printed = printTemplate({ kind: 'interpolation', parts, source: '' });
        const wanted = [before, bareExpression(tree), after];
        // A text that ends with @ meets the @{ behind it; the pair is an escape, and has no other spelling.
        fc.pre(!before.endsWith('@'));
        expect(bare(parseTemplate(printed))).toEqual({ kind: 'interpolation', parts: wanted });
      }),
    );
  });

  test('any plain value printed as a template evaluates to itself', () => {
    fc.assert(
      fc.property(storedValue, (value) => {
        const printed = printEscaped(value);
        expect(evaluateTemplate(parseTemplate(printed), contextScope({}))).toEqual(value);
      }),
    );
  });

  test('a part without expressions stays the value it is', () => {
    const value = objectValue({ a: ['b', 'c@d'] });
    expect(parseTemplate(value)).toEqual({ kind: 'literal', value });
  });
});

describe('syntax errors', () => {
  test.each([
    ['@', undefined],
    ['@concat(', 8],
    ["@concat('a'", 11],
    ["@concat('a' 'b')", 12],
    ["@'a", 3],
    ["@'a'b", 4],
    ['@a', 2],
    ['@(1)', 1],
    ['@a()..b', 5],
    ['@a()[1', 6],
    ['@a()?b', 4],
    ['@1.5.6', 4],
    ['@9223372036854775808', 1],
    ['x @{1', 5],
    ['x @{}', 4],
    ['x @{1 2}', 6],
    ['@concat(,)', 8],
    ['@a().b c', 7],
  ])('%s', (source, position) => {
    if (position === undefined) expect(parseTemplateString(source)).toEqual({ kind: 'literal', value: '@' });
    else {
      expect(() => parseTemplateString(source)).toThrow(
        expect.objectContaining({ code: 'EXPRESSION_SYNTAX', position }),
      );
    }
  });

  test('say what was found and what was expected', () => {
    expect(() => parseTemplateString("@concat('a' 'b')")).toThrow(
      "Found ''' at position 12 of '@concat('a' 'b')', expected ',' or ')' in the call of concat.",
    );
  });

  test('hostile nesting and length end in a limit', () => {
    const open = 'a('.repeat(4000);
    expect(() => parseTemplateString(`@${open}`)).toThrow(expect.objectContaining({ limit: 'expressionDepthMax' }));
    expect(() => parseTemplateString(`@${'a['.repeat(4000)}`)).toThrow(
      expect.objectContaining({ code: 'EXPRESSION_SYNTAX' }),
    );
    expect(() => parseTemplateString(`@a()${'[a()'.repeat(4000)}`)).toThrow(
      expect.objectContaining({ limit: 'expressionDepthMax' }),
    );
    expect(() => parseTemplateString(`@'${'x'.repeat(9000)}'`)).toThrow(
      expect.objectContaining({ limit: 'expressionLengthMax' }),
    );
    expect(() => parseTemplateString(`@a(${'1,'.repeat(9000)}1)`)).toThrow(
      expect.objectContaining({ limit: 'expressionLengthMax' }),
    );
    let deep: Value = '@x()';
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(() => parseTemplate(deep)).toThrow(expect.objectContaining({ limit: 'valueDepthMax' }));
  });

  test('any text is a template or a typed error', () => {
    const piece = fc.constantFrom(
      '@',
      '{',
      '}',
      '(',
      ')',
      "'",
      '?',
      '.',
      '[',
      ']',
      ',',
      ' ',
      '1',
      '-',
      'e',
      'concat',
      'null',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 }))), (pieces) => {
        try {
          evaluateTemplate(parseTemplateString(pieces.join('')), contextScope({}));
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^EXPRESSION_(SYNTAX|FAILED)$|^OPTION_INVALID$/) });
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('a long chain of members is read and evaluated', () => {
    const chain = `@json('{}')${'?.a'.repeat(2500)}`;
    expect(evaluateTemplate(parseTemplateString(chain), contextScope({}))).toBeNull();
  });
});

function printEscaped(value: Value): Value {
  if (Array.isArray(value)) return value.map(printEscaped);
  if (value instanceof Map) {
    return new Map(
      [...(value as ReadonlyMap<string, Value>)].map(([key, member]) => [
        printTemplate({ kind: 'literal', value: key }) as string,
        printEscaped(member),
      ]),
    );
  }
  return printTemplate({ kind: 'literal', value });
}

/** A tree without positions and sources. */
function bare(template: Template): unknown {
  switch (template.kind) {
    case 'expression':
      return { kind: 'expression', expression: bareExpression(template.expression) };
    case 'interpolation':
      return {
        kind: 'interpolation',
        parts: template.parts.map((part) => (typeof part === 'string' ? part : bareExpression(part))),
      };
    default:
      return template;
  }
}

function bareExpression(tree: Expression): unknown {
  switch (tree.kind) {
    case 'literal':
      // -0 and 0 are one number in the language of tests.
      return { kind: 'literal', value: tree.value };
    case 'call':
      return { kind: 'call', name: tree.name, arguments: tree.arguments.map(bareExpression) };
    case 'member':
      return {
        kind: 'member',
        object: bareExpression(tree.object),
        index: bareExpression(tree.index),
        isOptional: tree.isOptional,
      };
  }
}
