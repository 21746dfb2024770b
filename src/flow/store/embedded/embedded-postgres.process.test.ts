import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import { systemIds } from '../../../base/ids.ts';
import { type Log, silentLog } from '../../../base/log.ts';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts';
import { identifyProcess } from './process-identity.ts';
import { canAccess } from './server-account.ts';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const isRoot = process.getuid?.() === 0;
const stranger = { uid: 65_534, gid: 65_534 };
/** Where the clone lies decides whether another account can run anything of it. */
const strangerReadsClone = isRoot && (await canAccess(join(repository, 'package.json'), 4, stranger));

let template: string;
let directory: string;
let dataDirectory: string;
let running: AsyncDisposable[];

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'rialto-embedded-template-'));
  await chmod(template, 0o755);
  const options = { dataDirectory: join(template, 'data'), clock: systemClock, ids: systemIds, log: silentLog };
  await stopInOrder(await startEmbeddedPostgres(options));
});

afterAll(async () => {
  await rm(template, { recursive: true, force: true });
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rialto-embedded-'));
  await chmod(directory, 0o755);
  dataDirectory = join(directory, 'data');
  running = [];
});

afterEach(async () => {
  for (const resource of running.reverse()) await resource[Symbol.asyncDispose]();
  const postmaster = await postmasterPid().catch(() => undefined);
  if (postmaster !== undefined) await killAndWait(postmaster);
  await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

/** A data directory that was used before: a copy, which is quicker than a first start. */
async function givenUsedDirectory(): Promise<void> {
  await promisify(execFile)('cp', ['-a', join(template, 'data'), dataDirectory]);
}

async function start(change: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDirectory,
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
    ...change,
  });
  running.push(server);
  return server;
}

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(cluster = join(dataDirectory, 'postgres', 'cluster')): Promise<number> {
  const pid = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  if ((await identifyProcess(pid)) === undefined) throw new Error(`There is no process ${pid}.`);
  return pid;
}

async function killAndWait(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  while ((await identifyProcess(pid)) !== undefined) await sleep(2);
}

/** Asks until the answer comes; bounded by the time of the test. */
async function eventually<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await sleep(10);
    }
  }
}

interface OtherRialto extends AsyncDisposable {
  readonly process: ChildProcess & { readonly pid: number };
  readonly url: Promise<string>;
}

/** Another process that starts the server and holds it until it is killed, or stopped in order by SIGTERM. */
function startOther(account?: { readonly uid: number; readonly gid: number }): OtherRialto {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const program = `
    const { startEmbeddedPostgres } = await import(${url('./embedded-postgres.ts')});
    const { systemClock } = await import(${url('../../../base/clock.ts')});
    const { systemIds } = await import(${url('../../../base/ids.ts')});
    const { silentLog } = await import(${url('../../../base/log.ts')});
    const server = await startEmbeddedPostgres({
      dataDirectory: ${JSON.stringify(dataDirectory)}, clock: systemClock, ids: systemIds, log: silentLog,
    });
    process.on('SIGTERM', async () => { await server[Symbol.asyncDispose](); process.exit(0); });
    console.log(server.url);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    ...(account ?? {}),
    cwd: repository,
    env: { PATH: '/usr/bin:/bin', HOME: directory, TMPDIR: directory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.pid === undefined) throw new Error('The other process does not start.');
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code, signal) => reject(new Error(`The other process ended: ${code ?? signal}.`)));
  });
  ready.catch(() => undefined);
  const other: OtherRialto = {
    process: Object.assign(child, { pid: child.pid }),
    url: ready,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await killAndWait(other.process.pid);
    },
  };
  running.push(other);
  return other;
}

async function stopInOrder(server: AsyncDisposable): Promise<void> {
  await server[Symbol.asyncDispose]();
}

describe('embedded PostgreSQL', () => {
  test('a later start finds the data again', async () => {
    const first = await start();
    await query(first.url, `create table kept as select 'it' as value`);
    await stopInOrder(first);
    const second = await start();
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 'it' }]);
    const settings = `select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding,
      current_setting('listen_addresses') as addresses, current_setting('password_encryption') as passwords`;
    expect(await query(second.url, settings)).toEqual([
      { fsync: 'on', encoding: 'UTF8', addresses: '127.0.0.1', passwords: 'scram-sha-256' },
    ]);
  });

  test('an orderly stop leaves no process and no lock, and may be asked for twice', async () => {
    await givenUsedDirectory();
    const server = await start();
    const pid = await postmasterPid();
    await Promise.all([stopInOrder(server), stopInOrder(server)]);
    expect(await identifyProcess(pid)).toBeUndefined();
    expect(await readdir(dataDirectory)).toEqual(['postgres']);
    expect((await readdir(join(dataDirectory, 'postgres'))).sort()).toEqual([
      'cluster',
      'created',
      'password',
      'postgres.log',
    ]);
  });

  test('the password is asked for, and is in no log, no argument and no file that others may read', async () => {
    await givenUsedDirectory();
    const lines: string[] = [];
    const keep = (message: string, fields?: object) => void lines.push(message + JSON.stringify(fields ?? {}));
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };
    const server = await start({ log });
    const wrong = new URL(server.url);
    const { password } = wrong;
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    expect(password.length).toBeGreaterThan(30);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain(password);
    expect(await readFile(join(dataDirectory, 'postgres', 'postgres.log'), 'utf8')).not.toContain(password);
    if (process.platform === 'linux') {
      expect(await readFile(`/proc/${await postmasterPid()}/cmdline`, 'utf8')).not.toContain(password);
      expect(await readFile(`/proc/${await postmasterPid()}/environ`, 'utf8')).not.toContain(password);
    }
    expect((await stat(join(dataDirectory, 'postgres', 'password'))).mode & 0o777).toBe(0o600);
  });

  test('a second start in the same data directory is refused and names the process', async () => {
    await givenUsedDirectory();
    const other = startOther();
    await other.url;
    await expect(start()).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      message: expect.stringContaining(`process ${other.process.pid}`),
    });
    // Also when the lock file is lost: the lock in the database holds.
    await rm(join(dataDirectory, 'lock'));
    await expect(start()).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      message: expect.stringContaining(`process ${other.process.pid}`),
    });
    expect(await query(await other.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('of several first starts at the same time one wins, and the others are refused', async () => {
    const outcomes = await Promise.allSettled([start(), start(), start()]);
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' });
    }
    expect(await query(won[0]?.value.url ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a start that is cancelled stops what it has started', async () => {
    const abort = new AbortController();
    const clock = {
      ...systemClock,
      sleep: (ms: number, signal?: AbortSignal) => {
        abort.abort();
        return systemClock.sleep(ms, signal);
      },
    };
    await expect(start({ clock, signal: abort.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(postmasterPid()).rejects.toThrow();
    expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('after kill -9', () => {
  test('of Rialto: the server that runs on is adopted', async () => {
    await givenUsedDirectory();
    const other = startOther();
    const url = await other.url;
    await query(url, `create table kept as select 'it' as value`);
    const pid = await postmasterPid();
    await killAndWait(other.process.pid);
    const server = await start();
    expect(await postmasterPid()).toBe(pid);
    expect(server.url).toBe(url);
    expect(await query(server.url, 'select value from kept')).toEqual([{ value: 'it' }]);
    await stopInOrder(server);
    expect(await identifyProcess(pid)).toBeUndefined();
  });

  test('of the server: it is started again on the same port, with what was committed', async () => {
    await givenUsedDirectory();
    const server = await start();
    await query(server.url, 'create table kept (value int)');
    for (const value of [1, 2]) {
      await query(server.url, `insert into kept values (${value})`);
      const pid = await postmasterPid();
      await killAndWait(pid);
      const rows = await eventually(() => query(server.url, 'select max(value) as last from kept'));
      expect(rows).toEqual([{ last: value }]);
      expect(await postmasterPid()).not.toBe(pid);
    }
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIRECTORY_IN_USE' });
  });

  test('of an adopted server: it is started again as well', async () => {
    await givenUsedDirectory();
    const other = startOther();
    await other.url;
    await killAndWait(other.process.pid);
    const server = await start();
    await killAndWait(await postmasterPid());
    expect(await eventually(() => query(server.url, 'select 1 as one'))).toEqual([{ one: 1 }]);
  });

  test('of both: the next start recovers', async () => {
    await givenUsedDirectory();
    const other = startOther();
    await query(await other.url, `create table kept as select 'it' as value`);
    const pid = await postmasterPid();
    await killAndWait(other.process.pid);
    await killAndWait(pid);
    const server = await start();
    expect(await query(server.url, 'select value from kept')).toEqual([{ value: 'it' }]);
  });

  test('of the first start at any moment: the directory is not spoiled', async () => {
    const drafts = () =>
      readdir(join(dataDirectory, 'postgres')).then((names) => names.filter((name) => name.startsWith('draft-')));
    const moments: readonly (() => Promise<boolean>)[] = [
      async () => (await drafts()).length > 0,
      async () =>
        (await readdir(join(dataDirectory, 'postgres', (await drafts())[0] ?? '', 'cluster', 'base'))).length > 0,
      async () => (await readdir(join(dataDirectory, 'postgres', 'cluster'))).length > 0,
    ];
    for (const moment of moments) {
      const other = startOther();
      await eventually(async () => {
        if (!(await moment())) throw new Error('not yet');
      });
      await killAndWait(other.process.pid);
      const server = await start();
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await stopInOrder(server);
      await rm(dataDirectory, { recursive: true, maxRetries: 20, retryDelay: 50 });
    }
  });

  test.runIf(process.platform === 'linux')('process numbers that others have now do not mislead', async () => {
    await givenUsedDirectory();
    const bystander = spawn('sleep', ['1000'], { stdio: 'ignore', ...(isRoot ? stranger : {}) });
    try {
      await writeFile(join(dataDirectory, 'lock'), JSON.stringify({ pid: bystander.pid, start: '00000000-1' }));
      const pidFile = join(dataDirectory, 'postgres', 'cluster', 'postmaster.pid');
      await writeFile(pidFile, `${bystander.pid}\n/elsewhere\n1700000000\n1\n\n127.0.0.1\n\nready   \n`);
      if (isRoot) await chown(pidFile, stranger.uid, stranger.gid);
      const server = await start();
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      bystander.kill('SIGKILL');
    }
  });

  test('a lock file that a crash has spoiled is overwritten', async () => {
    await mkdir(dataDirectory);
    await writeFile(join(dataDirectory, 'lock'), '');
    await start();
    expect(JSON.parse(await readFile(join(dataDirectory, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  });
});

describe('a server that cannot start', () => {
  test('gives its own words', async () => {
    await givenUsedDirectory();
    await rm(join(dataDirectory, 'postgres', 'cluster', 'global', 'pg_control'));
    await expect(start({ clock: { ...systemClock, sleep: async () => {} } })).rejects.toMatchObject({
      code: 'DATABASE_START_FAILED',
      message: expect.stringContaining('pg_control'),
    });
  });

  test('says what is wrong with a data directory that cannot be used', async () => {
    await writeFile(dataDirectory, 'a file in the way');
    await expect(start()).rejects.toMatchObject({
      code: 'DATABASE_START_FAILED',
      message: expect.stringContaining(dataDirectory),
    });
  });

  test('a cluster that is gone is missed, not replaced by an empty one', async () => {
    await givenUsedDirectory();
    await rm(join(dataDirectory, 'postgres', 'cluster'), { recursive: true });
    await expect(start()).rejects.toMatchObject({
      code: 'DATABASE_START_FAILED',
      message: expect.stringContaining('which is gone'),
    });
  });

  test('a password file that is lost is told apart', async () => {
    await givenUsedDirectory();
    await rm(join(dataDirectory, 'postgres', 'password'));
    await expect(start()).rejects.toMatchObject({
      code: 'DATABASE_START_FAILED',
      message: expect.stringContaining('password'),
    });
    await expect(postmasterPid()).rejects.toThrow();
  });
});

describe.runIf(isRoot)('as root', () => {
  test('the server runs under an account without rights, which owns the cluster', async () => {
    await givenUsedDirectory();
    await start();
    const owner = await stat(`/proc/${await postmasterPid()}`);
    expect(owner.uid).not.toBe(0);
    expect((await stat(join(dataDirectory, 'postgres', 'cluster'))).uid).toBe(owner.uid);
    expect((await stat(join(dataDirectory, 'postgres'))).uid).toBe(0);
  });

  test('a data directory that the account cannot reach keeps its cluster elsewhere and remembers where', async () => {
    await chmod(directory, 0o700);
    const systemDirectory = await mkdtemp(join(tmpdir(), 'rialto-system-'));
    try {
      const first = await start({ systemDirectory });
      await query(first.url, `create table kept as select 'it' as value`);
      await stopInOrder(first);
      const home = await readFile(join(dataDirectory, 'postgres', 'location'), 'utf8');
      expect(home.startsWith(systemDirectory)).toBe(true);
      const second = await start({ systemDirectory });
      expect(await query(second.url, 'select value from kept')).toEqual([{ value: 'it' }]);
      await stopInOrder(second);
      await rm(home, { recursive: true });
      await expect(start({ systemDirectory })).rejects.toMatchObject({
        code: 'DATABASE_START_FAILED',
        message: expect.stringContaining(home),
      });
    } finally {
      await rm(systemDirectory, { recursive: true, force: true });
    }
  });

  test('a data directory of an ordinary user keeps its owner', async () => {
    await givenUsedDirectory();
    const user = { uid: 54_321, gid: 54_321 };
    await stopInOrder(await start());
    const chownAll = spawn('chown', ['-R', `${user.uid}:${user.gid}`, join(dataDirectory, 'postgres', 'cluster')]);
    await new Promise((resolve) => chownAll.once('exit', resolve));
    await start();
    expect((await stat(`/proc/${await postmasterPid()}`)).uid).toBe(user.uid);
  });
});

describe.runIf(strangerReadsClone)('as an ordinary user', () => {
  test('the server runs under the same account and stops in order', async () => {
    await chown(directory, stranger.uid, stranger.gid);
    const other = startOther(stranger);
    expect(await query(await other.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const pid = await postmasterPid();
    expect((await stat(`/proc/${pid}`)).uid).toBe(stranger.uid);
    expect((await stat(join(dataDirectory, 'postgres', 'password'))).uid).toBe(stranger.uid);
    const ended = new Promise((resolve) => other.process.once('exit', resolve));
    other.process.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await identifyProcess(pid)).toBeUndefined();
  });
});
