/**
 * Reading metadata documents: `readCsdlXml` against a bare scan of the same bytes with saxes, alternating in one run, and
 * the cached form of the model. `npx tsx bench/odata-csdl.ts [file]` does so for a generated document of 40 MB and for the
 * file, and prints the memory of a fresh process that reads the file.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SaxesParser } from 'saxes';
import { type Model, readCsdlXml, readModelCache, writeModelCache } from '../src/odata/index.ts';
import { fnoMetadata } from './fno-metadata.ts';

const rounds = 3;
const sliceBytes = 64 * 1024;
const source = 'bench';

/** Prints seconds, ratios, stalls and memory. */
export async function benchCsdl(file?: string): Promise<void> {
  await benchDocument('generated like F&O', fnoMetadata(6500));
  if (file === undefined) return;
  await benchDocument(file, readFileSync(file));
  const { before, peak } = memoryOf(file);
  console.log(`  fresh process: ${peak} MB at most, of them ${before} MB before it reads`);
}

async function benchDocument(name: string, bytes: Uint8Array): Promise<void> {
  const ours: number[] = [];
  const bare: number[] = [];
  const stalls: number[] = [];
  let model: Model | undefined;
  for (let round = 0; round < rounds; round += 1) {
    collectGarbage();
    bare.push(await secondsOf(() => scan(bytes)));
    collectGarbage();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    ours.push(
      await secondsOf(async () => {
        model = await readCsdlXml(chunksOf(bytes));
      }),
    );
    delay.disable();
    stalls.push(delay.max / 1e6);
  }
  if (model === undefined) return;
  const types = model.entityTypes.length + model.complexTypes.length + model.enumTypes.length;
  console.log(`${name}: ${(bytes.length / 1e6).toFixed(1)} MB, ${types} types, best of ${rounds}`);
  console.log(
    `  readCsdlXml ${best(ours).toFixed(3)} s, saxes alone ${best(bare).toFixed(3)} s, ratio ${ratio(best(ours), best(bare))}`,
    `(first round ${ratio(ours[0] ?? 0, bare[0] ?? 0)}); longest stall ${Math.max(...stalls).toFixed(0)} ms, in the calmest round ${best(stalls).toFixed(0)} ms`,
  );
  await benchCache(model, best(ours));
}

async function benchCache(model: Model, readSeconds: number): Promise<void> {
  const writes: number[] = [];
  const loads: number[] = [];
  let cache = new Uint8Array();
  for (let round = 0; round < rounds; round += 1) {
    writes.push(
      await secondsOf(() => {
        cache = new Uint8Array(writeModelCache(model, { source }));
      }),
    );
    loads.push(
      await secondsOf(() => {
        const loaded = readModelCache(cache, { source });
        if (loaded?.entitySet(model.entitySets[0]?.name ?? '') === undefined)
          throw new Error('The cache is not the model.');
      }),
    );
  }
  console.log(
    `  cache of ${(cache.length / 1e6).toFixed(1)} MB: written in ${milliseconds(writes)} ms,`,
    `loaded with one lookup in ${milliseconds(loads)} ms, ratio to reading ${ratio(best(loads), readSeconds)}`,
  );
}

/** What reading costs anyway: tags and texts found, and nothing done with them. */
function scan(bytes: Uint8Array): void {
  const parser = new SaxesParser();
  parser.on('opentag', () => {});
  parser.on('closetag', () => {});
  parser.on('text', () => {});
  const decoder = new TextDecoder();
  for (let start = 0; start < bytes.length; start += sliceBytes) {
    parser.write(decoder.decode(bytes.subarray(start, start + sliceBytes), { stream: true }));
  }
  parser.close();
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += sliceBytes) yield bytes.subarray(start, start + sliceBytes);
}

/** Megabytes that a process of its own has in use at most, and just before it reads: plain modules, as users have them. */
function memoryOf(file: string): { readonly before: number; readonly peak: number } {
  const folder = mkdtempSync(join(tmpdir(), 'bench-csdl-'));
  try {
    const compiler = join(projectFolder, 'node_modules/typescript7/bin/tsc');
    const options = ['-p', join(projectFolder, 'tsconfig.build.json'), '--outDir', folder];
    spawnSync(process.execPath, [compiler, ...options], { cwd: projectFolder });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'read.js'), readingProgram);
    return JSON.parse(execFileSync(process.execPath, [join(folder, 'read.js'), file], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const readingProgram = `
import { createReadStream } from 'node:fs';
import { readCsdlXml } from './odata/index.js';
const megabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);
const before = megabytes();
const model = await readCsdlXml(createReadStream(process.argv[2]));
if (model.schemas.length === 0) throw new Error('The document has no schema.');
console.log(JSON.stringify({ before, peak: megabytes() }));
`;

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** What others left behind is not collected on our time. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

async function secondsOf(work: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function best(measured: readonly number[]): number {
  return Math.min(...measured);
}

function milliseconds(seconds: readonly number[]): string {
  return (best(seconds) * 1000).toFixed(1);
}

function ratio(ours: number, other: number): string {
  return (ours / other).toFixed(2);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchCsdl(process.argv[2]);
