import { expect, test } from 'vitest';
import { parseDurationMs } from './duration.ts';

test.each([
  ['PT30S', 30_000],
  ['PT1H30M', 5_400_000],
  ['P1D', 86_400_000],
  ['P1DT0.5S', 86_400_500],
  ['P2W', 1_209_600_000],
])('%s is %i milliseconds', (text, expected) => {
  expect(parseDurationMs(text)).toBe(expected);
});

test.each(['', 'P', 'PT', '30S', 'P1M', 'PT1X', 'P1DT', 'x'.repeat(100)])('%j is refused', (text) => {
  expect(() => parseDurationMs(text)).toThrow(expect.objectContaining({ code: 'DURATION_INVALID' }));
});
