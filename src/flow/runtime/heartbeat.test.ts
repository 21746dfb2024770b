import { describe, expect, test } from 'vitest';
import { testClock } from '../../testing/test-clock.ts';
import { beatMoment, Heartbeat } from './heartbeat.ts';

describe('heartbeat', () => {
  test('confirms life at once while the last beat is young', async () => {
    const clock = testClock();
    const heartbeat = new Heartbeat(clock, 3_000);
    await clock.advance(2_999);
    await heartbeat.confirm();
  });

  test('holds effects back when the last beat is too old, until the next one', async () => {
    const clock = testClock();
    const heartbeat = new Heartbeat(clock, 3_000);
    await clock.advance(3_000);
    let isConfirmed = false;
    const confirmed = heartbeat.confirm().then(() => {
      isConfirmed = true;
    });
    await clock.settle();
    expect(isConfirmed).toBe(false);
    heartbeat.beaten(beatMoment(clock));
    await confirmed;
    expect(isConfirmed).toBe(true);
  });

  test('holds effects back after a sleep of the machine that the monotonic clock did not count', async () => {
    const clock = testClock();
    const heartbeat = new Heartbeat({ ...clock, now: clock.now, monotonicMs: () => 0 }, 3_000);
    await clock.advance(3_000);
    let isConfirmed = false;
    void heartbeat.confirm().then(() => {
      isConfirmed = true;
    });
    await clock.settle();
    expect(isConfirmed).toBe(false);
  });
});
