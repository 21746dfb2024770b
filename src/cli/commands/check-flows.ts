/** `rialto flows check`: does a definition run here as in the cloud? Needs no server. */

import { Command } from 'commander';
import { errorCodes } from '../../base/error-codes.ts';
import type { CliContext } from '../cli-context.ts';
import type { CheckedDefinition } from '../definition-check.ts';
import type { Output } from '../output.ts';
import { onRun } from '../run-command.ts';

/** Reads definitions in any container and prints the compatibility report; the exit code is that of the worst. */
export function checkFlowsCommand(context: CliContext): Command {
  const command = new Command('check')
    .description('report whether definitions run here as in the cloud; needs no server')
    .argument('<file...>', 'definition, template, package or solution (.zip), or folder of a project');
  const example = 'rialto flows check examples/lead-to-task/definition.json';
  return onRun(command, context, example, async ({ output, args }) => {
    // Loaded here, so that commands which need no connectors start quicker.
    const { checkInput } = await import('../definition-check.ts');
    const definitions: CheckedDefinition[] = [];
    for (const path of args) definitions.push(...(await checkInput(context, path)));
    output.result({ definitions }, () => {
      for (const definition of definitions) printDefinition(output, definition);
    });
    output.note(summary(definitions));
    return exitCodeOf(definitions);
  });
}

const exitCodes = {
  'as-is': 0,
  'with-differences': errorCodes.DEFINITION_DIFFERS.exit,
  no: errorCodes.DEFINITION_UNSUPPORTED.exit,
} as const;

function exitCodeOf(definitions: readonly CheckedDefinition[]): number {
  const worst = (['no', 'with-differences'] as const).find((runs) => definitions.some((one) => one.runs === runs));
  return exitCodes[worst ?? 'as-is'];
}

function printDefinition(output: Output, { runs, file, pointer, name, findings }: CheckedDefinition): void {
  const what = name === '' ? '' : `  ${name}`;
  output.line(printable(`${runs}  ${file}${pointer === '' ? '' : `#${pointer}`}${what}`));
  for (const { severity, code, pointer: at, message, remedy } of findings) {
    output.line(printable(`  ${severity} ${code} at ${at === '' ? '/' : at}`));
    output.line(printable(`    ${message.replaceAll('\n', '\n    ')}`));
    output.line(printable(`    do: ${remedy}`));
  }
}

/** Text of a definition must not drive the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, (letter) =>
    letter === '\n' ? letter : `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function summary(definitions: readonly CheckedDefinition[]): string {
  const count = (runs: CheckedDefinition['runs']) => definitions.filter((one) => one.runs === runs).length;
  const total = definitions.length === 1 ? '1 definition' : `${definitions.length} definitions`;
  return `${total}: ${count('as-is')} as-is, ${count('with-differences')} with-differences, ${count('no')} no.`;
}
