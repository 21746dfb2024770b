/** The table of error codes, the code that raises them and docs/reference/errors.md say the same. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ErrorCode, errorCodes } from '../../src/base/error-codes.ts';
import { isTestFile, projectRoot, sourceFiles } from './source-files.ts';

const codes = Object.keys(errorCodes) as ErrorCode[];

const page = `# Errors

Every error of Rialto has a stable code. Match the code, not the message: messages get better, codes never change
their meaning and are never reused. In TypeScript \`error.code\` is a union of these codes; \`error.retryable\` says
whether the same call may succeed later, \`error.retryAfterMs\` how long the other side asked to wait. The command line
prints code and message on standard error and ends with the exit code; the HTTP API answers
\`{ "error": { "code", "message" } }\`. For workflows, runs and triggers \`code\` is the one of Logic Apps there
(\`WorkflowRunNotFound\`), and ours is in \`innererror.code\`.

| Code | Exit code | Meaning |
| --- | --- | --- |
${codes.map((code) => `| \`${code}\` | ${errorCodes[code].exit} | ${errorCodes[code].meaning} |`).join('\n')}
`;

/** To write the page anew after a change of the table: \`npm test -- test/house/error-codes.test.ts -u\`. */
test('docs/reference/errors.md lists every code with its exit code and meaning', async () => {
  await expect(page).toMatchFileSnapshot(join(projectRoot, 'docs/reference/errors.md'));
});

test('every code is raised somewhere', () => {
  const text = sourceFiles('src')
    .filter((file) => !isTestFile(file.path) && file.path !== 'src/base/error-codes.ts')
    .map((file) => file.text)
    .join('\n');
  expect(codes.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
});
