/** The TypeScript examples of docs/reference/odata.md run, and give what their comments say. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as odata from './index.ts';

const page = readFileSync(new URL('../../docs/reference/odata.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);

describe('docs/reference/odata.md', () => {
  test('has examples', () => expect(examples.length).toBeGreaterThan(0));

  for (const [index, code] of examples.entries()) {
    test(`example ${index + 1} gives what its comments say`, async () => {
      const results = await run(code);
      expect(results.length).toBeGreaterThan(0);
      for (const { line, value, comment } of results) expect(value, line).toEqual(comment);
    });
  }
});

interface Result {
  readonly line: string;
  readonly value: unknown;
  readonly comment: unknown;
}

/** Runs an example; every statement `expression; // value` is one result. */
async function run(code: string): Promise<readonly Result[]> {
  const results: Result[] = [];
  const names =
    /import \{([^}]*)\} from 'rialto\/odata';/
      .exec(code)?.[1]
      ?.split(',')
      .map((name) => name.trim()) ?? [];
  const body = code
    .replace(/import [^;]*;/g, '')
    .replace(/^(?!\s*(?:const|for|let|\/\/))(.*);\s*\/\/ (.*)$/gm, (line, expression: string, comment: string) => {
      return `check(${JSON.stringify(line)}, ${expression}, ${comment});`;
    });
  const make = new Function(
    'odata',
    'check',
    `return (async () => { const { ${names.join(', ')} } = odata; ${body} })();`,
  );
  await (make as (of: typeof odata, check: (line: string, value: unknown, comment: unknown) => void) => Promise<void>)(
    odata,
    (line, value, comment) => results.push({ line, value, comment }),
  );
  return results;
}
