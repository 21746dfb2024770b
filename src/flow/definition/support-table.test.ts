/** docs/reference/definition.md: its tables are what the report says. `npm test -- src/flow/definition -u` writes them anew. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compatibilityReport, type Finding } from './compatibility-report.ts';
import * as archiveLimits from './container/archive.ts';
import { documentTextMax } from './container/json-document.ts';
import { readDefinitionDocument } from './container/read-definitions.ts';
import * as definitionLimits from './limits.ts';
import { platforms } from './platform.ts';
import { type SupportRow, type SupportSection, supportSections } from './support-table.case.ts';

const page = join(import.meta.dirname, '../../../docs/reference/definition.md');
const begin = '<!-- generated: support -->';
const end = '<!-- end of generated: support -->';

function findingsOf({ document, pointer }: SupportRow): readonly Finding[] {
  const { definitions } = compatibilityReport(readDefinitionDocument(document));
  return definitions.flatMap(({ findings }) => findings).filter((one) => one.pointer.startsWith(pointer));
}

/** `runs`, `runs, but: …`, or the code under which it is reported. */
function outcome(row: SupportRow): string {
  const findings = findingsOf(row);
  if (findings.some(({ code }) => code === 'DEFINITION_UNSUPPORTED')) return 'reported: `DEFINITION_UNSUPPORTED`';
  const differs = findings.find(({ code }) => code === 'DEFINITION_DIFFERS');
  return differs === undefined ? 'runs' : `runs, but: ${differs.message}`;
}

function sectionText({ heading, column, rows }: SupportSection): string {
  const lines = rows.map((row) => `| ${row.name} | ${row.clause} | ${outcome(row)} |`);
  return `\n### ${heading}\n\n| ${column} | Section | Here |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
}

function limitsText(): string {
  const limits = Object.entries({ ...definitionLimits, ...archiveLimits, documentTextMax }).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  const lines = limits.map(([name, max]) => `| \`${name}\` | ${max.toLocaleString('en-US')} |`);
  return `\n### Limits\n\n| Limit | Most |\n| --- | --- |\n${lines.join('\n')}\n`;
}

function platformsText(): string {
  const all = Object.values(platforms);
  const row = (name: string, cell: (rules: (typeof all)[number]) => string | number) =>
    `| ${name} | ${all.map((rules) => cell(rules)).join(' | ')} |`;
  return `\n### Platforms\n\n${[
    row('', ({ title }) => title),
    row('---', () => '---'),
    row('Triggers at most', ({ triggersMax }) => triggersMax),
    row('A connection is named by', ({ connectionMember }) => `\`${connectionMember}\``),
    row('Parameters come from beside the definition', ({ hasSharedParameters }) =>
      hasSharedParameters ? 'yes' : 'no',
    ),
    row('Shortest recurrence, in seconds', ({ recurrenceSecondsMin }) => recurrenceSecondsMin),
    row('Turns of a Foreach at once', ({ foreachRepetitionsDefault }) => foreachRepetitionsDefault),
    row('Retries where none are written', ({ retryDefault }) => retryDefault),
  ].join('\n')}\n`;
}

test('docs/reference/definition.md says what is read and what runs', async () => {
  const text = await readFile(page, 'utf8');
  const generated = `${begin}\n${supportSections.map(sectionText).join('')}${platformsText()}${limitsText()}\n${end}`;
  const made = text.slice(0, text.indexOf(begin)) + generated + text.slice(text.indexOf(end) + end.length);
  await expect(made).toMatchFileSnapshot(page);
});

test.each(supportSections.flatMap(({ rows }) => rows.map((row) => [row.name, row] as const)))(
  'the example of %s has no expression that could not be read',
  (_name, row) => {
    expect(findingsOf(row).filter(({ code }) => code === 'EXPRESSION_SYNTAX')).toEqual([]);
  },
);
