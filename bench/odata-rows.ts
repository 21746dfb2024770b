/**
 * Splitting the rows of a 40 MB page: readRows against JSON.parse of the whole page, alternating in one run, with the
 * page in chunks of 64 KiB and in one chunk. `npx tsx bench/odata-rows.ts [megabytes]` prints MB/s of both, their ratio
 * and the longest stall of the event loop of each.
 */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { readRows } from '../src/odata/index.ts';

export interface RowsMeasured {
  /** What the rows are like, and how the page arrives. */
  readonly what: string;
  readonly megabytesPerSecond: number;
  readonly parseMegabytesPerSecond: number;
  /** Speed of readRows by that of JSON.parse. */
  readonly ratio: number;
  readonly longestStallMs: number;
  readonly parseLongestStallMs: number;
}

const rounds = 5;
const chunkBytes = 64 * 1024;
/** So that the delay of the event loop is looked at before and after. */
const pauseMs = 10;

/** Measures each kind of row in each way of arriving; best of five, with the two sides taking turns. */
export async function measureRows(megabytes = 40): Promise<readonly RowsMeasured[]> {
  const measured: RowsMeasured[] = [];
  for (const [name, makeRow] of rowKinds) {
    const page = pageOf(makeRow, megabytes);
    for (const chunk of [chunkBytes, page.length]) {
      const what = `${name}, ${chunk === chunkBytes ? 'chunks of 64 KiB' : 'one chunk'}`;
      measured.push(await measurePage(what, page, chunk));
    }
  }
  return measured;
}

/** A line for each measurement. */
export function printRowsMeasured({ what, ratio, ...each }: RowsMeasured): string {
  const ours = `readRows ${each.megabytesPerSecond.toFixed(0)} MB/s`;
  const parse = `JSON.parse ${each.parseMegabytesPerSecond.toFixed(0)} MB/s`;
  const stall = `longest stall ${each.longestStallMs.toFixed(1)} ms against ${each.parseLongestStallMs.toFixed(0)} ms`;
  return `${what}: ${ours}, ${parse}, ratio ${ratio.toFixed(2)}, ${stall}`;
}

const rowKinds: readonly (readonly [name: string, makeRow: (index: number) => unknown])[] = [
  ['flat rows', flatRow],
  ['rows with expanded rows', nestedRow],
  ['rows that are expanded by their own kind', recursiveRow],
  ['rows with long texts', longRow],
  ['rows with numbers beyond a double', exactRow],
];

function flatRow(index: number): unknown {
  return {
    '@odata.etag': `W/"JzEsNTYzNzE0NDU3${index}"`,
    dataAreaId: 'usmf',
    CustomerAccount: `C-${index}`,
    OrganizationName: 'Contoso Retail San Diego',
    Id: `7d1b5c1e-0a1c-ee11-8f6d-${String(index).padStart(12, '0')}`,
    RecId: 5637144576 + index,
    CreditLimit: 1000.25 + index,
    Latitude: 47.64323000000001,
    OnHold: 'No',
    IsActive: true,
    Address: null,
    CreatedOn: '2026-07-30T12:00:00Z',
    ...Object.fromEntries(Array.from({ length: 12 }, (_, field) => [`Field${field}`, `value ${index} of ${field}`])),
  };
}

function lineOf(index: number): unknown {
  return {
    '@odata.etag': `W/"JzAsNTYzNzE0NDU3${index}"`,
    dataAreaId: 'usmf',
    LineNumber: index,
    ItemNumber: `D00${index}`,
    Quantity: index * 1.5,
    Text: 'A line of the order, with what was agreed.',
  };
}

function nestedRow(index: number): unknown {
  return {
    '@odata.etag': `W/"JzEsNTYzNzE0NDU3${index}"`,
    dataAreaId: 'usmf',
    SalesOrderNumber: `S-${index}`,
    Lines: Array.from({ length: index % 9 }, (_, line) => lineOf(line)),
    Amount: 12.5 * index,
    Customer: index % 3 === 0 ? null : { CustomerAccount: `C-${index}`, Addresses: [{ City: 'A' }, { City: 'B' }] },
  };
}

function recursiveRow(index: number): unknown {
  return { ...(lineOf(index) as object), Children: Array.from({ length: index % 9 }, (_, line) => lineOf(line)) };
}

function longRow(index: number): unknown {
  return { Id: index, Text: `Line ${index}, "quoted"\n`.repeat(index % 2_000), Name: 'x' };
}

function exactRow(index: number): unknown {
  return { Id: index, Text: 'a text of some length', Big: '@9007199254740993', Amount: '@12345678901234567890.12' };
}

/** Numbers that JSON.stringify cannot write are texts that begin with `@`. */
function pageOf(makeRow: (index: number) => unknown, megabytes: number): Buffer {
  const rows: string[] = [];
  for (let length = 0; length < megabytes * 1e6; length += (rows.at(-1)?.length ?? 0) + 1) {
    rows.push(JSON.stringify(makeRow(rows.length)).replace(/"@(\d[\d.]*)"/g, '$1'));
  }
  return Buffer.from(`{"@odata.context":"https://host/data/$metadata#Set","value":[${rows.join(',')}]}`);
}

async function measurePage(what: string, page: Buffer, chunk: number): Promise<RowsMeasured> {
  const ours: Timed[] = [];
  const parse: Timed[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await timed(() => countRows(page, chunk)));
    parse.push(await timed(async () => (JSON.parse(page.toString()) as { value: unknown[] }).value.length));
  }
  if (ours[0]?.rows !== parse[0]?.rows) throw new Error(`${what}: ${ours[0]?.rows} rows of ${parse[0]?.rows}.`);
  const speed = (all: readonly Timed[]) => page.length / 1e3 / Math.min(...all.map(({ tookMs }) => tookMs));
  const stall = (all: readonly Timed[]) => Math.max(...all.map(({ stallMs }) => stallMs));
  return {
    what,
    megabytesPerSecond: speed(ours),
    parseMegabytesPerSecond: speed(parse),
    ratio: speed(ours) / speed(parse),
    longestStallMs: stall(ours),
    parseLongestStallMs: stall(parse),
  };
}

async function countRows(page: Buffer, chunk: number): Promise<number> {
  async function* body(): AsyncIterable<Uint8Array> {
    for (let start = 0; start < page.length; start += chunk) yield page.subarray(start, start + chunk);
  }
  let rows = 0;
  for await (const batch of readRows(body()).batches()) rows += batch.length;
  return rows;
}

interface Timed {
  readonly rows: number;
  readonly tookMs: number;
  readonly stallMs: number;
}

async function timed(work: () => Promise<number>): Promise<Timed> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await pause(pauseMs);
  const start = performance.now();
  const rows = await work();
  const tookMs = performance.now() - start;
  await pause(pauseMs);
  delay.disable();
  return { rows, tookMs, stallMs: delay.max / 1e6 };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const each of await measureRows(Number(process.argv[2] ?? 40))) console.log(printRowsMeasured(each));
}
