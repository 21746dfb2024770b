/**
 * Reading many rows: the client against undici with JSON.parse per page and the next page ahead, alternating in one run.
 * `npx tsx bench/read.ts [rows]` prints rows/s of each, their ratio, the longest stall of the event loop and memory.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { createFnoClient, createTransport, silentLog, systemClock, systemIds } from '../src/index.ts';

const rowsWanted = Number(process.argv[2] ?? 200_000);
const rounds = 3;

const server = fork(fileURLToPath(new URL('page-server.ts', import.meta.url)), [String(rowsWanted / 5000)], {
  execArgv: ['--import', 'tsx'],
});
const [{ port, rowBytes }] = (await once(server, 'message')) as [{ port: number; rowBytes: number }];
const environmentUrl = `http://127.0.0.1:${port}`;
const transport = createTransport();
const client = createFnoClient({
  environmentUrl,
  credential: { getToken: async () => ({ token: 'bench', expiresAtMs: Number.MAX_SAFE_INTEGER }) },
  send: transport.send,
  clock: systemClock,
  ids: systemIds,
  log: silentLog,
});

interface Measured {
  readonly rowsPerSecond: number;
  readonly longestStallMs: number;
}

const ours: Measured[] = [];
const limit: Measured[] = [];
for (let round = 0; round < rounds; round += 1) {
  ours.push(await measure(readWithClient));
  limit.push(await measure(readWithUndici));
}
await transport[Symbol.asyncDispose]();
server.kill();

console.log(`${rowsWanted} rows of ${Math.round(rowBytes)} bytes, best of ${rounds}`);
report('client.list', ours);
report('undici + JSON.parse', limit);
console.log(`ratio ${(best(ours) / best(limit)).toFixed(2)}`);
console.log(`peak memory of both together ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);

async function readWithClient(): Promise<number> {
  let rows = 0;
  for await (const _row of client.entitySet('CustomersV3').list()) rows += 1;
  return rows;
}

/** What can be had without features: one page parsed while the next is on its way. */
async function readWithUndici(): Promise<number> {
  interface Page {
    readonly value: readonly unknown[];
    readonly '@odata.nextLink'?: string;
  }
  const fetchPage = async (url: string): Promise<string> => (await request(url)).body.text();
  let rows = 0;
  let pending: Promise<string> | undefined = fetchPage(`${environmentUrl}/data/CustomersV3`);
  while (pending !== undefined) {
    const text: string = await pending;
    const next: string | undefined = /"@odata.nextLink":"([^"]+)"/.exec(text.slice(-300))?.[1];
    pending = next === undefined ? undefined : fetchPage(next);
    rows += (JSON.parse(text) as Page).value.length;
  }
  return rows;
}

async function measure(read: () => Promise<number>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const rows = await read();
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  if (rows !== rowsWanted) throw new Error(`Read ${rows} rows instead of ${rowsWanted}.`);
  return { rowsPerSecond: rows / seconds, longestStallMs: delay.max / 1e6 };
}

function report(name: string, measured: readonly Measured[]): void {
  const stall = Math.min(...measured.map(({ longestStallMs }) => longestStallMs));
  console.log(`${name}: ${Math.round(best(measured))} rows/s, longest stall ${stall.toFixed(0)} ms`);
}

function best(measured: readonly Measured[]): number {
  return Math.max(...measured.map(({ rowsPerSecond }) => rowsPerSecond));
}
