import { describe, expect, test } from 'vitest';
import { singleFlight } from './single-flight.ts';

function givenCall() {
  const signals: AbortSignal[] = [];
  const settle: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const call = singleFlight(
    (signal) =>
      new Promise<string>((resolve, reject) => {
        signals.push(signal);
        settle.push({ resolve, reject });
      }),
  );
  return { call, signals, settle };
}

describe('single flight', () => {
  test('many callers share one call', async () => {
    const { call, settle } = givenCall();
    const both = Promise.all([call(), call()]);
    settle[0]?.resolve('once');
    expect(await both).toEqual(['once', 'once']);
    expect(settle).toHaveLength(1);
  });

  test('the next call after a landing starts anew, after a failure too', async () => {
    const { call, settle } = givenCall();
    const failing = call();
    settle[0]?.reject(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    const second = call();
    settle[1]?.resolve('yes');
    expect(await second).toBe('yes');
  });

  test('an abort ends one wait only', async () => {
    const { call, settle, signals } = givenCall();
    const cancel = new AbortController();
    const impatient = call(cancel.signal);
    const patient = call();
    cancel.abort();
    await expect(impatient).rejects.toMatchObject({ code: 'ABORTED' });
    expect(signals[0]?.aborted).toBe(false);
    settle[0]?.resolve('here');
    expect(await patient).toBe('here');
  });

  test('the call is aborted when nobody waits any more, and a newcomer starts another', async () => {
    const { call, settle, signals } = givenCall();
    const cancel = new AbortController();
    const only = call(cancel.signal);
    cancel.abort();
    await expect(only).rejects.toMatchObject({ code: 'ABORTED' });
    expect(signals[0]?.aborted).toBe(true);
    const newcomer = call();
    settle[1]?.resolve('fresh');
    expect(await newcomer).toBe('fresh');
  });
});
