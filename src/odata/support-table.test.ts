import { expect, test } from 'vitest';
import { isRialtoError } from '../base/errors.ts';
import { type SupportSection, supportSections } from './support-table.case.ts';
import type { ODataVersion } from './uri/parse/cursor.ts';
import { uriLimits } from './uri/uri-limits.ts';

/** `yes`, or the code of the error. */
function outcome(read: SupportSection['read'], example: string, version: ODataVersion): string {
  try {
    read(example, { version });
    return 'yes';
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    return `\`${error.code}\``;
  }
}

function sectionText({ heading, read, rows }: SupportSection): string {
  const lines = rows.map(([rule, example]) => {
    const cell = example.replaceAll('|', '\\|');
    return `| ${rule} | \`${cell}\` | ${outcome(read, example, '4.01')} | ${outcome(read, example, '4.0')} |`;
  });
  if (heading === '') return `${lines.join('\n')}\n`;
  return `\n### ${heading}\n\n| Rule | Example | 4.01 | 4.0 |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`;
}

const begin = '<!-- generated: uri -->';
const end = '<!-- end of generated: uri -->';

/** The part of the page that the table makes. */
function generated(): string {
  const limits = Object.entries(uriLimits).map(([name, max]) => `| \`${name}\` | ${max.toLocaleString('en-US')} |`);
  const limitTable = `\n### Limits\n\n| Limit | Most |\n| --- | --- |\n${limits.join('\n')}\n`;
  return `${begin}\n${supportSections.map(sectionText).join('')}${limitTable}\n${end}`;
}

test('docs/reference/odata.md says what the readers do', async () => {
  const { readFile } = await import('node:fs/promises');
  const page = await readFile(new URL('../../docs/reference/odata.md', import.meta.url), 'utf8');
  const start = page.indexOf(begin);
  const stop = page.indexOf(end) + end.length;
  const made = page.slice(0, start) + generated() + page.slice(stop);
  await expect(made).toMatchFileSnapshot('../../docs/reference/odata.md');
});

test('what the table calls wrong is refused, and nothing else is', () => {
  const wrong = /^(?:unknown|call of an unknown|wrong number|date that does not|literal of OData 2)/;
  for (const { read, rows } of supportSections) {
    for (const [rule, example] of rows) {
      expect(outcome(read, example, '4.01'), `${rule}: ${example}`).toBe(wrong.test(rule) ? '`ODATA_SYNTAX`' : 'yes');
    }
  }
});
