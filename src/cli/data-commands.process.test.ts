/** The data commands against a server on a real port. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Clock, systemClock } from '../base/clock.ts';
import { createTransport, type Send } from '../http/index.ts';
import { createApi } from '../server/api/create-api.ts';
import { failedActions, givenRun, givenSampleFlow, sampleFlow } from '../server/api/sample-runs.case.ts';
import { type SampleServices, sampleServices } from '../server/api/sample-services.case.ts';
import { readDefinitionInput } from './definition-input.ts';
import { dataCommands, runProgram } from './program.ts';

const opened: { services: SampleServices; api?: FastifyInstance; origin: string; folder: string } = {
  services: sampleServices(),
  origin: '',
  folder: '',
};
const transport = createTransport();

beforeAll(async () => {
  const { services } = opened;
  const start = services.clock.now();
  await givenSampleFlow(services.store, start);
  const error = { code: 'ActionFailed', message: 'An action failed.' };
  await givenRun(services.store, {
    id: 'run-1',
    startTime: start,
    actions: failedActions(start),
    end: { status: 'Failed', code: 'ActionFailed', error, endTime: start + 9_400 },
  });
  opened.api = await createApi(services);
  opened.origin = await opened.api.listen({ host: '127.0.0.1', port: 0 });
  opened.folder = await mkdtemp(join(tmpdir(), 'rialto-cli-'));
});

afterAll(async () => {
  await transport[Symbol.asyncDispose]();
  await opened.api?.close();
  await rm(opened.folder, { recursive: true });
});

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function rialto(
  argv: readonly string[],
  options: { readonly server?: string; readonly clock?: Clock; readonly send?: Send } = {},
) {
  let [exitCode, stdout, stderr] = [0, '', ''];
  const context = {
    send: options.send ?? transport.send,
    clock: options.clock ?? systemClock,
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    allowsColor: false,
    signal: new AbortController().signal,
    serverUrl: (option: string | undefined) => option ?? options.server ?? opened.origin,
    readTextFile: (path: string) => readFile(path, 'utf8'),
    readDefinitionInput,
    setExitCode: (code: number) => {
      exitCode = code;
    },
  };
  const program = new Command('rialto');
  for (const command of dataCommands(context)) program.addCommand(command);
  await runProgram(program, argv, context);
  const outcome: Outcome = { exitCode, stdout, stderr };
  return outcome;
}

function lastCall(): readonly unknown[] | undefined {
  return opened.services.calls.at(-1);
}

test('query prints a table on standard output and the count on standard error', async () => {
  const argv = [
    'query',
    'Customers',
    '--filter',
    'CreditLimit gt 1',
    '--company',
    'usmf',
    '--company',
    'dat',
    '--count',
  ];
  const { exitCode, stdout, stderr } = await rialto(argv);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    [
      'dataAreaId  CustomerAccount  CreditLimit  IsOneTime  RecId',
      'usmf        US-001           1500         No',
      'usmf        US-002           1500         No',
      'usmf        US-003           1500         No         12345678901234567890',
      '',
    ].join('\n'),
  );
  expect(stderr).toBe('3 records match; 3 records in 2 pages read.\n');
  expect(lastCall()).toEqual([
    'query',
    'Customers',
    { filter: 'CreditLimit gt 1', top: 1001, count: true, companies: ['usmf', 'dat'] },
  ]);
});

test('query --json prints one document with exact numbers, and --quiet nothing beside', async () => {
  const { stdout, stderr } = await rialto(['query', 'Customers', '--json', '--quiet', '--top', '5', '--all-companies']);
  expect(JSON.parse(stdout)).toMatchObject({ pages: 2, value: [{ CustomerAccount: 'US-001' }, {}, {}] });
  expect(stdout).toContain('"RecId":12345678901234567890');
  expect(stderr).toBe('');
  expect(lastCall()).toEqual(['query', 'Customers', { top: 5, crossCompany: true }]);
});

test('query that breaks off prints the rows so far and ends with the exit code of the error', async () => {
  const { exitCode, stdout, stderr } = await rialto(['query', 'Orders', '--json']);
  expect(exitCode).toBe(8);
  expect(JSON.parse(stdout)).toMatchObject({ value: [{}, {}], error: { code: 'SERVICE_UNAVAILABLE' } });
  expect(stderr).toContain('SERVICE_UNAVAILABLE: The environment is overloaded.');
});

test('get, create, update, delete and execute reach the record', async () => {
  const key = ['--key', 'dataAreaId=usmf', '--key', 'CustomerAccount=C-1'];
  const record = { dataAreaId: 'usmf', CustomerAccount: 'C-1' };
  const got = await rialto(['get', 'Customers', ...key, '--json']);
  expect(JSON.parse(got.stdout)['@odata.etag']).toBe('W/"1"');
  // A text property keeps a value that looks like a number.
  await rialto([
    'create',
    'Customers',
    '--set',
    'CustomerAccount=30',
    '--set',
    'CreditLimit=30',
    '--set',
    'dataAreaId=null',
  ]);
  expect(lastCall()).toEqual(['create', 'Customers', { CustomerAccount: '30', CreditLimit: 30, dataAreaId: null }]);
  await rialto(['update', 'Customers', ...key, '--data', '{"CreditLimit":1}', '--if-match', 'W/"1"']);
  expect(lastCall()).toEqual(['update', 'Customers', record, { CreditLimit: 1 }, 'W/"1"']);
  const deleted = await rialto(['delete', 'Customers', ...key, '--if-match', 'W/"1"', '--json']);
  expect(JSON.parse(deleted.stdout)).toEqual({ deleted: true });
  expect(lastCall()).toEqual(['delete', 'Customers', record, 'W/"1"']);
  const executed = await rialto([
    'execute',
    'calculate',
    '--entity-set',
    'Customers',
    ...key,
    '--param',
    'a=1',
    '--json',
  ]);
  expect(JSON.parse(executed.stdout)).toEqual({ value: { done: true } });
  expect(lastCall()).toEqual(['execute', 'calculate', 'Customers', record, { a: 1 }]);
  expect((await rialto(['execute', 'doNothing'])).stderr).toBe('Completed, no value.\n');
});

test('entities lists and describes', async () => {
  expect((await rialto(['entities', '--search', 'cust'])).stdout).toBe('Customers\n');
  const { stdout, stderr } = await rialto(['entities', 'Customers']);
  expect(stdout).toMatch(/CustomerAccount +Edm.String +key/);
  expect(stdout).toMatch(/IsOneTime +Sample.NoYes +No \| Yes/);
  expect(stderr).toContain('dataAreaId, CustomerAccount');
});

test('runs are listed and shown, an action with inputs and outputs', async () => {
  const list = await rialto(['runs', 'list', '--status', 'Failed', '--json']);
  expect(JSON.parse(list.stdout).value).toMatchObject([{ name: 'run-1', properties: { status: 'Failed' } }]);
  expect((await rialto(['runs', 'list'])).stdout).toMatch(/x Failed +lead-to-task .* 9\.400 s +ActionFailed +run-1/);
  const show = await rialto(['runs', 'show', 'run-1']);
  expect(show.exitCode).toBe(0);
  expect(show.stdout).toMatch(/x Failed +Create_task .* 3 +NotFound +The account to be linked does not exist/);
  const action = await rialto(['runs', 'show', 'run-1', '--action', 'Create_task', '--json']);
  expect(JSON.parse(action.stdout).properties.outputs.statusCode).toBe(404);
});

test('flows are listed, shown and deployed with their numbers as spelt', async () => {
  expect((await rialto(['flows', 'list'])).stdout).toMatch(/v Enabled +lead-to-task +1/);
  expect((await rialto(['flows', 'show', sampleFlow])).stdout).toContain('"triggers"');
  const definition = '{ "triggers": {}, "actions": { "A": { "type": "Compose", "inputs": 1.0 } } }';
  const file = join(opened.folder, 'definition.json');
  const parameters = join(opened.folder, 'parameters.json');
  await writeFile(file, definition);
  await writeFile(parameters, '{"parameters":{"rate":{"value":2.50}}}');
  const deployed = await rialto(['flows', 'deploy', file, '--name', 'mine', '--parameters', parameters]);
  expect(deployed).toEqual({ exitCode: 0, stdout: '', stderr: "Deployed 'mine' version 1, Enabled.\n" });
  const stored = await opened.services.store.flows.get('mine');
  expect(stored?.version.definition).toBe(definition);
  expect(stored?.version.parameters).toBe('{"rate":{"value":2.50}}');
  await writeFile(file, '{"properties":{"definition":{"triggers":{},"actions":{}}}}');
  expect((await rialto(['flows', 'deploy', file, '--name', 'other', '--json'])).exitCode).toBe(0);
});

test('a flow is deployed out of a template and out of a project, and a file of several is refused', async () => {
  const definition = { triggers: {}, actions: { A: { type: 'Compose', inputs: "[parameters('text')]" } } };
  const workflow = { type: 'Microsoft.Logic/workflows', name: 'w', properties: { definition } };
  const template = {
    parameters: { text: { type: 'string', defaultValue: 'Coffee' } },
    resources: [workflow],
  };
  const file = join(opened.folder, 'template.json');
  await writeFile(file, JSON.stringify(template));
  expect((await rialto(['flows', 'deploy', file, '--name', 'templated'])).exitCode).toBe(0);
  expect((await opened.services.store.flows.get('templated'))?.version.definition).toContain('"inputs":"Coffee"');
  await writeFile(file, JSON.stringify({ ...template, resources: [workflow, workflow] }));
  const refused = await rialto(['flows', 'deploy', file]);
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('holds 2 definitions') });
  const project = join(opened.folder, 'app');
  await mkdir(join(project, 'orders'), { recursive: true });
  await writeFile(
    join(project, 'orders/workflow.json'),
    `{"definition":{"triggers":{},"actions":{"A":{"type":"Compose","inputs":"@parameters('Url')"}}},"kind":"Stateful"}`,
  );
  await writeFile(join(project, 'parameters.json'), '{"Url":{"type":"String","value":"x"}}');
  expect((await rialto(['flows', 'deploy', project])).stderr).toBe("Deployed 'orders' version 1, Enabled.\n");
  expect((await opened.services.store.flows.get('orders'))?.version.parameters).toContain('"value":"x"');
});

test('a flow checks now, is turned off and on, and is deleted', async () => {
  await opened.services.flows.deploy({
    name: 'brief',
    definition: '{"triggers":{"T":{}},"actions":{}}',
    parameters: '{}',
  });
  expect((await rialto(['flows', 'run-trigger', sampleFlow])).stderr).toBe('Checking now: When_a_record_is_created.\n');
  expect((await rialto(['flows', 'run-trigger', 'brief', 'none'])).stderr).toContain(
    "TRIGGER_UNKNOWN: The flow 'brief' has no trigger",
  );
  expect((await rialto(['flows', 'disable', 'brief'])).stderr).toBe("'brief' is Disabled.\n");
  const refused = await rialto(['flows', 'run-trigger', 'brief']);
  expect(refused).toMatchObject({ exitCode: 7, stderr: expect.stringContaining('FLOW_DISABLED: ') });
  expect((await rialto(['flows', 'enable', 'brief'])).exitCode).toBe(0);
  expect(JSON.parse((await rialto(['flows', 'delete', 'brief', '--json'])).stdout)).toEqual({ deleted: true });
  expect((await rialto(['flows', 'delete', 'brief'])).exitCode).toBe(4);
});

test('a connection is created once and deleted', async () => {
  const create = ['connections', 'create', 'mine', '--connector', 'dynamicsax', '--set', 'clientSecret=env:S'];
  expect((await rialto(create)).stderr).toContain("Created connection 'mine'.");
  expect((await rialto(create)).exitCode).toBe(7);
  expect((await rialto(['connections', 'delete', 'mine'])).exitCode).toBe(0);
  expect((await rialto(['connections', 'create', 'mine'])).exitCode).toBe(2);
});

test('connections are listed, shown without secrets, and tested', async () => {
  expect((await rialto(['connections', 'list'])).stdout).toMatch(/contoso +dynamicsax/);
  expect((await rialto(['connections', 'show', 'contoso'])).stdout).toMatch(/clientSecret +\(set\)/);
  const { exitCode, stdout } = await rialto(['connections', 'test', 'contoso']);
  expect(exitCode).toBe(5);
  expect(stdout).toMatch(/x FAIL +Token +12 ms +AUTH_SECRET_INVALID: The client secret of 'contoso' is not accepted./);
  expect(stdout).toMatch(/- +Service +not checked/);
});

test.each<readonly [readonly string[], number, string]>([
  [
    ['query', 'Custommers'],
    4,
    "ENTITY_SET_UNKNOWN: The environment has no entity set 'Custommers'. Did you mean 'Customers'?",
  ],
  [
    ['query', 'Customers', '--connection', 'none'],
    4,
    "CONNECTION_UNKNOWN: There is no connection 'none'.\n  do: 'rialto connections list'",
  ],
  [['get', 'Customers', '--key', 'CustomerAccount=none'], 4, 'RECORD_NOT_FOUND: '],
  [['get', 'Customers'], 2, "OPTION_INVALID: Required option '--key <name=value>' not specified."],
  [['get', 'Customers', '--key', 'a=1', '--key', 'a=2'], 2, "'a' is given twice"],
  [['create', 'Customers'], 2, 'OPTION_INVALID: Give the properties with --set name=value or --data.'],
  [['create', 'Customers', '--data', '[1]'], 2, 'OPTION_INVALID: --data is no JSON object'],
  [['create', 'Customers', '--data', '{'], 2, 'JSON_INVALID: the value of --data is not JSON'],
  [
    ['update', 'Customers', '--key', 'CustomerAccount=a', '--set', 'CreditLimit=1', '--if-match', 'W/"0"'],
    7,
    'RECORD_CONFLICT: ',
  ],
  [['runs', 'show', 'none'], 4, "RUN_UNKNOWN: There is no run 'none'."],
  [['runs', 'list', '--status', 'failed'], 2, 'Allowed choices are Running, Waiting, Succeeded'],
  [
    ['runs', 'list', '--since', '1h', '--from', '2026-01-01T00:00:00Z'],
    2,
    "'--since <span>' cannot be used with option",
  ],
  [['query', 'Customers', '--company', 'usmf', '--all-companies'], 2, "cannot be used with option '--company <name>'"],
  [['runs', 'list', '--since', 'yesterday'], 2, 'Expected a span'],
  [['flows', 'show', 'none'], 4, "FLOW_UNKNOWN: There is no flow 'none'."],
  [['connections', 'test', 'none'], 4, "CONNECTION_UNKNOWN: There is no connection 'none'."],
  [['qery', 'Customers'], 2, "OPTION_INVALID: Unknown command 'qery'. Did you mean query?"],
  [['query', 'Customers', '--fliter', 'x'], 2, "OPTION_INVALID: Unknown option '--fliter'. Did you mean --filter?"],
  [['query', 'Customers', '--top', 'many'], 2, 'Expected a whole number of at least 0.'],
])('%j ends with exit code %i', async (argv, exitCode, message) => {
  const outcome = await rialto(argv);
  expect(outcome).toMatchObject({ exitCode, stdout: '' });
  expect(outcome.stderr).toContain(message);
});

test('under --json an error is the one document', async () => {
  const { exitCode, stdout } = await rialto(['flows', 'show', 'none', '--json']);
  expect(exitCode).toBe(4);
  expect(JSON.parse(stdout)).toEqual({ error: { code: 'FLOW_UNKNOWN', message: "There is no flow 'none'." } });
});

test('under --json wrong usage is the one document too', async () => {
  const { exitCode, stdout } = await rialto(['query', 'Customers', '--top', 'many', '--json']);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'OPTION_INVALID' } });
});

test('a service that is no Rialto server is called that, although its errors have the same form', async () => {
  const body = [Buffer.from('{"error":{"code":"0x80060888","message":"No HTTP resource was found."}}')];
  const send: Send = async () => ({
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: (async function* () {
      yield* body;
    })(),
  });
  const { exitCode, stderr } = await rialto(['flows', 'list'], { send });
  expect(exitCode).toBe(13);
  expect(stderr).toContain('is no Rialto server: it answered status 404');
});

test('a server that is not there ends with 13', async () => {
  const { exitCode, stderr } = await rialto(['flows', 'list'], { server: 'http://127.0.0.1:1' });
  expect(exitCode).toBe(13);
  expect(stderr).toContain('SERVER_UNREACHABLE: No Rialto server answers at http://127.0.0.1:1.');
  expect(stderr).toContain("start one with 'rialto up'");
});

test('the time allowed runs out with 9, and the outcome is called unknown', async () => {
  // This clock says at once that the time is over.
  const clock: Clock = { ...systemClock, sleep: async () => undefined };
  const { exitCode, stderr } = await rialto(['flows', 'list', '--timeout', '3'], { clock });
  expect(exitCode).toBe(9);
  expect(stderr).toContain(
    'TIMEOUT: The server did not answer within 3 s. Whether it did what was asked is not known.',
  );
});

test('help has an example and ends well', async () => {
  const { exitCode, stdout } = await rialto(['query', '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Example:\n  rialto query CustomersV3');
});
