/** The `rialto` command as a child process, for tests that see it as a user does. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const main = join(projectRoot, 'bin/rialto.js');

export interface Finished {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RialtoProcess {
  readonly child: ChildProcess;
  /** Resolves with the first complete JSON document on standard output; rejects when the process ends before. */
  readonly firstDocument: Promise<unknown>;
  readonly finished: Promise<Finished>;
}

/** Starts the command as it was built. */
export function startRialto(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RialtoProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('RIALTO_'));
  const child = spawn(process.execPath, [main, ...args], {
    cwd: projectRoot,
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }));
  });
  const firstDocument = new Promise<unknown>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const document = parsed(stdout);
      if (document !== undefined) resolve(document);
    });
    child.once('close', () => reject(new Error(`rialto ${args.join(' ')} ended first:\n${stdout}\n${stderr}`)));
  });
  // Whoever does not ask for the document does not care that there is none.
  firstDocument.catch(() => {});
  return { child, firstDocument, finished };
}

/** Runs the command to its end. */
export function runRialto(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return startRialto(args, environment).finished;
}

/** A new data directory; the returned function removes it. */
export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'rialto-e2e-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
