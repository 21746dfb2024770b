/** The web pages, built from their sources into a folder of the test's own. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface BuiltPages {
  readonly directory: string;
  remove(): void;
}

/** Builds as the package does, but not into `dist`, which another build may be emptying. */
export async function buildPages(): Promise<BuiltPages> {
  const directory = mkdtempSync(join(tmpdir(), 'rialto-pages-'));
  const configFile = fileURLToPath(new URL('../../src/ui/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'warn', build: { outDir: directory } });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
