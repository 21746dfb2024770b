import { expect, test } from 'vitest';
import { isoInstant, parseInstant, systemClock } from './clock.ts';

test('a sleep ends with ABORTED as soon as its signal aborts', async () => {
  const controller = new AbortController();
  const sleep = systemClock.sleep(60_000, controller.signal);
  controller.abort();
  await expect(sleep).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(systemClock.sleep(60_000, controller.signal)).rejects.toMatchObject({ code: 'ABORTED' });
});

test('instants are written in UTC and read back', () => {
  expect(isoInstant(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(parseInstant('2026-05-04T07:02:11Z')).toBe(Date.UTC(2026, 4, 4, 7, 2, 11));
  expect(parseInstant('tomorrow')).toBeUndefined();
});
