/** A Rialto with a worker and nothing else, as a process that a test can kill. Argument: a JSON object. */

import { fileURLToPath } from 'node:url';
import { silentLog } from '../../src/base/log.ts';
import { readConfig } from '../../src/server/config/config.ts';
import { openContext } from '../../src/server/context.ts';

/** What the process is told. */
export interface WorkerProcessOptions {
  readonly dataDirectory: string;
  /** Left out, the embedded database of the data directory is used. */
  readonly databaseUrl?: string;
}

/** What it prints on standard output once the worker works. */
export const readyLine = 'ready';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { dataDirectory, databaseUrl } = JSON.parse(process.argv[2] ?? '{}') as WorkerProcessOptions;
  const environment = databaseUrl === undefined ? {} : { RIALTO_DATABASE_URL: databaseUrl };
  const config = readConfig({ dataDirectory, emulator: false }, environment, process.cwd());
  const context = await openContext({ config, environment, log: silentLog, signal: new AbortController().signal });
  await context.worker.start();
  process.stdout.write(`${readyLine}\n`);
  process.once('SIGTERM', () => {
    void context[Symbol.asyncDispose]().then(() => process.exit(0));
  });
}
