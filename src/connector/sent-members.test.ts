import { describe, expect, test } from 'vitest';
import { hasSentMembers } from './sent-members.ts';

describe('what was sent against what is stored', () => {
  test.each([
    [{ LanguageId: 'en-us' }, { LanguageId: 'en-US' }],
    [{ Name: '' }, { Name: '' }],
    [{ Name: null }, { Name: '' }],
    [{ Amount: 10 }, { Amount: 10n }],
    [{ Date: '2026-07-23' }, { Date: '2026-07-23T12:00:00Z' }],
    [{ Time: '2026-07-23T12:00:00+02:00' }, { Time: '2026-07-23T10:00:00Z' }],
    [{ 'ownerid@odata.bind': '/teams(1)' }, {}],
  ])('%o is in %o', (sent, stored) => {
    expect(hasSentMembers(stored, sent)).toBe(true);
  });

  test.each([
    [{ Name: 'A' }, { Name: 'B' }],
    [{ Name: 'A' }, {}],
    [{ Amount: 10 }, { Amount: 11 }],
    [{ Flag: true }, { Flag: false }],
    [{ Date: '2026-07-23' }, { Date: '2026-07-24T12:00:00Z' }],
  ])('%o is not in %o', (sent, stored) => {
    expect(hasSentMembers(stored, sent)).toBe(false);
  });
});
