import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { supportMatrix, supportPage } from './support-matrix.ts';

describe('support matrix', () => {
  test('docs/reference/emulator.md is what the routes and options say', async () => {
    const page = await readFile(new URL('../../docs/reference/emulator.md', import.meta.url), 'utf8');
    expect(page).toBe(supportPage());
  });

  test('what is not supported has a named code', () => {
    const unsupported = supportMatrix().filter((entry) => !entry.isSupported);
    expect(unsupported.length).toBeGreaterThan(5);
    for (const entry of unsupported) expect(entry.code).toMatch(/^Emulator\.NotImplemented\.\w+$/);
  });
});
