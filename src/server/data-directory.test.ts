import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDataDirectory } from './data-directory.ts';

const folder = mkdtempSync(join(tmpdir(), 'rialto-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a directory is made with those above it, and taken as it is afterwards', () => {
  const path = join(folder, 'a', 'b');
  openDataDirectory(path);
  openDataDirectory(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test.each([
  ['file', 'it is a file'],
  [join('file', 'below'), 'a part of its path is a file'],
])('%s is refused, because %s', (name, reason) => {
  writeFileSync(join(folder, 'file'), '');
  const path = join(folder, name);
  expect(() => openDataDirectory(path)).toThrow(
    expect.objectContaining({
      code: 'DATA_DIRECTORY_INVALID',
      message: `The data directory '${path}' cannot be used: ${reason}. Choose another with --data-dir.`,
    }),
  );
});
