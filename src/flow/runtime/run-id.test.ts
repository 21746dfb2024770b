import { describe, expect, test } from 'vitest';
import { seededIds } from '../../base/ids.ts';
import { newRunId } from './run-id.ts';

describe('run id', () => {
  test('falls from one millisecond to the next, and rises within a check', () => {
    const ids = seededIds(1);
    const first = newRunId(1_000, 0, ids);
    const second = newRunId(1_000, 1, ids);
    const many = newRunId(1_000, 1_000_000, ids);
    const later = newRunId(1_001, 0, ids);
    expect([many, later, first, second].sort()).toEqual([later, first, second, many]);
  });

  test('is 32 digits', () => {
    expect(newRunId(1_777_878_000_000, 0, seededIds(1))).toMatch(/^\d{32}$/);
  });
});
