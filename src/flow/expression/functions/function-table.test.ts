/** docs/reference/functions.md: a table of all functions, made by running an example of each. */

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { isRialtoError } from '../../../base/errors.ts';
import { evaluateTemplate } from '../evaluate.ts';
import { contextScope } from '../evaluation-context.ts';
import * as limits from '../limits.ts';
import { parseTemplate } from '../parse-template.ts';
import { printValue } from '../print-value.ts';
import type { EvaluationScope } from '../scope.ts';
import { objectValue } from '../value.ts';
import { exampleContext, functionExamples } from './function-examples.case.ts';
import { findFunction, functionDefinitions, functionsNotBuilt } from './registry.ts';

// A plain context has no current action, which action() is about.
const scope: EvaluationScope = Object.assign(contextScope(exampleContext), {
  currentAction: () => objectValue({ name: 'Get_account', status: 'Running' }),
});

function nameOf(example: string): string {
  return example.slice(0, example.indexOf('('));
}

/** The result as JSON text, or the code of the error. */
function outcome(example: string): string {
  try {
    return printValue(evaluateTemplate(parseTemplate(`@${example}`), scope));
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    return error.code;
  }
}

function cell(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return fence + text.replaceAll('|', '\\|') + fence;
}

function sectionText([heading, examples]: readonly [string, readonly string[]]): string {
  const rows = examples.map((example) => {
    const signature = findFunction(nameOf(example))?.signature ?? '';
    return `| ${cell(signature)} | ${cell(`@${example}`)} | ${cell(outcome(example))} |\n`;
  });
  return `\n### ${heading}\n\n| Function | Example | Result |\n| --- | --- | --- |\n${rows.join('')}`;
}

function generated(): string {
  const notBuilt = functionsNotBuilt().map((name) => `\`${name}\``);
  const limitRows = Object.entries(limits).map(([name, max]) => `| \`${name}\` | ${max.toLocaleString('en-US')} |\n`);
  return [
    '<!-- generated: functions -->\n',
    ...Object.entries(functionExamples).map(sectionText),
    `\nNot evaluated yet, and refused by name: ${notBuilt.join(', ')}.\n`,
    `\n## Limits\n\n| Limit | Most |\n| --- | --- |\n${limitRows.join('')}\n`,
    '<!-- end of generated: functions -->',
  ].join('');
}

test('docs/reference/functions.md says what the functions do', async () => {
  const page = await readFile(new URL('../../../../docs/reference/functions.md', import.meta.url), 'utf8');
  const [before, rest = ''] = page.split('<!-- generated: functions -->');
  const after = rest.split('<!-- end of generated: functions -->')[1] ?? '';
  await expect(before + generated() + after).toMatchFileSnapshot('../../../../docs/reference/functions.md');
});

test('every function has one example, and no other has', () => {
  const shown = Object.values(functionExamples).flat().map(nameOf);
  expect([...shown].sort()).toEqual(
    functionDefinitions()
      .map((one) => one.name)
      .sort(),
  );
});

test('every example has a result', () => {
  const failed = Object.values(functionExamples)
    .flat()
    .filter((example) => /^[A-Z]+_[A-Z]+$/.test(outcome(example)));
  expect(failed).toEqual([]);
});
