/** The commands that README and manual show, as argument lists. */

import { readFileSync } from 'node:fs';
import { sourceFiles } from '../house/source-files.ts';

export interface ManualCommand {
  /** Page and line: `docs/start.md:42`. */
  readonly place: string;
  /** Arguments of `rialto`. */
  readonly args: readonly string[];
}

/** All `npx rialto …` lines of `sh` blocks; a line that ends with a backslash goes on in the next. */
export function manualCommands(): readonly ManualCommand[] {
  const readme = { path: 'README.md', text: readFileSync(new URL('../../README.md', import.meta.url), 'utf8') };
  return [readme, ...sourceFiles('docs', ['.md'])].flatMap(({ path, text }) =>
    [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap((block) => commandsIn(path, text, block)),
  );
}

function commandsIn(path: string, text: string, block: RegExpExecArray): readonly ManualCommand[] {
  const firstLine = text.slice(0, block.index).split('\n').length + 1;
  const commands: ManualCommand[] = [];
  let pending = '';
  for (const [index, line] of (block[1] ?? '').split('\n').entries()) {
    pending += line.replace(/\\$/, ' ');
    if (line.endsWith('\\')) continue;
    const [npx, rialto, ...args] = words(pending);
    if (npx === 'npx' && rialto === 'rialto') commands.push({ place: `${path}:${firstLine + index}`, args });
    pending = '';
  }
  return commands;
}

/** The words of a shell line without its comment; quotes are taken off. */
function words(line: string): readonly string[] {
  const found: string[] = [];
  for (const match of line.matchAll(/\s+#.*$|(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
    if (/^\s+#/.test(match[0])) break;
    found.push(
      match[0].replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
    );
  }
  return found;
}
