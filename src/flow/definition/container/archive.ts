/** ZIP archives in memory, as Power Automate exports them (reference 11.1, 11.2). Nothing in one is trusted. */

import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { RialtoError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';
import { checkArchivePath } from './archive-path.ts';

/** Largest archive, in bytes. */
export const archiveBytesMax = 67_108_864;
/** Most entries in an archive. */
export const archiveEntriesMax = 10_000;
/** Largest entry that is read, in bytes after decompression. */
export const archiveEntryBytesMax = 16_777_216;
/** Most bytes of all entries that are read, after decompression. */
export const archiveContentBytesMax = 67_108_864;
/** Most bytes that one compressed byte may become; deflate itself ends near 1,032. */
export const archiveRatioMax = 200;
/** Below this size an entry may be compressed as well as it likes, in bytes. */
const ratioFreeBytes = 1_048_576;

const endSignature = Buffer.from('PK\u0005\u0006', 'latin1');
const zip64LocatorSignature = Buffer.from('PK\u0006\u0007', 'latin1');
const zip64LocatorBytes = 20;
const zip64ExtraField = 1;
const storedMethod = 0;
const deflateMethod = 8;

/** True for bytes that begin as a ZIP archive does, an empty one included. */
export function isArchive(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  if (first !== 0x50 || second !== 0x4b) return false;
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);
}

/**
 * The files of an archive by path, of those paths that `isWanted` picks; the others are checked and not decompressed.
 * Raises ARCHIVE_INVALID for an archive that is damaged, encrypted, ZIP64, in parts, or that holds a path twice or one
 * that leads out of it; LIMIT_EXCEEDED for one that is too large or grows too much.
 */
export async function readArchive(
  bytes: Uint8Array,
  isWanted: (path: string) => boolean,
): Promise<ReadonlyMap<string, Uint8Array>> {
  checkLimit('archiveBytesMax', archiveBytesMax, bytes.length, 'The size of the archive');
  const zip = await opened(bytes);
  checkLimit('archiveEntriesMax', archiveEntriesMax, zip.entryCount, 'The number of entries in the archive');
  const entries = await checkedEntries(zip);
  const files = new Map<string, Uint8Array>();
  let total = 0;
  for (const [path, entry] of entries) {
    if (!isWanted(path)) continue;
    checkSize(path, entry);
    total += entry.uncompressedSize;
    checkLimit('archiveContentBytesMax', archiveContentBytesMax, total, 'The content of the archive');
    files.set(path, await content(zip, path, entry));
  }
  return files;
}

async function opened(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const options = { lazyEntries: true, autoClose: false, strictFileNames: false, validateEntrySizes: true };
  const end = buffer.lastIndexOf(endSignature);
  if (
    end >= zip64LocatorBytes &&
    buffer.indexOf(zip64LocatorSignature, end - zip64LocatorBytes) === end - zip64LocatorBytes
  ) {
    throw invalid('It is in the ZIP64 form, which is not read.');
  }
  return await orInvalid(() => fromBufferPromise(buffer, options));
}

/** All entries that are files, by path; in the order of the archive. */
async function checkedEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  const seen = new Set<string>();
  const iterator = zip.eachEntry();
  for (;;) {
    const step = await orInvalid(() => iterator.next());
    if (step.done === true) return entries;
    const entry: Entry = step.value;
    checkLimit('archiveEntriesMax', archiveEntriesMax, seen.size + 1, 'The number of entries in the archive');
    const path = checkArchivePath(entry.fileName);
    const key = path.toLowerCase().normalize('NFC');
    if (seen.has(key)) throw invalid(`It holds the path '${shown(path)}' twice.`);
    seen.add(key);
    checkKind(path, entry);
    if (!path.endsWith('/')) entries.set(path, entry);
  }
}

function checkKind(path: string, entry: Entry): void {
  if (entry.isEncrypted()) throw invalid(`Its entry '${shown(path)}' is encrypted.`);
  if (entry.extraFields.some((field) => field.id === zip64ExtraField)) {
    throw invalid(`Its entry '${shown(path)}' is in the ZIP64 form, which is not read.`);
  }
  if (entry.compressionMethod !== storedMethod && entry.compressionMethod !== deflateMethod) {
    throw invalid(`Its entry '${shown(path)}' is compressed by method ${entry.compressionMethod}; deflate is read.`);
  }
}

function checkSize(path: string, entry: Entry): void {
  const what = `The entry '${shown(path)}' of the archive`;
  checkLimit('archiveEntryBytesMax', archiveEntryBytesMax, entry.uncompressedSize, `The size of ${what}`);
  if (entry.uncompressedSize <= ratioFreeBytes) return;
  const ratio = Math.ceil(entry.uncompressedSize / Math.max(1, entry.compressedSize));
  checkLimit('archiveRatioMax', archiveRatioMax, ratio, `The growth of ${what}`);
}

/** The bytes of an entry. The stream ends in an error as soon as it gives more than the entry says. */
async function content(zip: ZipFile, path: string, entry: Entry): Promise<Uint8Array> {
  return await orInvalid(async () => {
    const stream = await zip.openReadStreamPromise(entry);
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      length += piece.length;
      checkLimit('archiveEntryBytesMax', archiveEntryBytesMax, length, `The size of the entry '${shown(path)}'`);
      pieces.push(piece);
    }
    const whole = Buffer.concat(pieces);
    if (crc32(whole) !== entry.crc32) throw invalid(`The checksum of its entry '${shown(path)}' is wrong.`);
    return whole;
  });
}

/** Runs a step of the library; what it raises is about the archive. */
async function orInvalid<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (cause) {
    if (cause instanceof RialtoError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`It cannot be read: ${reason.slice(0, 300)}`, cause);
  }
}

function invalid(reason: string, cause?: unknown): RialtoError {
  return new RialtoError('ARCHIVE_INVALID', `The ZIP archive is not valid. ${reason}`, { cause });
}

function shown(path: string): string {
  return path.length <= 100 ? path : `${path.slice(0, 100)}…`;
}
