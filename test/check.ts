/**
 * The gate: types, lint and format, and all tests. With arguments, only those tests: `npm test -- src/odata`.
 * The last line counts what passed, failed and was skipped.
 */

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const paths = process.argv.slice(2);
const outcomes: Outcome[] = [];

if (paths.length > 0) {
  outcomes.push(runTests('Tests', ['run', ...paths]));
} else {
  const commands = [
    runCommand('Types', 'node_modules/typescript7/bin/tsc', ['-p', '.']),
    runCommand('Types of the web pages', 'node_modules/typescript7/bin/tsc', ['-p', 'src/ui']),
    runCommand('Lint and format', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']),
  ];
  outcomes.push(...(await Promise.all(commands)));
  outcomes.push(runTests('Tests', ['run']));
}

const sum = (member: keyof Outcome): number => outcomes.reduce((total, outcome) => total + outcome[member], 0);
const skipped = sum('skipped');
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;

/** Runs a command beside others; what it prints is shown when it has ended. */
function runCommand(what: string, script: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    child.once('error', reject);
    child.once('close', (status) => {
      process.stdout.write(`${what}\n${printed}`);
      resolve({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 });
    });
  });
}

/** Counts come from the runner's own report; a runner that dies without one is a failure. */
function runTests(what: string, args: readonly string[]): Outcome {
  process.stdout.write(`${what}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'rialto-check-'));
  const report = join(folder, 'report.json');
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...args,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numFailedTestSuites: number;
    };
    const failed = counts.numFailedTests;
    return {
      passed: counts.numPassedTests,
      failed: status === 0 ? failed : Math.max(1, failed),
      skipped: counts.numPendingTests,
    };
  } catch (cause) {
    process.stderr.write(`The test runner left no report: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
