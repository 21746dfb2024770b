import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededIds } from '../base/ids.ts';
import { readOrCreateKey } from './key-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the key is made once, for its owner alone, and read ever after', () => {
  const path = join(folder, 'data', 'secret.key');
  const key = readOrCreateKey(path, seededIds(1));
  expect(key).toHaveLength(32);
  expect(readOrCreateKey(path, seededIds(2))).toEqual(key);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a file that holds no key is refused, not replaced', () => {
  const path = join(folder, 'secret.key');
  writeFileSync(path, 'something else');
  expect(() => readOrCreateKey(path, seededIds(1))).toThrow(/does not hold a key/);
});
