/** ZIP archives: those that are read, and all the ways in which one can be hostile. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRialtoError } from '../../../base/errors.ts';
import { type ZipEntry, zipOf } from './archive.case.ts';
import { archiveEntriesMax, readArchive } from './archive.ts';

const all = () => true;

async function read(entries: readonly ZipEntry[]): Promise<Readonly<Record<string, string>>> {
  const files = await readArchive(zipOf(entries), all);
  return Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]));
}

test('files come out by path, stored and deflated, directories and unwanted ones left out', async () => {
  const entries = [
    { path: 'Workflows/', content: '' },
    { path: 'Workflows/A.json', content: '{"a":1}' },
    { path: 'a\\b.json', content: 'Grüße', isStored: true },
  ];
  expect(await read(entries)).toEqual({ 'Workflows/A.json': '{"a":1}', 'a/b.json': 'Grüße' });
  const wanted = await readArchive(zipOf(entries), (path) => path.startsWith('W'));
  expect([...wanted.keys()]).toEqual(['Workflows/A.json']);
  expect(await read([])).toEqual({});
});

describe('an archive that is wrong ends in ARCHIVE_INVALID', () => {
  const plain = { path: 'a.json', content: 'x'.repeat(100) };
  const zip64 = Buffer.from([1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  test.each<readonly [string, readonly ZipEntry[], string]>([
    ['a path that leads out', [{ ...plain, path: '../a.json' }], '../a.json'],
    ['a path that leads out in its middle', [{ ...plain, path: 'a/../../b.json' }], ''],
    ['a path that leads out with backslashes', [{ ...plain, path: '..\\a.json' }], ''],
    ['an absolute path', [{ ...plain, path: '/etc/passwd' }], ''],
    ['a path with a drive', [{ ...plain, path: 'C:\\a.json' }], ''],
    ['a path with a control character', [{ ...plain, path: 'a\u0000.json' }], ''],
    ['an empty path', [{ ...plain, path: '' }], ''],
    ['a path twice', [plain, plain], "'a.json' twice"],
    ['a path twice in another case', [plain, { ...plain, path: 'A.JSON' }], "'A.JSON' twice"],
    ['an encrypted entry', [{ ...plain, flags: 1 }], 'is encrypted'],
    ['strong encryption', [{ ...plain, flags: 0x41 }], 'encryption'],
    ['the ZIP64 form', [{ ...plain, extra: zip64 }], 'ZIP64'],
    ['another compression', [{ ...plain, method: 12 }], 'method 12'],
    ['a wrong checksum', [{ ...plain, crc: 1 }], 'checksum'],
    ['more bytes than claimed', [{ ...plain, claimedSize: 10 }], ''],
    ['fewer bytes than claimed', [{ ...plain, claimedSize: 1000 }], ''],
  ])('%s', async (_what, entries, message) => {
    await expect(read(entries)).rejects.toThrow(
      expect.objectContaining({ code: 'ARCHIVE_INVALID', message: expect.stringContaining(message) }),
    );
  });

  test('wherever it is cut off', async () => {
    const whole = zipOf([plain, { path: 'b/c.json', content: '{}' }], { comment: 'made by hand' });
    for (let length = 0; length < whole.length; length += 1) {
      await expect(readArchive(whole.subarray(0, length), all)).rejects.toThrow(
        expect.objectContaining({ code: 'ARCHIVE_INVALID' }),
      );
    }
  });

  test('whichever byte of it is changed, it is read or refused and nothing else', async () => {
    const whole = zipOf([plain, { path: 'b/c.json', content: '{}', isStored: true }]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (position, byte) => {
        const changed = Uint8Array.from(whole);
        changed[position] = byte;
        const outcome = await readArchive(changed, all).then(
          () => 'read',
          (error: unknown) => (isRialtoError(error) ? error.code : 'fault'),
        );
        expect(['read', 'ARCHIVE_INVALID', 'LIMIT_EXCEEDED']).toContain(outcome);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an archive that is too much ends in LIMIT_EXCEEDED', () => {
  test('an entry that grows a thousandfold', async () => {
    const bomb = { path: 'a.json', content: new Uint8Array(8_000_000) };
    await expect(read([bomb])).rejects.toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', limit: 'archiveRatioMax' }),
    );
  });

  test('an entry that claims to be small and is not', async () => {
    const bomb = { path: 'a.json', content: new Uint8Array(8_000_000), claimedSize: 100 };
    await expect(read([bomb])).rejects.toThrow(expect.objectContaining({ code: 'ARCHIVE_INVALID' }));
  });

  test('an entry that claims to be huge', async () => {
    await expect(read([{ path: 'a.json', content: 'x', claimedSize: 4_000_000_000 }])).rejects.toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', limit: 'archiveEntryBytesMax' }),
    );
  });

  test('entries beyond number, also of one that claims fewer', async () => {
    const entries = Array.from({ length: archiveEntriesMax + 1 }, (_, index) => ({
      path: `${index}`,
      content: '',
      isStored: true,
    }));
    await expect(read(entries)).rejects.toThrow(expect.objectContaining({ limit: 'archiveEntriesMax' }));
  });

  test('many entries of the largest size', async () => {
    const content = Buffer.alloc(16_000_000);
    for (let at = 0; at < content.length; at += 40) content.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);
    const one = { content, isStored: true };
    const entries = ['a', 'b', 'c', 'd', 'e'].map((path) => ({ ...one, path }));
    await expect(readArchive(zipOf(entries.slice(0, 5)), all)).rejects.toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    );
  });
});
