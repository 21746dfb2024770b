import { describe, expect, test } from 'vitest';
import { retryAfterMs, retryAfterMsMax } from './retry-after.ts';

const nowMs = Date.UTC(2026, 4, 4, 7);

describe('Retry-After', () => {
  test.each([
    ['27', 27_000],
    ['0', 0],
    ['0.0001', 1],
    ['Mon, 04 May 2026 07:00:30 GMT', 30_000],
    ['Mon, 04 May 2026 06:00:00 GMT', 0],
    ['9'.repeat(400), retryAfterMsMax],
    ['Mon, 04 May 2099 07:00:00 GMT', retryAfterMsMax],
  ])('%s', (text, waitMs) => {
    expect(retryAfterMs({ 'retry-after': text }, nowMs)).toBe(waitMs);
  });

  test.each(['', ' ', 'soon', '-5', '1e9'])("'%s' is none", (text) => {
    expect(retryAfterMs({ 'retry-after': text }, nowMs)).toBeUndefined();
  });
});
