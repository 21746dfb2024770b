import { describe, expect, test } from 'vitest';
import { RialtoError, ServiceError } from '../base/errors.ts';
import { inputError } from './input-error.ts';
import { answerOfError } from './operation-answer.ts';

describe('errors as answers', () => {
  test('a refusal keeps status, code and words of the service', () => {
    const details = { status: 429, serviceCode: '0x80072322', serviceMessage: 'Combined execution time exceeded' };
    const error = new ServiceError('SERVICE_UNAVAILABLE', 'long words', { details, retryAfterMs: 1500 });
    expect(answerOfError(error)).toEqual({
      statusCode: 429,
      headers: { 'content-type': 'application/json; charset=utf-8', 'retry-after': '2' },
      body: { error: { code: '0x80072322', message: 'Combined execution time exceeded' } },
    });
  });

  test('a service without codes of its own gets ours', () => {
    const details = { status: 400, serviceCode: '', serviceMessage: '' };
    expect(answerOfError(new ServiceError('SERVICE_ERROR', 'refused', { details })).body).toEqual({
      error: { code: 'SERVICE_ERROR', message: 'refused' },
    });
  });

  test('wrong parameters are a 400 with their pointers', () => {
    expect(answerOfError(inputError('/body/x', 'wrong'))).toMatchObject({
      statusCode: 400,
      body: {
        error: {
          code: 'OPERATION_INPUT_INVALID',
          message: '/body/x: wrong',
          details: [{ pointer: '/body/x', message: 'wrong' }],
        },
      },
    });
  });

  test('a token service that is down is a 503, a refusal of it a 401', () => {
    const passing = new RialtoError('AUTH_FAILED', 'busy', { retryable: true, retryAfterMs: 4000 });
    expect(answerOfError(passing)).toMatchObject({ statusCode: 503, headers: { 'retry-after': '4' } });
    expect(answerOfError(new RialtoError('AUTH_FAILED', 'no'))).toMatchObject({ statusCode: 401 });
  });

  test.each(['HOST_UNREACHABLE', 'TIMEOUT', 'ABORTED', 'SECRET_UNRESOLVED'] as const)('%s is raised', (code) => {
    expect(() => answerOfError(new RialtoError(code, 'no answer'))).toThrow(expect.objectContaining({ code }));
  });
});
