/** A floor imports only what its row allows; no import runs in a circle. */

import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, isTestFile, sourceFiles } from './source-files.ts';

interface Floor {
  /** Folder, or single file, below `src`. */
  readonly path: string;
  /** Floors, folders or files that it may import; itself always. `type:` allows types only. */
  readonly mayImport: readonly string[];
  /** npm packages, by name. */
  readonly packages?: readonly string[];
}

/** The import table; the longest matching path is a file's floor. */
const floors: readonly Floor[] = [
  { path: 'base', mayImport: [] },
  { path: 'odata', mayImport: ['base'] },
  { path: 'http', mayImport: ['base'], packages: ['undici'] },
  { path: 'auth', mayImport: ['base', 'http'], packages: ['openid-client', 'jose'] },
  { path: 'client', mayImport: ['base', 'odata', 'http', 'type:auth'] },
  { path: 'dynamics/fno', mayImport: ['base', 'odata', 'client', 'type:http'] },
  { path: 'dynamics/dataverse', mayImport: ['base', 'odata', 'client', 'type:http'] },
  { path: 'connector/contract.ts', mayImport: ['base'] },
  {
    path: 'connector',
    mayImport: ['base', 'odata', 'client', 'dynamics', 'auth', 'type:http'],
    packages: ['zod', 'ajv'],
  },
  { path: 'flow/expression', mayImport: ['base'], packages: ['saxes', 'xpath'] },
  { path: 'flow/definition', mayImport: ['base', 'flow/expression'], packages: ['yauzl'] },
  { path: 'flow/engine', mayImport: ['base', 'flow/definition', 'flow/expression'] },
  { path: 'flow/store', mayImport: ['base', 'type:flow/engine'], packages: ['pg'] },
  { path: 'flow/runtime/dbos', mayImport: ['base', 'flow'], packages: ['@dbos-inc/dbos-sdk', 'pg'] },
  { path: 'flow/runtime', mayImport: ['base', 'flow', 'connector/contract.ts'] },
  { path: 'flow/index.ts', mayImport: ['base', 'flow/definition', 'flow/expression', 'flow/engine'] },
  { path: 'emulator', mayImport: ['base', 'odata', 'http'], packages: ['jose'] },
  {
    path: 'testing',
    mayImport: ['base', 'odata', 'http', 'auth', 'client', 'dynamics', 'connector', 'flow', 'emulator'],
  },
  {
    path: 'server',
    mayImport: ['base', 'odata', 'http', 'auth', 'client', 'dynamics', 'connector', 'flow', 'emulator', 'testing'],
    packages: ['fastify', '@fastify/static', 'zod', 'pino'],
  },
  {
    path: 'cli',
    mayImport: ['base', 'odata', 'http', 'auth', 'client', 'dynamics', 'connector', 'flow', 'emulator', 'server'],
    packages: ['commander', 'cli-table3'],
  },
  {
    path: 'ui',
    mayImport: ['type:server/wire.ts'],
    packages: [
      'react',
      'react-dom',
      '@fluentui/react-components',
      '@fluentui/react-icons',
      '@tanstack/react-query',
      'wouter',
      'vite',
      '@vitejs/plugin-react',
    ],
  },
  { path: 'index.ts', mayImport: ['base', 'http', 'auth', 'client', 'dynamics'] },
  { path: 'errors.ts', mayImport: ['base'] },
];

const files = sourceFiles('src').filter((file) => !isTestFile(file.path));

test('every source file stands on a floor of the import table', () => {
  expect(files.filter((file) => floorOf(file.path) === undefined).map((file) => file.path)).toEqual([]);
});

test('a floor imports only what its row of the import table allows', () => {
  const violations = files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => !isAllowed(file.path, imported))
      .map((imported) => `${file.path} imports ${imported.specifier}`),
  );
  expect(violations).toEqual([]);
});

test('no import of values runs in a circle', () => {
  const graph = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .filter((imported) => !imported.isTypeOnly && imported.specifier.startsWith('.'))
        .map((imported) => resolve(file.path, imported.specifier)),
    ]),
  );
  expect(cyclesOf(graph)).toEqual([]);
});

function floorOf(path: string): Floor | undefined {
  const below = path.replace(/^src\//, '');
  return floors
    .filter((floor) => below === floor.path || below.startsWith(`${floor.path}/`))
    .sort((left, right) => right.path.length - left.path.length)[0];
}

function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}

function isAllowed(from: string, imported: { specifier: string; isTypeOnly: boolean }): boolean {
  const floor = floorOf(from);
  if (floor === undefined) return false;
  const { specifier } = imported;
  if (specifier.startsWith('node:')) return floor.path !== 'ui' || from.endsWith('vite.config.ts');
  if (!specifier.startsWith('.')) return (floor.packages ?? []).includes(packageName(specifier));
  const target = resolve(from, specifier).replace(/^src\//, '');
  return [floor.path, ...floor.mayImport].some((allowed) => {
    const isTypeOnly = allowed.startsWith('type:');
    const path = isTypeOnly ? allowed.slice('type:'.length) : allowed;
    return (target === path || target.startsWith(`${path}/`)) && (!isTypeOnly || imported.isTypeOnly);
  });
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  function visit(path: string, trail: readonly string[]): void {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  }
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}
