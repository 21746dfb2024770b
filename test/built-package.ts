/** Builds the package once before the tests that see it as users do. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Global setup of the process tests. */
export function setup(): void {
  const script = fileURLToPath(new URL('../build.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', script], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The package does not build.');
}
