import { defineConfig } from 'vitest/config';

/** Unit: pure and fast, in threads that share their modules. Process: starts databases, servers, browsers, workers. */
export default defineConfig({
  test: {
    // Twice the cores of a small machine: the process tests mostly wait for processes of their own.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'test/house/**/*.test.ts', 'test/property/**/*.test.ts'],
          exclude: ['src/**/*.process.test.ts', 'src/ui/**'],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        test: {
          name: 'process',
          include: ['src/**/*.process.test.ts', 'test/{conformance,crash,e2e,integration}/**/*.test.ts'],
          exclude: ['src/ui/**'],
          globalSetup: ['test/built-package.ts'],
          pool: 'forks',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
