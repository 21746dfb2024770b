/** Hostile templates: each ends in a typed error or a result, in bounded time and memory. */

import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../base/json.ts';
import { compile, evaluate } from './compile.ts';

/** `f(f(f(… inner …)))` */
function nested(name: string, inner: string, depth: number): string {
  return `@${`${name}(`.repeat(depth)}${inner}${')'.repeat(depth)}`;
}

function limitOf(template: JsonValue, parameters: Record<string, JsonValue> = {}): string {
  try {
    evaluate(template, { parameters });
    return 'none';
  } catch (error) {
    const { limit, code } = error as { limit?: string; code?: string };
    return limit ?? code ?? String(error);
  }
}

describe('what grows with every call', { timeout: 30_000 }, () => {
  test('base64 of base64', () => {
    expect(limitOf(nested('base64', "'seed of the text'", 100))).toBe('valueTextMax');
  });

  test('quotes within quotes', () => {
    expect(limitOf(`@${'string(createArray('.repeat(60)}'"'${'))'.repeat(60)}`)).toBe('valueTextMax');
  });

  test('replace that doubles', () => {
    const doubling = Array.from({ length: 30 }, () => 'replace(').join('');
    expect(limitOf(`@${doubling}'aa'${", 'a', 'aa')".repeat(30)}`)).toBe('replacementsMax');
  });

  test('many calls on one long text', () => {
    const calls = Array.from({ length: 100 }, () => "length(toUpper(parameters('t')))").join(',');
    expect(limitOf(`@createArray(${calls})`, { t: 'a'.repeat(8_000_000) })).toBe('evaluationSizeMax');
  });

  test('the sum of all strings of a template', () => {
    const template = Array.from({ length: 100 }, () => "@{toLower(parameters('t'))}");
    expect(limitOf(template, { t: 'a'.repeat(10_000_000) })).toBe('evaluationSizeMax');
  });

  test('range', () => {
    expect(limitOf('@range(0, 1000000000)')).toBe('EXPRESSION_FAILED');
    expect(limitOf('@range(0, 9223372036854775807)')).toBe('EXPRESSION_FAILED');
    expect(evaluate('@length(range(0, 100000))')).toBe(100_000);
  });

  test('keys of many long texts', () => {
    const many = Array.from({ length: 90 }, () => "parameters('t')").join(',');
    expect(limitOf(`@union(createArray(${many}))`, { t: 'a'.repeat(1_000_000) })).toBe('valueTextMax');
  });
});

describe('what nests', () => {
  test('calls, brackets, data and JSON text', () => {
    expect(limitOf(nested('not', 'true', 100_000))).toBe('expressionDepthMax');
    expect(limitOf(`@concat(${'1,'.repeat(100_000)}1)`)).toBe('expressionLengthMax');
    let deep: JsonValue = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(limitOf(deep)).toBe('valueDepthMax');
    expect(limitOf("@parameters('deep')", { deep })).toBe('valueDepthMax');
    expect(limitOf("@parameters('deep')[0]", { deep })).toBe('valueDepthMax');
    expect(limitOf("@json(parameters('t'))", { t: '['.repeat(1_000_000) })).toBe('valueDepthMax');
    expect(limitOf("@json(xml(parameters('t')))", { t: '<a>'.repeat(1_000_000) })).toBe('xmlDepthMax');
  });

  test('a long chain of accesses in the data and of accesses that fail', () => {
    expect(evaluate(`@parameters('x')${'?.a'.repeat(2600)}`, { parameters: { x: {} } })).toBeNull();
    expect(evaluate(`@json('{}')${'?.a'.repeat(2600)}`)).toBeNull();
    expect(limitOf(`@parameters('x')${'.a'.repeat(4000)}`, { x: {} })).toBe('EXPRESSION_FAILED');
  });
});

describe('what takes quadratic time when done simply', { timeout: 30_000 }, () => {
  const text = 'a'.repeat(1_000_000);
  const search = `${'a'.repeat(10)}b${'a'.repeat(400_000)}`;
  const parameters = { text, search, reversed: `${'a'.repeat(400_000)}b` };

  test.each([
    ["@indexOf(parameters('text'), parameters('search'))", -1],
    ["@lastIndexOf(parameters('text'), parameters('reversed'))", -1],
    ["@nthIndexOf(parameters('text'), parameters('search'), -1)", -1],
    ["@contains(parameters('text'), parameters('search'))", false],
    ["@length(replace(parameters('text'), parameters('search'), 'x'))", 1_000_000],
    ["@length(split(parameters('text'), parameters('search')))", 1],
    ["@nthIndexOf(parameters('text'), take(parameters('reversed'), 400000), 600001)", 600_000],
    ["@lastIndexOf(parameters('text'), take(parameters('reversed'), 400000))", 600_000],
  ])('%s', (template, result) => {
    expect(evaluate(template, { parameters })).toBe(result);
  });

  test.each([
    ["@trim(parameters('t'))", ' '.repeat(1_000_000)],
    ["@int(parameters('t'))", `${'1,'.repeat(1_000_000)}x`],
    ["@parseDateTime(parameters('t'), 'fr-fr')", '1 '.repeat(1_000_000)],
    ["@formatDateTime(parameters('t'))", `${' '.repeat(1_000_000)}x`],
    ["@base64ToString(parameters('t'))", `${'A'.repeat(1_000_001)}=`],
    ["@dataUriToString(parameters('t'))", `data:text/plain${';a=b'.repeat(300_000)}`],
    ["@dataUriToString(concat(parameters('t'), ',x'))", `data:text/plain${';a=b'.repeat(300_000)}`],
    ["@uriHost(parameters('t'))", `https://${'a.'.repeat(100_000)}`],
    ["@decodeUriComponent(parameters('t'))", '%'.repeat(300_000)],
    ["@decodeXmlName(parameters('t'))", '_x00'.repeat(300_000)],
    ["@xml(parameters('t'))", `<!DOCTYPE ${' '.repeat(100_000)}`],
  ])('%s', (template, t) => {
    expect(['none', 'EXPRESSION_FAILED', 'xmlTextMax']).toContain(limitOf(template, { t }));
  });
});

describe('names that JavaScript gives a meaning', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

  test('are data in templates, contexts and results', () => {
    for (const name of names) {
      const given = evaluate(JSON.parse(`{"${name}":"@add(1, 1)"}`));
      expect(JSON.stringify(given)).toBe(`{"${name}":2}`);
      expect(evaluate(`@parameters('x')?['${name}']`, { parameters: { x: {} } })).toBeNull();
      expect(limitOf(`@parameters('${name}')`)).toBe('EXPRESSION_FAILED');
      expect(limitOf(`@variables('${name}')?.x`)).toBe('EXPRESSION_FAILED');
      expect(limitOf(`@${name}()`)).toBe('EXPRESSION_FAILED');
      expect(evaluate(`@setProperty(json('{}'), '${name}', 1)['${name}']`)).toBe(1);
    }
    expect(({} as Record<string, unknown>).add).toBeUndefined();
  });

  test('a compiled template keeps nothing of a context', () => {
    const read = compile("@parameters('x')?['y']");
    const x = { y: 1 };
    expect(read({ parameters: { x } })).toBe(1);
    x.y = 2;
    expect(read({ parameters: { x } })).toBe(2);
    expect(() => read({})).toThrow("there is no parameter 'x'");
  });
});
