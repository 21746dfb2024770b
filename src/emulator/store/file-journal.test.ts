import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type JournalledChange, openFileJournal } from './file-journal.ts';
import type { ChangeJournal } from './table-store.ts';

let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rialto-journal-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function open(header = { format: 'test' }): Promise<{ journal: ChangeJournal; replayed: JournalledChange[] }> {
  const replayed: JournalledChange[] = [];
  const path = join(directory, 'a.journal');
  const journal = await openFileJournal({ path, header, writesPendingMax: 100 }, (changes) => {
    replayed.push(...changes);
  });
  return { journal, replayed };
}

describe('file journal', () => {
  test('gives back at the next start what was appended, in order', async () => {
    const first = await open();
    first.journal.append([{ table: 't', key: 'a', row: { n: 1, big: 12345678901234567890n } }]);
    first.journal.append([
      { table: 't', key: 'b', row: { text: 'line\nbreak' } },
      { table: 't', key: 'a', row: undefined },
    ]);
    await first.journal.flushed();
    await first.journal.close();
    const second = await open();
    expect(second.replayed).toEqual([
      { table: 't', key: 'a', row: { n: 1, big: 12345678901234567890n } },
      { table: 't', key: 'b', row: { text: 'line\nbreak' } },
      { table: 't', key: 'a', row: undefined },
    ]);
    await second.journal.close();
  });

  test('drops a half-written last line, and appends behind the whole ones', async () => {
    const path = join(directory, 'a.journal');
    const first = await open();
    first.journal.append([{ table: 't', key: 'a', row: { n: 1 } }]);
    await first.journal.close();
    await appendFile(path, '{"changes":[["t","b",{"n"');
    const second = await open();
    expect(second.replayed.map((change) => change.key)).toEqual(['a']);
    second.journal.append([{ table: 't', key: 'c', row: { n: 3 } }]);
    await second.journal.close();
    const third = await open();
    expect(third.replayed.map((change) => change.key)).toEqual(['a', 'c']);
    await third.journal.close();
  });

  test('a file that holds only half a header starts anew', async () => {
    await writeFile(join(directory, 'a.journal'), '{"form');
    const { journal, replayed } = await open();
    expect(replayed).toEqual([]);
    await journal.close();
    expect(await readFile(join(directory, 'a.journal'), 'utf8')).toBe('{"format":"test"}\n');
  });

  test('a damaged line in the middle is named and nothing is cut off', async () => {
    const path = join(directory, 'a.journal');
    await writeFile(path, '{"format":"test"}\nrubbish\n{"changes":[]}\n');
    const { size } = await stat(path);
    await expect(open()).rejects.toThrow(/line 2 is damaged/);
    expect((await stat(path)).size).toBe(size);
  });

  test('a journal of other sample data is refused', async () => {
    const { journal } = await open({ format: 'test' });
    await journal.close();
    await expect(open({ format: 'other' })).rejects.toMatchObject({ code: 'EMULATOR_DATA_INVALID' });
  });

  test('a journal that another one writes to as well is written no more', async () => {
    const first = await open();
    const second = await open();
    second.journal.append([{ table: 't', key: 'a', row: { n: 1 } }]);
    await second.journal.flushed();
    first.journal.append([{ table: 't', key: 'b', row: { n: 2 } }]);
    await expect(first.journal.flushed()).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' });
    await expect(first.journal.close()).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' });
    await second.journal.close();
    const third = await open();
    expect(third.replayed.map((change) => change.key)).toEqual(['a']);
    await third.journal.close();
  });

  test('only its owner can read it', async () => {
    const { journal } = await open();
    await journal.close();
    expect((await stat(join(directory, 'a.journal'))).mode & 0o777).toBe(0o600);
  });
});
