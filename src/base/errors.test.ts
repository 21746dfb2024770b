import { expect, test } from 'vitest';
import { errorCodes } from './error-codes.ts';
import { DefinitionError, errorToJson, isRialtoError, RialtoError, ServiceError } from './errors.ts';

test('an error carries its code, its cause and whether a repeat can help', () => {
  const cause = new Error('socket hang up');
  const error = new RialtoError('HOST_UNREACHABLE', 'No answer.', { cause, retryable: true, retryAfterMs: 500 });
  expect(error).toMatchObject({
    name: 'RialtoError',
    code: 'HOST_UNREACHABLE',
    retryable: true,
    retryAfterMs: 500,
    cause,
  });
});

test('as JSON an error shows code, message and details, never stack or cause', () => {
  const error = new ServiceError('SERVICE_ERROR', 'Refused.', {
    cause: new Error('secret inside'),
    details: { status: 400, serviceCode: '0x80048408', serviceMessage: 'No.' },
  });
  expect(errorToJson(error)).toEqual({
    code: 'SERVICE_ERROR',
    message: 'Refused.',
    details: { status: 400, serviceCode: '0x80048408', serviceMessage: 'No.' },
  });
  expect(errorToJson(new TypeError('x'))).toEqual({ code: 'INTERNAL', message: 'x' });
});

test('a definition error lists every problem with its pointer', () => {
  const error = new DefinitionError([
    { code: 'DEFINITION_INVALID', pointer: '/actions/A', message: 'has no type.' },
    { code: 'DEFINITION_UNSUPPORTED', pointer: '/actions/B/type', message: "'Until' is not built yet." },
  ]);
  expect(error.code).toBe('DEFINITION_INVALID');
  expect(error.message.split('\n')).toHaveLength(2);
});

test('an error of another copy of the package is known by its members', () => {
  expect(isRialtoError(Object.assign(new Error('x'), { code: 'TIMEOUT', retryable: true }))).toBe(true);
  expect(isRialtoError(new Error('x'))).toBe(false);
});

test('every exit code is one that the command line documents', () => {
  const documented = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 130];
  expect(Object.values(errorCodes).filter(({ exit }) => !documented.includes(exit))).toEqual([]);
});
