/** Every subpath of package.json#exports has its index, lists what it exports by name, and loads. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { projectRoot } from './source-files.ts';

const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  exports: Record<string, { types: string; default: string } | string>;
};
const subpaths = Object.entries(manifest.exports).filter(
  (entry): entry is [string, { types: string; default: string }] => typeof entry[1] === 'object',
);

test('the public subpaths are those of the design', () => {
  expect(subpaths.map(([subpath]) => subpath)).toEqual([
    '.',
    './odata',
    './client',
    './fno',
    './dataverse',
    './connector',
    './flow',
    './emulator',
    './testing',
    './errors',
  ]);
});

for (const [subpath, target] of subpaths) {
  test(`'${subpath}' resolves to a module that exports something`, async () => {
    const source = join(projectRoot, target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
    expect(existsSync(source), `${subpath} → ${source}`).toBe(true);
    expect(target.types).toBe(target.default.replace(/\.js$/, '.d.ts'));
    const exported = (await import(pathToFileURL(source).href)) as Record<string, unknown>;
    expect(Object.keys(exported).length).toBeGreaterThan(0);
  });
}
