import { describe, expect, test } from 'vitest';
import { MemoryStore } from './memory-store.ts';
import { noJournal, type RowChange } from './table-store.ts';

function storeOf(): MemoryStore {
  return new MemoryStore({ tables: { letters: { name: '', size: 0 } }, journal: noJournal });
}

function letter(store: MemoryStore, key: string, size: number): RowChange {
  return { table: 'letters', key, row: store.makeRow('letters', { name: key, size }) };
}

describe('memory store', () => {
  test('rows inherit what they do not set and keep only what they do', () => {
    const row = storeOf().makeRow('letters', { name: 'a' });
    expect(row.size).toBe(0);
    expect(Object.keys(row)).toEqual(['name']);
  });

  test('keeps insertion order, also when a row is replaced', () => {
    const store = storeOf();
    store.commit([letter(store, 'b', 1), letter(store, 'a', 2)]);
    store.commit([letter(store, 'b', 3)]);
    expect(
      store
        .table('letters')
        .rows()
        .map((row) => `${row.name}${row.size}`),
    ).toEqual(['b3', 'a2']);
  });

  test('what was derived from the rows is made again after a change', () => {
    const store = storeOf();
    store.commit([letter(store, 'a', 1)]);
    const table = store.table('letters');
    expect(table.groups('size').get(1)).toHaveLength(1);
    store.commit([letter(store, 'b', 1)]);
    expect(table.groups('size').get(1)).toHaveLength(2);
    store.commit([{ table: 'letters', key: 'a', row: undefined }]);
    expect(
      table
        .groups('size')
        .get(1)
        ?.map((row) => row.name),
    ).toEqual(['b']);
  });

  test('an unknown table is named', () => {
    expect(() => storeOf().table('digits')).toThrow(/no table 'digits'/);
  });
});
