import { describe, expect, test } from 'vitest';
import { idempotencyKey } from './idempotency-key.ts';

describe('idempotency key', () => {
  test('is a UUID of version 5 that never changes for the same action', () => {
    const key = idempotencyKey('run-1', { action: 'Create_task', repetition: '' });
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // Fixed for ever: runs that were in flight when Rialto was updated go on under the same key.
    expect(key).toBe('0411b29e-2907-520e-9fe4-d530caa37d88');
  });

  test('differs by run, action and repetition', () => {
    const keys = [
      idempotencyKey('run-1', { action: 'A', repetition: '' }),
      idempotencyKey('run-2', { action: 'A', repetition: '' }),
      idempotencyKey('run-1', { action: 'B', repetition: '' }),
      idempotencyKey('run-1', { action: 'A', repetition: '000000' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
