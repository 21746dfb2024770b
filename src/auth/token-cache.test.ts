import { describe, expect, test } from 'vitest';
import { RialtoError } from '../base/errors.ts';
import { seededIds } from '../base/ids.ts';
import { silentLog } from '../base/log.ts';
import { scriptedClock } from '../http/scripted-clock.case.ts';
import { cachedCredential } from './token-cache.ts';
import type { TokenCredential } from './token-credential.ts';

const audience = 'https://contoso.example';
const hourMs = 3_600_000;

function givenCache(lifeMs = hourMs) {
  const clock = scriptedClock();
  const asked: string[] = [];
  let failure: Error | undefined;
  const source: TokenCredential = {
    async getToken(request) {
      asked.push(request.audience);
      if (failure !== undefined) throw failure;
      return { token: `token-${asked.length}`, expiresAtMs: clock.now() + lifeMs };
    },
  };
  const credential = cachedCredential(source, { clock, ids: seededIds(3), log: silentLog });
  return {
    clock,
    asked,
    credential,
    fail(error: Error | undefined) {
      failure = error;
    },
  };
}

describe('token cache', () => {
  test('five that ask at once cause one request', async () => {
    const { credential, asked } = givenCache();
    const tokens = await Promise.all(Array.from({ length: 5 }, () => credential.getToken({ audience })));
    expect(new Set(tokens.map((token) => token.token))).toEqual(new Set(['token-1']));
    expect(asked).toHaveLength(1);
  });

  test('spellings of one environment share a token; environments do not', async () => {
    const { credential, asked } = givenCache();
    await credential.getToken({ audience: 'https://Contoso.example/data/' });
    await credential.getToken({ audience });
    await credential.getToken({ audience: 'https://other.example' });
    expect(asked).toEqual([audience, 'https://other.example']);
  });

  test('a token is renewed 5 to 6 minutes before it expires', async () => {
    const { credential, clock } = givenCache();
    await credential.getToken({ audience });
    clock.advance(hourMs - 360_001);
    expect((await credential.getToken({ audience })).token).toBe('token-1');
    clock.advance(60_001);
    expect((await credential.getToken({ audience })).token).toBe('token-2');
  });

  test('a short-lived token is kept for half of its life', async () => {
    const { credential, clock } = givenCache(60_000);
    await credential.getToken({ audience });
    clock.advance(29_000);
    expect((await credential.getToken({ audience })).token).toBe('token-1');
    clock.advance(1000);
    expect((await credential.getToken({ audience })).token).toBe('token-2');
  });

  test('a rejected token is not handed out again; a newer one is', async () => {
    const { credential, asked } = givenCache();
    const { token } = await credential.getToken({ audience });
    const both = await Promise.all([
      credential.getToken({ audience, rejectedToken: token }),
      credential.getToken({ audience, rejectedToken: token }),
    ]);
    expect(both.map((one) => one.token)).toEqual(['token-2', 'token-2']);
    expect((await credential.getToken({ audience, rejectedToken: token })).token).toBe('token-2');
    expect(asked).toHaveLength(2);
  });

  test('the old token serves while a renewal fails for a passing reason, and no longer than it is valid', async () => {
    const { credential, clock, fail } = givenCache();
    await credential.getToken({ audience });
    clock.advance(hourMs - 60_000);
    fail(new RialtoError('AUTH_FAILED', 'busy', { retryable: true }));
    expect((await credential.getToken({ audience })).token).toBe('token-1');
    clock.advance(60_000);
    await expect(credential.getToken({ audience })).rejects.toThrow('busy');
  });

  test('a lasting refusal is told at once', async () => {
    const { credential, clock, fail } = givenCache();
    await credential.getToken({ audience });
    clock.advance(hourMs - 60_000);
    fail(new RialtoError('AUTH_SECRET_INVALID', 'expired'));
    await expect(credential.getToken({ audience })).rejects.toMatchObject({ code: 'AUTH_SECRET_INVALID' });
  });
});
