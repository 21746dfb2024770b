/**
 * A Rialto with a worker and nothing else, as a process that a test can kill. Argument: a JSON object. It runs the built
 * package: workers are started often here, and built modules load in a third of the time.
 */

import { fileURLToPath } from 'node:url';

/** What the process is told. */
export interface WorkerProcessOptions {
  readonly dataDirectory: string;
  /** Left out, the embedded database of the data directory is used. */
  readonly databaseUrl?: string;
}

/** What it prints on standard output once the worker works. */
export const readyLine = 'ready';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = new URL('../../dist/', import.meta.url);
  const { silentLog }: typeof import('../../src/base/log.ts') = await import(`${dist}base/log.js`);
  const { readConfig }: typeof import('../../src/server/config/config.ts') = await import(
    `${dist}server/config/config.js`
  );
  const { openContext }: typeof import('../../src/server/context.ts') = await import(`${dist}server/context.js`);
  const { dataDirectory, databaseUrl } = JSON.parse(process.argv[2] ?? '{}') as WorkerProcessOptions;
  const environment = databaseUrl === undefined ? {} : { RIALTO_DATABASE_URL: databaseUrl };
  const config = readConfig({ dataDirectory, emulator: false }, environment, process.cwd());
  const context = await openContext({ config, environment, log: silentLog, signal: new AbortController().signal });
  await context.worker.start();
  process.stdout.write(`${readyLine}\n`);
}
