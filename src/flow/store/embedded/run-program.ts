/** Runs the programs of PostgreSQL, with nothing of this process's environment and under the server's account. */

import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { ServerAccount } from './server-account.ts';
import { startFailure } from './start-failure.ts';

/** Most of a program's output that is kept for a message. */
const outputCharactersMax = 4000;

/** Nothing is inherited: `PG*` variables would change the server, and secrets have no business there. */
const environment = { LC_ALL: 'C', TZ: 'UTC' };

/** Starts a program in a session of its own, so that Ctrl-C in a terminal reaches Rialto alone. */
export function startProgram(
  program: string,
  args: readonly string[],
  options: { readonly account: ServerAccount; readonly directory: string; readonly stdio: StdioOptions },
): ChildProcess {
  return spawn(program, args, {
    ...(options.account ?? {}),
    cwd: options.directory,
    env: environment,
    stdio: options.stdio,
    detached: true,
    windowsHide: true,
  });
}

/** Runs a program to its end. Raises DATABASE_START_FAILED with the end of its output when it fails. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly account: ServerAccount; readonly directory: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = startProgram(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    function collect(chunk: Buffer): void {
      output = (output + chunk.toString('utf8')).slice(-outputCharactersMax);
    }
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (cause) => reject(startFailure(`'${program}' cannot be run: ${cause.message}`, cause)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(startFailure(`'${program}' ended with ${signal ?? `exit code ${code}`}: ${output.trim()}`));
    });
  });
}
