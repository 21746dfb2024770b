/**
 * Builds what is published: `dist/` with modules and types, and the web pages in `dist/ui`. It is built beside and put in
 * place when it is whole, so that what runs from `dist/` meanwhile is not disturbed.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const draft = mkdtempSync(join(root, '.dist-'));
chmodSync(draft, 0o755);

try {
  run('Modules and types', 'node_modules/typescript7/bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', draft]);
  run('Web pages', 'node_modules/vite/bin/vite.js', [
    'build',
    ...['--config', 'src/ui/vite.config.ts'],
    ...['--outDir', join(draft, 'ui'), '--emptyOutDir'],
    ...['--logLevel', 'warn'],
  ]);
  for (const made of ['index.js', 'index.d.ts', 'cli/main.js', 'ui/index.html']) {
    if (!existsSync(join(draft, made))) throw new Error(`The build did not make dist/${made}.`);
  }
  const old = `${draft}-old`;
  if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
  renameSync(draft, join(root, 'dist'));
  rmSync(old, { recursive: true, force: true });
} finally {
  rmSync(draft, { recursive: true, force: true });
}

function run(what: string, script: string, args: readonly string[]): void {
  const result = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) throw new Error(`${what}: the build failed.`);
}
