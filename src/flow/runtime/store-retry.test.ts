import { describe, expect, test } from 'vitest';
import { RialtoError } from '../../base/errors.ts';
import { silentLog } from '../../base/log.ts';
import { testClock } from '../../testing/test-clock.ts';
import { retryStore } from './store-retry.ts';

const limits = { storeBackoffMs: 100, storeBackoffMsMax: 250 };
const unavailable = new RialtoError('STORE_UNAVAILABLE', 'gone', { retryable: true });

function given(failures: number, error: Error = unavailable) {
  const clock = testClock({ start: 0 });
  const stop = new AbortController();
  const times: number[] = [];
  const result = retryStore(
    async () => {
      times.push(clock.now());
      if (times.length <= failures) throw error;
      return 'written';
    },
    { clock, log: silentLog, limits, signal: stop.signal },
  );
  const settled = result.catch((caught: unknown) => caught);
  return { clock, stop, times, settled };
}

describe('retry of the store', () => {
  test('waits longer each time until the database answers', async () => {
    const { clock, times, settled } = given(3);
    await clock.advance(10_000);
    expect(await settled).toBe('written');
    expect(times).toEqual([0, 100, 300, 550]);
  });

  test('does not repeat anything else', async () => {
    const fenced = new RialtoError('RUN_FENCED', 'taken');
    const { times, settled } = given(99, fenced);
    expect(await settled).toBe(fenced);
    expect(times).toHaveLength(1);
  });

  test('ends when the worker stops', async () => {
    const { clock, stop, settled } = given(99);
    await clock.settle();
    stop.abort();
    expect(await settled).toMatchObject({ code: 'ABORTED' });
  });
});
