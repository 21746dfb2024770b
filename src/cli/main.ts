/** The `rialto` command. */

import { packageVersion } from '../server/version.ts';

// The version alone costs no more than starting Node.
if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  process.stdout.write(`${packageVersion}\n`);
} else {
  const { runCommandLine } = await import('./command-line.ts');
  await runCommandLine(process.argv.slice(2));
}
