/** Builds the package before the tests that see it as users do, unless the last build is of these sources. */

import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Global setup of the process tests. */
export function setup(): void {
  if (newestChange('src') < newestChange('dist')) return;
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'build.ts')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The package does not build.');
}

/** When something in the folder changed last, in milliseconds since 1970; 0 when there is no such folder. */
function newestChange(folder: string): number {
  const changed = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed(join(root, folder)) === 0) return 0;
  return Math.max(
    ...readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
      changed(join(root, folder, path)),
    ),
  );
}
