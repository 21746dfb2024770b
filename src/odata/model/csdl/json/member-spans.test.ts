import { expect, test } from 'vitest';
import { memberSpans } from './member-spans.ts';

const stepsOf = (text: string) => [...memberSpans(new TextEncoder().encode(text))].length;

test('many short members are as many steps as one of the same length', () => {
  const short = `{${Array.from({ length: 100_000 }, (_, index) => `"p${index}":{"$Type":"N"}`).join(',')}}`;
  expect(stepsOf(`{"p":"${'x'.repeat(100)}"}`)).toBe(0);
  expect(stepsOf(short)).toBeGreaterThan(short.length / 300_000);
  expect(stepsOf(`{"p":${short}}`)).toBe(stepsOf(short));
});
