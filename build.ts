/** Builds what is published: `dist/` with modules and types, and the web pages in `dist/ui`. */

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });
run('Modules and types', 'node_modules/typescript7/bin/tsc', ['-p', 'tsconfig.build.json']);
run('Web pages', 'node_modules/vite/bin/vite.js', ['build', '--config', 'src/ui/vite.config.ts', '--logLevel', 'warn']);
for (const made of ['dist/index.js', 'dist/index.d.ts', 'dist/cli/main.js', 'dist/ui/index.html']) {
  if (!existsSync(`${root}${made}`)) throw new Error(`The build did not make ${made}.`);
}

function run(what: string, script: string, args: readonly string[]): void {
  const result = spawnSync(process.execPath, [`${root}${script}`, ...args], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    process.stderr.write(`${what}: the build failed.\n`);
    process.exit(1);
  }
}
