/**
 * A Rialto with a worker and nothing else, as a process that a test can kill. Argument: a JSON object. It runs the built
 * package and is plain JavaScript: workers are started often here.
 */

import { silentLog } from '../../dist/base/log.js';
import { readConfig } from '../../dist/server/config/config.js';
import { openContext } from '../../dist/server/context.js';

const { dataDirectory, databaseUrl } = JSON.parse(process.argv[2] ?? '{}');
const environment = databaseUrl === undefined ? {} : { RIALTO_DATABASE_URL: databaseUrl };
const config = readConfig({ dataDirectory, emulator: false }, environment, process.cwd());
const context = await openContext({ config, environment, log: silentLog, signal: new AbortController().signal });
await context.worker.start();
process.stdout.write('ready\n');
