import { describe, expect, test } from 'vitest';
import { testClock } from './test-clock.ts';

describe('test clock', () => {
  test('stands still until it is moved', async () => {
    const clock = testClock({ start: 1_000 });
    expect(clock.now()).toBe(1_000);
    await clock.advance(500);
    expect(clock.now()).toBe(1_500);
    expect(clock.monotonicMs()).toBe(1_500);
  });

  test('wakes sleeps in the order in which they fall due, each at its time', async () => {
    const clock = testClock({ start: 0 });
    const woken: string[] = [];
    async function sleeper(name: string, ms: number): Promise<void> {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.now()}`);
    }
    void sleeper('late', 300);
    void sleeper('early', 100);
    expect(clock.pendingSleeps).toEqual([100, 300]);
    await clock.advance(299);
    expect(woken).toEqual(['early at 100']);
    await clock.advance(1);
    expect(woken).toEqual(['early at 100', 'late at 300']);
  });

  test('wakes a sleep that begins while time is moved', async () => {
    const clock = testClock({ start: 0 });
    const woken: number[] = [];
    async function ticker(): Promise<void> {
      for (let turn = 0; turn < 3; turn += 1) {
        await clock.sleep(10);
        woken.push(clock.now());
      }
    }
    void ticker();
    await clock.advance(100);
    expect(woken).toEqual([10, 20, 30]);
  });

  test('rejects an aborted sleep with ABORTED', async () => {
    const clock = testClock();
    const abort = new AbortController();
    const sleep = clock.sleep(10, abort.signal);
    abort.abort();
    await expect(sleep).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(clock.sleep(10, abort.signal)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(clock.pendingSleeps).toEqual([]);
  });
});
