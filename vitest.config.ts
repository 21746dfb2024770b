import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** Unit: pure and fast, in threads that share their modules. Process: starts databases, servers, browsers, workers. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Transformed modules are kept on disk: the process tests load most of them, each file in a process of its own.
    experimental: { fsModuleCache: true, fsModuleCachePath: 'node_modules/.vitest-modules' },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/house/**/*.test.ts', 'test/property/**/*.test.ts'],
          exclude: ['src/**/*.process.test.ts', 'src/ui/**'],
          pool: 'threads',
          isolate: false,
          // Few workers, as each loads the modules for itself.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'process',
          include: ['src/**/*.process.test.ts', 'test/{conformance,crash,e2e,integration}/**/*.test.ts'],
          exclude: ['src/ui/**'],
          globalSetup: ['test/built-package.ts'],
          pool: 'forks',
          // They mostly wait for processes of their own.
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
