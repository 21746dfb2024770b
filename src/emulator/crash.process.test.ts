import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Call, caller, smallEmulator } from './emulator.case.ts';

let dataDirectory = '';

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'rialto-emulator-'));
});

afterEach(async () => {
  await rm(dataDirectory, { recursive: true, force: true });
});

/** Creates leads without end, eight at once, and prints the id of each when it is acknowledged. */
const writer = (directory: string): string => `
  import { smallEmulator, caller } from ${JSON.stringify(new URL('./emulator.case.ts', import.meta.url).href)};
  const emulator = await smallEmulator({ dataDirectory: ${JSON.stringify(directory)} });
  const call = await caller(emulator, 'contoso-dataverse');
  async function create() {
    for (;;) {
      const { status, headers } = await call('POST', 'leads', { body: { subject: 'Acknowledged' } });
      if (status === 204) process.stdout.write(headers['odata-entityid'].slice(-37, -1) + '\\n');
    }
  }
  await Promise.all(Array.from({ length: 8 }, create));
`;

/** Kills the process once it has printed this many ids; resolves with all that it printed. */
function killAfter(child: ChildProcess, count: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    let output = '';
    let errors = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.split('\n').length > count) child.kill('SIGKILL');
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(output.split('\n').filter((line) => line.length === 36));
      else reject(new Error(`The writer ended by itself: ${errors}`));
    });
  });
}

test('kill -9 loses no acknowledged write', async () => {
  for (const count of [1, 40, 200]) {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', writer(dataDirectory)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const acknowledged = await killAfter(child, count);
    const emulator = await smallEmulator({ dataDirectory });
    const call: Call = await caller(emulator, 'contoso-dataverse');
    const { rows } = await call('GET', "leads?$select=leadid&$filter=subject eq 'Acknowledged'");
    const kept = new Set(rows.map((row) => row.leadid));
    expect(acknowledged.length).toBeGreaterThanOrEqual(count);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    await emulator.close();
  }
});
