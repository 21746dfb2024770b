import { DatabaseError } from 'pg';
import { describe, expect, test } from 'vitest';
import { RialtoError } from '../../../base/errors.ts';
import { databaseError } from './database-error.ts';

function givenDatabaseError(code: string, message = 'something'): DatabaseError {
  const error = new DatabaseError(message, message.length, 'error');
  error.code = code;
  error.severity = 'ERROR';
  error.detail = 'Key (name)=(secret) already exists.';
  return error;
}

describe('database error', () => {
  test.each(['08006', '25006', '53300', '55000', '57P01', '57P03', '40P01'])(
    'SQLSTATE %s passes: it may be tried again',
    (code) => {
      expect(databaseError(givenDatabaseError(code))).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
    },
  );

  test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND'])('%s passes: it may be tried again', (code) => {
    const cause = Object.assign(new Error('connect'), { code });
    expect(databaseError(cause)).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true, cause });
  });

  test('a connection that ends in the middle passes', () => {
    const cause = new Error('Connection terminated unexpectedly');
    expect(databaseError(cause)).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
  });

  test('a login that is refused does not pass', () => {
    const cause = givenDatabaseError('28P01', 'password authentication failed for user "rialto"');
    expect(databaseError(cause)).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: false });
  });

  test('a statement that is refused is a fault of ours, and its values stay out of the message', () => {
    const error = databaseError(givenDatabaseError('23505', 'duplicate key'));
    expect(error).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('SQLSTATE 23505') });
    expect((error as Error).message).not.toContain('secret');
  });

  test('what did not come from the database stays what it is', () => {
    const fenced = new RialtoError('RUN_FENCED', 'fenced');
    const other = new Error('of the queue');
    expect(databaseError(fenced)).toBe(fenced);
    expect(databaseError(other)).toBe(other);
  });
});
