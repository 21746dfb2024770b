import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { errorCodes } from '../base/error-codes.ts';
import { dataCommands } from './program.ts';

const page = await readFile(join(fileURLToPath(new URL('../..', import.meta.url)), 'docs/reference/cli.md'), 'utf8');
const commonFlags = ['--json', '--server <url>', '--quiet', '--no-color', '--timeout <seconds>'];
const sections = new Map(
  page
    .split(/^#{2,3} /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0] ?? '', section]),
);

const commands = dataCommands({
  send: async () => {
    throw new Error('The reference page needs no server.');
  },
  clock: systemClock,
  stdout: { write: () => true },
  stderr: { write: () => true },
  allowsColor: false,
  signal: new AbortController().signal,
  serverUrl: () => '',
  readTextFile: async () => '',
  readDefinitionInput: async () => new Uint8Array(),
  setExitCode: () => {},
}).flatMap((command) => leaves(command, 'rialto'));

test('the page lists each exit code that an error has', () => {
  for (const { exit } of Object.values(errorCodes)) expect(page).toContain(`\n| ${exit} | `);
});

test('the page has a section for each command, and for none that is not there', () => {
  const named = [...sections.keys()].filter((heading) => heading.startsWith('rialto '));
  const started = ['rialto up', 'rialto demo', 'rialto emulator'];
  expect(named).toEqual([...started, ...commands.map(({ name }) => name)]);
});

describe.each(commands)('$name', ({ name, command }) => {
  test('has the common flags, and its own in its section', () => {
    const flags = command.options.map((option) => option.flags);
    expect(flags).toEqual(expect.arrayContaining(commonFlags));
    for (const flag of commonFlags) expect(page).toContain(`| \`${flag}\` |`);
    const own = flags.filter((flag) => !commonFlags.includes(flag));
    expect([...(sections.get(name)?.matchAll(/^\| `(--.*?)` \|/gm) ?? [])].map((match) => match[1])).toEqual(own);
  });
});

function leaves(command: Command, parent: string): readonly { readonly name: string; readonly command: Command }[] {
  const name = `${parent} ${command.name()}`;
  return command.commands.length === 0 ? [{ name, command }] : command.commands.flatMap((child) => leaves(child, name));
}
