import { describe, expect, test } from 'vitest';
import { RowsAhead } from './rows-ahead.ts';

function rows(...numbers: readonly number[]) {
  return numbers.map((number) => ({ number }));
}

describe('rows ahead', () => {
  test('gives back what was put, in order, and undefined at the end', async () => {
    const ahead = new RowsAhead(100);
    await ahead.put(rows(1, 2));
    await ahead.put(rows(3));
    ahead.end();
    expect(await ahead.take()).toEqual([rows(1, 2), rows(3)]);
    expect(await ahead.take()).toBeUndefined();
  });

  test('keeps the writer waiting while it is full', async () => {
    const ahead = new RowsAhead(2);
    let isThrough = false;
    const put = ahead.put(rows(1, 2)).then(() => {
      isThrough = true;
    });
    await Promise.resolve();
    expect(isThrough).toBe(false);
    expect(await ahead.take()).toEqual([rows(1, 2)]);
    await put;
    expect(isThrough).toBe(true);
  });

  test('wakes a reader that came first', async () => {
    const ahead = new RowsAhead(2);
    const taken = ahead.take();
    await ahead.put(rows(1));
    expect(await taken).toEqual([rows(1)]);
  });

  test('tells a failure after the records that came before it', async () => {
    const ahead = new RowsAhead(10);
    await ahead.put(rows(1));
    ahead.end(new Error('broken'));
    expect(await ahead.take()).toEqual([rows(1)]);
    await expect(ahead.take()).rejects.toThrow('broken');
  });

  test('lets a waiting writer go when the reader leaves', async () => {
    const ahead = new RowsAhead(1);
    const put = ahead.put(rows(1));
    ahead.end();
    await put;
  });
});
