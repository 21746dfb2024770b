/** `rialto flows check`: verdicts, exit codes and documents, of files and folders, without a server. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { connectorKinds } from '../../connector/index.ts';
import { connectorsKnown } from '../../flow/definition/index.ts';
import { readDefinitionInput } from '../definition-input.ts';
import { dataCommands, runProgram } from '../program.ts';

const root = join(import.meta.dirname, '../../..');
const example = join(root, 'examples/lead-to-task/definition.json');
const foreign = join(root, 'test/fixtures/flow/definitions/d365-ax-get-fundings.json');
let folder: string;

interface Sample {
  definition: {
    actions: Record<string, Record<string, unknown>>;
    triggers: Record<string, { inputs: { path: string } }>;
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rialto-check-'));
  const sample = JSON.parse(await readFile(example, 'utf8')) as Sample;
  const differs = structuredClone(sample);
  for (const action of Object.values(differs.definition.actions)) action.trackedProperties = { id: 1 };
  const unknown = structuredClone(sample);
  for (const trigger of Object.values(unknown.definition.triggers)) trigger.inputs.path = '/datasets/d/approvals';
  await mkdir(join(folder, 'app/orders'), { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'differs.json'), JSON.stringify(differs)),
    writeFile(join(folder, 'unknown.json'), JSON.stringify(unknown)),
    writeFile(join(folder, 'broken.json'), '{"definition":'),
    writeFile(join(folder, 'broken.zip'), 'PK\u0003\u0004'),
    writeFile(join(folder, 'terminal.json'), '{"triggers":{"\\u001b[2J":{"type":"Request"}},"actions":{}}'),
    writeFile(join(folder, 'app/parameters.json'), '{"Url":{"type":"String","value":5}}'),
    writeFile(
      join(folder, 'app/orders/workflow.json'),
      '{"definition":{"triggers":{"T":{"type":"Request"}},"actions":{}},"kind":"Stateful"}',
    ),
  ]);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function check(...args: readonly string[]) {
  let [exitCode, stdout, stderr] = [-1, '', ''];
  const context = {
    send: async () => {
      throw new Error('The check needs no server.');
    },
    clock: systemClock,
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    allowsColor: false,
    signal: new AbortController().signal,
    serverUrl: () => 'http://127.0.0.1:8365',
    readTextFile: async () => '',
    readDefinitionInput,
    setExitCode: (code: number) => {
      exitCode = code;
    },
  };
  const program = new Command('rialto');
  for (const command of dataCommands(context)) program.addCommand(command);
  await runProgram(program, ['flows', 'check', ...args], context);
  return { exitCode, stdout, stderr };
}

test('a definition that runs as it is ends with 0', async () => {
  expect(await check(example)).toEqual({
    exitCode: 0,
    stdout: `as-is  ${example}#/definition\n`,
    stderr: '1 definition: 1 as-is, 0 with-differences, 0 no.\n',
  });
});

test('one that differs ends with 11, one that does not run with 3, and each finding says what to do', async () => {
  const differs = await check(join(folder, 'differs.json'));
  expect(differs.exitCode).toBe(11);
  expect(differs.stdout).toContain('\n  warning DEFINITION_DIFFERS at /definition/actions/');
  const no = await check(foreign);
  expect(no.exitCode).toBe(3);
  expect(no.stdout).toContain(
    [
      '  error DEFINITION_UNSUPPORTED at /properties/definition/actions/Execute_stored_procedure_(V2)/inputs/host/connection',
      "    The connector 'sql' is none that Rialto has.",
      '    do: Replace it by one of',
    ].join('\n'),
  );
});

test('several files are one report, with the exit code of the worst', async () => {
  const { exitCode, stdout, stderr } = await check('--json', example, join(folder, 'differs.json'), foreign);
  expect(exitCode).toBe(3);
  const { definitions } = JSON.parse(stdout) as { definitions: readonly Record<string, unknown>[] };
  expect(definitions.map(({ pointer, runs }) => [pointer, runs])).toEqual([
    ['/definition', 'as-is'],
    ['/definition', 'with-differences'],
    ['/properties/definition', 'no'],
  ]);
  expect(definitions[2]?.findings).toContainEqual(
    expect.objectContaining({
      severity: 'error',
      code: 'DEFINITION_UNSUPPORTED',
      pointer: '/properties/definition/triggers/Recurrence/type',
      message: 'Triggers of type Recurrence are not supported yet.',
    }),
  );
  expect(stderr).toBe('3 definitions: 1 as-is, 1 with-differences, 1 no.\n');
});

test('an operation that the connector does not have is reported with those that it has', async () => {
  const { exitCode, stdout } = await check(join(folder, 'unknown.json'));
  expect(exitCode).toBe(3);
  expect(stdout).toContain("has no trigger at 'get /datasets/d/approvals'");
});

test.each([['app'], ['app/orders'], ['app/orders/workflow.json']])('a project by %s, with its values', async (path) => {
  const { exitCode, stdout } = await check(join(folder, path), '--json', '--quiet');
  expect(exitCode).toBe(3);
  const { definitions } = JSON.parse(stdout) as { definitions: readonly Record<string, unknown>[] };
  expect(definitions).toMatchObject([{ name: 'orders', container: 'standard-project', pointer: '/definition' }]);
  expect(stdout).toContain('parameters.json#/Url/value');
});

describe('what is in a file belongs to the report, that it cannot be read does not', () => {
  test.each([
    ['broken.json', 'JSON_INVALID'],
    ['broken.zip', 'ARCHIVE_INVALID'],
  ])('%s', async (file, code) => {
    const { exitCode, stdout } = await check(join(folder, file), '--json', '--quiet');
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      definitions: [{ pointer: '', runs: 'no', findings: [{ severity: 'error', code, pointer: '' }] }],
    });
  });

  test('a file that is not there', async () => {
    const { exitCode, stderr } = await check(join(folder, 'none.json'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('there is no such file');
  });
});

test('names in a definition do not drive the terminal', async () => {
  const { stdout } = await check(join(folder, 'terminal.json'));
  expect(stdout).toContain('\\u001b[2J');
  expect(stdout).not.toContain('\u001b');
});

test('the library knows the same connectors as the command line', () => {
  expect([...connectorsKnown].sort()).toEqual([...connectorKinds].sort());
});
