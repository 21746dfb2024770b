/** The public door: plain JSON in, plain JSON out, and errors that say what, where and what was expected. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../base/json.ts';
import { compile, evaluate } from './compile.ts';
import { evaluateTemplate } from './evaluate.ts';
import { contextScope } from './evaluation-context.ts';
import { functionNames } from './functions/registry.ts';
import { parseTemplate } from './parse-template.ts';
import type { EvaluationScope } from './scope.ts';

describe('evaluate', () => {
  test('takes any JSON and gives plain JSON', () => {
    const template = { name: "@triggerBody()?['lastname']", 'key-@{1}': ['@ticks(utcNow())', '@json(\'{"f":5.0}\')'] };
    const context = { now: '2026-05-04T00:00:00Z', trigger: { outputs: { body: { lastname: 'Grimaldi' } } } };
    expect(evaluate(template, context)).toEqual({ name: 'Grimaldi', 'key-1': [639134496000000000n, { f: 5 }] });
  });

  test('does what the examples of the manual say', () => {
    expect(evaluate("Hello @{triggerBody()?['name']}", { trigger: { outputs: { body: { name: 'Ada' } } } })).toBe(
      'Hello Ada',
    );
    const greet = compile({ text: "@concat('Dear ', item())", total: "@add(variables('total'), 1)" });
    expect(greet({ item: 'Grace', variables: { total: 41 } })).toEqual({ text: 'Dear Grace', total: 42 });
  });

  test('reads a template once and evaluates it many times', () => {
    const greet = compile("Hello @{triggerBody()['name']}");
    const names = ['a', 'b'].map((name) => greet({ trigger: { outputs: { body: { name } } } }));
    expect(names).toEqual(['Hello a', 'Hello b']);
  });

  test('takes the time and randomness of the machine where the context has none', () => {
    expect(evaluate("@greater(ticks(utcNow()), ticks('2026-01-01'))")).toBe(true);
    expect(evaluate('@length(guid())')).toBe(36);
    expect(evaluate('@rand(1, 2)')).toBe(1);
    expect(evaluate('@utcNow()', { now: '2026-05-04T00:00:00Z' })).toBe('2026-05-04T00:00:00.0000000Z');
  });

  test('gives what JSON has no number for as text', () => {
    expect(evaluate("@createArray(float('nan'), div(1.0, 0), div(-1.0, 0))")).toEqual(['NaN', 'Infinity', '-Infinity']);
  });

  test('an access that is followed in the plain data agrees with one that is evaluated step by step', () => {
    const data = fc.letrec<{ any: JsonValue }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom<JsonValue>(null, true, 'x', 5, 1.5, 2n ** 60n),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'A', 'b', 'a/b', '__proto__', 'length'), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    const step = fc.tuple(fc.boolean(), fc.constantFrom("'a'", "'B'", "'a/b'", "'a/1'", "'__proto__'", '0', '1', '-1'));
    const roots = [
      'triggerBody()',
      "body('A')",
      "OUTPUTS('a')",
      "parameters('p')",
      "variables('P')",
      'item()',
      "items('l')",
    ];
    fc.assert(
      fc.property(
        data,
        fc.constantFrom(...roots),
        fc.array(step, { minLength: 1, maxLength: 4 }),
        (json, root, steps) => {
          const template = parseTemplate(
            `@${root}${steps.map(([isOptional, key]) => `${isOptional ? '?' : ''}[${key}]`).join('')}`,
          );
          const outputs = { body: json };
          const context = {
            trigger: { outputs },
            actions: { A: { outputs } },
            parameters: { p: json },
            variables: { p: json },
            item: json,
            items: { l: json },
          };
          const stepwise: EvaluationScope = Object.assign(contextScope(context), { atPath: undefined });
          const outcome = (scope: EvaluationScope) => {
            try {
              return evaluateTemplate(template, scope);
            } catch (error) {
              return String(error);
            }
          };
          expect(outcome(contextScope(context))).toEqual(outcome(stepwise));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a member named __proto__ is data', () => {
    const given = evaluate('@json(\'{"__proto__":{"polluted":true}}\')') as Record<string, unknown>;
    expect(Object.keys(given)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('an evaluation error', () => {
  test.each([
    [
      "@concat('a', substring('abc', 2, 5))",
      "substring(): argument 3 'length' is the integer 5; expected an integer from 0 to 1. At position 13 of",
    ],
    ["@add('1', 2)", "add(): argument 1 'left' is a string of 1 character; expected a number. At position 1 of"],
    ["@json('{\"lastname\":1}')['lastnam']", "The object has no member 'lastnam'. Did you mean 'lastname'?"],
    ['@cocnat(1)', "There is no function 'cocnat'. Did you mean 'concat'?"],
    ['@listCallbackUrl()', 'The function listCallbackUrl() is not supported yet.'],
    ['@not(true, false)', 'not() is called with 2 arguments; expected 1.'],
    ["@formatDateTime('2026-01-01', 'd', 'x', 'y')", 'formatDateTime() is called with 4 arguments; expected 1 to 3.'],
    ['@and()', 'and() is called with 0 arguments; expected at least 1.'],
    ["@parameters('p')", "parameters(): there is no parameter 'p'."],
    ["@outputs('A')", "outputs(): the action 'A' has not ended."],
    ['@item()', 'item(): there is no loop at this place.'],
    ['@json(\'{"a":\')', 'json(): the argument is not JSON at position 5: found the end, expected a value.'],
  ])('of %s names function, argument, found, expected and position', (template, message) => {
    expect(() => evaluate(template)).toThrow(
      expect.objectContaining({ code: 'EXPRESSION_FAILED', message: expect.stringContaining(message) }),
    );
  });

  test('has what the message says as data, too', () => {
    expect(() => evaluate("@concat('a', substring('abc', 2, 5))")).toThrow(
      expect.objectContaining({
        position: 13,
        source: "@concat('a', substring('abc', 2, 5))",
        complaint: {
          function: 'substring',
          argument: 'length',
          found: 'the integer 5',
          expected: 'an integer from 0 to 1',
        },
      }),
    );
  });

  test('never shows the text of a value', () => {
    const context = { parameters: { password: 'swordfish' } };
    for (const template of [
      "@int(parameters('password'))",
      "@parameters('password')['x']",
      "@json(parameters('password'))",
    ]) {
      expect(() => evaluate(template, context)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('swordfish') }),
      );
    }
  });

  test('a scope without time and randomness fails where they are asked for', () => {
    for (const template of ['@utcNow()', '@guid()']) {
      expect(() => evaluateTemplate(parseTemplate(template), contextScope({}))).toThrow(
        expect.objectContaining({ code: 'OPTION_INVALID' }),
      );
    }
  });
});

describe('limits', () => {
  test('texts cannot grow without bound', () => {
    const context = { parameters: { text: 'x'.repeat(1_000_000) } };
    const hundred = Array.from({ length: 100 }, () => "parameters('text')").join(',');
    expect(() => evaluate(`@concat(${hundred})`, context)).toThrow(expect.objectContaining({ limit: 'valueTextMax' }));
    const grow = "@replace(parameters('text'), 'x', parameters('text'))";
    expect(() => evaluate(grow, context)).toThrow(expect.objectContaining({ limit: 'valueTextMax' }));
    const joined = `@join(range(0, 100000), parameters('text'))`;
    expect(() => evaluate(joined, context)).toThrow(expect.objectContaining({ limit: 'valueTextMax' }));
    const split = { parameters: { text: ','.repeat(2_000_000) } };
    expect(() => evaluate("@split(parameters('text'), ',')", split)).toThrow(
      expect.objectContaining({ limit: 'textPiecesMax' }),
    );
  });

  test('a long number is refused before it is computed', () => {
    const context = { parameters: { digits: '9'.repeat(1_000_000) } };
    expect(() => evaluate("@decimal(parameters('digits'))", context)).toThrow(
      expect.objectContaining({ code: 'EXPRESSION_FAILED' }),
    );
  });
});

test('function names are unique without regard to case', () => {
  const lowered = functionNames().map((name) => name.toLowerCase());
  expect(new Set(lowered).size).toBe(lowered.length);
});
