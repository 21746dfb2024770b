import { describe, expect, test } from 'vitest';
import { ExecutionSlots } from './execution-slots.ts';

const never = new AbortController().signal;

describe('execution slots', () => {
  test('gives no more than there are', () => {
    const slots = new ExecutionSlots(3);
    expect(slots.takeFree(2)).toBe(2);
    expect(slots.takeFree(2)).toBe(1);
    expect(slots.takeFree(1)).toBe(0);
    slots.release(2);
    expect(slots.takeFree(5)).toBe(2);
  });

  test('hands a slot to those who wait in their order, before anyone else', async () => {
    const slots = new ExecutionSlots(1);
    await slots.take(never);
    const order: string[] = [];
    const first = slots.take(never).then(() => order.push('first'));
    const second = slots.take(never).then(() => order.push('second'));
    expect(slots.takeFree(1)).toBe(0);
    slots.release();
    await first;
    expect(slots.takeFree(1)).toBe(0);
    slots.release();
    await second;
    expect(order).toEqual(['first', 'second']);
  });

  test('one who gives up waiting loses no slot', async () => {
    const slots = new ExecutionSlots(1);
    await slots.take(never);
    const abort = new AbortController();
    const waiting = slots.take(abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(slots.take(abort.signal)).rejects.toMatchObject({ code: 'ABORTED' });
    slots.release();
    expect(slots.takeFree(1)).toBe(1);
  });
});
