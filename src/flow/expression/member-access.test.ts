import { describe, expect, test } from 'vitest';
import { evaluateTemplate } from './evaluate.ts';
import { contextScope } from './evaluation-context.ts';
import { parseTemplate } from './parse-template.ts';

function evaluated(template: string): unknown {
  const scope = contextScope({ parameters: { record: { subject: null, 'a/b': null, a: { b: 1 }, list: [null] } } });
  return evaluateTemplate(parseTemplate(template), scope);
}

describe('a member that is null', () => {
  test.each([
    ["@parameters('record')['subject']"],
    ["@parameters('record').SUBJECT"],
    ["@parameters('record').subject?['x']"],
    ["@parameters('record')['a/b']"],
    ["@parameters('record').list[0]"],
  ])('is there: %s', (template) => {
    expect(evaluated(template)).toBe(null);
  });

  test('has no members of its own', () => {
    expect(() => evaluated("@parameters('record').subject.x")).toThrow("The member 'x' is asked of null");
  });

  test('is not one that is missing', () => {
    expect(() => evaluated("@parameters('record')['regarding']")).toThrow("The object has no member 'regarding'.");
  });
});
