/** `rialto up` as a user meets it: first start, orderly stop, second start, kill, taken port. */

import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ManualCommand, manualCommands } from './manual-commands.ts';
import { type RialtoProcess, runRialto, startRialto, temporaryDirectory } from './rialto-process.ts';

interface UpDocument {
  readonly server: string;
  readonly fno: string;
  readonly dataverse: string;
  readonly connections: readonly string[];
  readonly flow: string;
}

const directory = temporaryDirectory();
const anyPorts = ['--port', '0', '--port-fno', '0', '--port-dataverse', '0'];
const upArgs = ['up', '--json', '--data-dir', directory.path, ...anyPorts];
let running: RialtoProcess;
let urls: UpDocument;

beforeAll(async () => {
  running = startRialto(upArgs);
  urls = (await running.firstDocument) as UpDocument;
});

afterAll(async () => {
  running.child.kill('SIGTERM');
  expect(await running.finished).toMatchObject({ exitCode: 0 });
  directory.remove();
});

describe.sequential('rialto up', () => {
  test('says where everything listens, connected and with the sample flow deployed', () => {
    expect(urls).toMatchObject({
      server: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      fno: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      dataverse: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      connections: ['contoso-dataverse', 'contoso-fno'],
      flow: 'lead-to-task',
    });
  });

  test('a second Rialto in the same data directory is refused and the first is not disturbed', async () => {
    const second = await runRialto(upArgs);
    expect(second.exitCode).toBe(3);
    expect(second.stderr).toContain('DATA_DIRECTORY_IN_USE');
    expect(await query('CustomerGroups', 'contoso-fno')).toMatchObject({ exitCode: 0 });
  });

  test('the command line reads and writes through the server', async () => {
    const created = await runRialto([
      ...['create', 'leads', '--connection', 'contoso-dataverse', '--server', urls.server, '--json'],
      ...['--set', 'subject=Coffee for 12', '--set', 'lastname=Kept'],
    ]);
    expect(created).toMatchObject({ exitCode: 0 });
    const { leadid } = JSON.parse(created.stdout) as { leadid: string };
    const read = await runRialto([
      ...['get', 'leads', '--connection', 'contoso-dataverse', '--server', urls.server, '--json'],
      ...['--key', `leadid=${leadid}`],
    ]);
    expect(JSON.parse(read.stdout)).toMatchObject({ leadid, subject: 'Coffee for 12', lastname: 'Kept' });
  });

  test.each([
    [['query', 'Custmers', '--connection', 'contoso-fno'], 4, /ENTITY_SET_UNKNOWN.*Custmers/s],
    [['query', 'CustomersV3', '--connection', 'nowhere'], 4, /CONNECTION_UNKNOWN.*nowhere/s],
    [
      ['query', 'CustomersV3', '--connection', 'contoso-fno', '--filter', "CustomerAcount eq 'x'"],
      2,
      /ODATA_PROPERTY_UNKNOWN: \$filter: 'CustomerAcount' is not a property .* did you mean 'CustomerAccount'/,
    ],
    [['query', 'CustomersV3', '--connection', 'contoso-fno', '--filter', 'CustomerAccount eq'], 2, /ODATA_SYNTAX/],
    [
      ['get', 'CustomersV3', '--connection', 'contoso-fno', '--key', 'CustomerAccount=x'],
      2,
      /ODATA_KEY_INVALID.*dataAreaId/s,
    ],
    [['execute', 'NoSuchThing', '--connection', 'contoso-fno'], 4, /ODATA_ACTION_UNKNOWN.*NoSuchThing/s],
    [['runs', 'show', 'no-such-run'], 4, /RUN_UNKNOWN/],
    [['query', 'CustomersV3', '--connection', 'contoso-fno', '--top', 'many'], 2, /top/],
  ])('bad input: rialto %j ends with %i', async (args, exitCode, message) => {
    const result = await runRialto([...args, '--server', urls.server]);
    expect(result.stderr).toMatch(message);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stdout).toBe('');
  });

  test.each(sampleCommands())('$place works as the manual shows it', async ({ args }) => {
    const result = await runRialto([...args, '--server', urls.server]);
    expect(result.stderr).not.toMatch(/^[A-Z_]+:/m);
    expect(result.exitCode).toBe(0);
  });

  test('after Ctrl-C and a second start all data is there', async () => {
    // Twice, as from a terminal when npm stands above: both are one Ctrl-C.
    running.child.kill('SIGINT');
    running.child.kill('SIGINT');
    expect(await running.finished).toMatchObject({ exitCode: 0 });
    running = startRialto(upArgs);
    urls = (await running.firstDocument) as UpDocument;
    expect(await leadsNamed('Kept')).toBe(1);
  });

  test('after kill -9 and another start all data is there', async () => {
    running.child.kill('SIGKILL');
    await running.finished;
    running = startRialto(upArgs);
    urls = (await running.firstDocument) as UpDocument;
    expect(await leadsNamed('Kept')).toBe(1);
  });
});

test('a taken port is named', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const address = blocker.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const other = temporaryDirectory();
  try {
    const result = await runRialto(['up', '--data-dir', other.path, ...anyPorts, '--port-fno', String(port)]);
    expect(result.exitCode).toBe(3);
    expect(result.stderr).toContain('PORT_IN_USE');
    expect(result.stderr).toContain(String(port));
    expect(result.stderr).toContain('--port-fno');
  } finally {
    other.remove();
    await new Promise((resolve) => blocker.close(resolve));
  }
});

test('a server that does not answer is said to be unreachable', async () => {
  const result = await runRialto(['query', 'leads', '--server', 'http://127.0.0.1:9']);
  expect(result).toMatchObject({ exitCode: 13, stdout: '' });
  expect(result.stderr).toContain('SERVER_UNREACHABLE');
});

/**
 * The manual's commands, but not those that start something, which other tests do, nor those that ask an environment that
 * is not there. The connection to that one is made last: it answers no question about its entity sets.
 */
function sampleCommands(): readonly ManualCommand[] {
  const isForeign = ({ args }: ManualCommand): boolean => args.includes('my-fno');
  return manualCommands()
    .filter((command) => !['up', 'demo', 'emulator'].includes(command.args[0] ?? ''))
    .filter((command) => !isForeign(command) || command.args[1] === 'create')
    .sort((left, right) => Number(isForeign(left)) - Number(isForeign(right)));
}

function query(entitySet: string, connection: string, filter?: string) {
  const filterArgs = filter === undefined ? [] : ['--filter', filter];
  return runRialto(['query', entitySet, '--connection', connection, '--server', urls.server, '--json', ...filterArgs]);
}

async function leadsNamed(lastname: string): Promise<number> {
  const result = await query('leads', 'contoso-dataverse', `lastname eq '${lastname}'`);
  expect(result).toMatchObject({ exitCode: 0 });
  return (JSON.parse(result.stdout) as { value: unknown[] }).value.length;
}
