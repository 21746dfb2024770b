/** The built web pages: built anew when their sources are newer. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const sources = join(projectRoot, 'src/ui');

/** Directory of the pages as the package ships them. */
export const pagesDirectory = join(projectRoot, 'dist/ui');

/** Builds the pages when there are none, or older ones. */
export async function buildPages(): Promise<void> {
  const page = join(pagesDirectory, 'index.html');
  const builtAt = existsSync(page) ? statSync(page).mtimeMs : 0;
  const changedAt = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((path) => statSync(join(sources, path)).mtimeMs)
    .reduce((latest, time) => Math.max(latest, time), 0);
  if (changedAt > builtAt) await build({ configFile: join(sources, 'vite.config.ts'), logLevel: 'warn' });
}
