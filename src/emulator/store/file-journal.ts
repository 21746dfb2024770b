/**
 * The journal of one environment: one JSON line per committed change, on disk before the change is acknowledged.
 * Lines of writes that arrive together share one write and one fsync.
 */

import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat, truncate } from 'node:fs/promises';
import { RialtoError } from '../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, printJson } from '../../base/json.ts';
import { checkLimit } from '../../base/limits.ts';
import type { ChangeJournal, RowChange } from './table-store.ts';

export interface FileJournalOptions {
  readonly path: string;
  /** Written as the first line of a new journal, and compared with it at every start. */
  readonly header: JsonObject;
  readonly writesPendingMax: number;
}

/** A change as the journal holds it. */
export interface JournalledChange {
  readonly table: string;
  readonly key: string;
  readonly row: JsonObject | undefined;
}

/** Longest line that a journal may hold. */
const journalLineLengthMax = 67_108_864;

/**
 * Replays the journal into `apply`, cuts off what a crash left half-written, and opens it for appending.
 * Raises EMULATOR_DATA_INVALID when the file is not a journal of these options, naming the line.
 */
export async function openFileJournal(
  options: FileJournalOptions,
  apply: (changes: readonly JournalledChange[]) => void,
): Promise<ChangeJournal> {
  const isNew = await replay(options, apply);
  const file = await open(options.path, 'a', 0o600);
  const { size } = await file.stat();
  const journal = new FileJournal(file, size, options);
  if (isNew) {
    journal.appendLine(options.header);
    await journal.flushed();
  }
  return journal;
}

class FileJournal implements ChangeJournal {
  readonly #file: FileHandle;
  readonly #options: FileJournalOptions;
  /** Bytes of the file as this journal left it. */
  #size: number;
  #lines: string[] = [];
  /** Lines handed in, and lines that are on disk. */
  #appended = 0;
  #flushed = 0;
  #flush: Promise<void> | undefined;
  #failure: RialtoError | undefined;

  constructor(file: FileHandle, size: number, options: FileJournalOptions) {
    this.#file = file;
    this.#size = size;
    this.#options = options;
  }

  append(changes: readonly RowChange[]): void {
    this.appendLine({ changes: changes.map(({ table, key, row }) => [table, key, row ?? null]) });
  }

  appendLine(line: JsonValue): void {
    if (this.#failure !== undefined) throw this.#failure;
    checkLimit(
      'writesPendingMax',
      this.#options.writesPendingMax,
      this.#lines.length,
      'Number of writes waiting for the journal',
    );
    this.#lines.push(`${printJson(line)}\n`);
    this.#appended += 1;
  }

  async flushed(): Promise<void> {
    const wanted = this.#appended;
    // A flush that is under way may have started before the last append; then one more is needed, and no more than one.
    while (this.#flushed < wanted && this.#failure === undefined) {
      this.#flush ??= this.#writeLines().finally(() => {
        this.#flush = undefined;
      });
      await this.#flush;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  async close(): Promise<void> {
    try {
      await this.flushed();
    } finally {
      await this.#file.close();
    }
  }

  async #writeLines(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    try {
      await this.#checkSize();
      const bytes = Buffer.from(lines.join(''));
      await this.#file.appendFile(bytes);
      await this.#file.datasync();
      this.#size += bytes.byteLength;
      this.#flushed += lines.length;
    } catch (cause) {
      // What is in memory is ahead of the disk now: nothing may be acknowledged any more.
      this.#failure =
        cause instanceof RialtoError
          ? cause
          : new RialtoError('INTERNAL', `The journal ${this.#options.path} cannot be written.`, { cause });
      throw this.#failure;
    }
  }

  /** Two emulators that write one journal would each acknowledge what the other never sees. */
  async #checkSize(): Promise<void> {
    const { size } = await this.#file.stat();
    if (size === this.#size) return;
    throw new RialtoError(
      'DATA_DIRECTORY_IN_USE',
      `The journal ${this.#options.path} has ${size} bytes; this emulator left it with ${this.#size}. Another emulator writes to the same data directory.`,
    );
  }
}

/** Whether the journal is new. */
async function replay(
  options: FileJournalOptions,
  apply: (changes: readonly JournalledChange[]) => void,
): Promise<boolean> {
  const size = await stat(options.path).then(
    (found) => found.size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0;
      throw error;
    },
  );
  let lineNumber = 0;
  let validBytes = 0;
  for await (const line of completeLines(options.path, size)) {
    lineNumber += 1;
    const place = `${options.path}, line ${lineNumber}`;
    const value = readLine(line, place);
    if (lineNumber === 1) checkHeader(value, options.header, place);
    else apply(readChanges(value, place));
    validBytes += Buffer.byteLength(line) + 1;
  }
  if (validBytes < size) await truncate(options.path, validBytes);
  return lineNumber === 0;
}

/** The lines that end in a line feed; what stands after the last one was never acknowledged. */
async function* completeLines(path: string, size: number): AsyncGenerator<string> {
  if (size === 0) return;
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    checkLimit('journalLineLengthMax', journalLineLengthMax, rest.length, `Length of a line in ${path}`);
    yield* lines;
  }
}

function readLine(line: string, place: string): JsonObject {
  try {
    const value = parseJson(line, { what: place });
    if (isJsonObject(value)) return value;
  } catch (cause) {
    throw invalid(`${place} is damaged: it is not JSON.`, cause);
  }
  throw invalid(`${place} is damaged: it is not a JSON object.`);
}

function checkHeader(found: JsonObject, expected: JsonObject, place: string): void {
  for (const [name, value] of Object.entries(expected)) {
    if (found[name] !== value) {
      throw invalid(`${place} says ${name} ${printJson(found[name])}; this emulator is set to ${printJson(value)}.`);
    }
  }
}

function readChanges(value: JsonObject, place: string): readonly JournalledChange[] {
  if (!Array.isArray(value.changes)) throw invalid(`${place} has no list 'changes'.`);
  return value.changes.map((change: JsonValue) => {
    const [table, key, row] = Array.isArray(change) ? change : [];
    if (typeof table !== 'string' || typeof key !== 'string' || !(row === null || isJsonObject(row))) {
      throw invalid(`${place} holds something that is not a change of a row.`);
    }
    return { table, key, row: row === null ? undefined : row };
  });
}

function invalid(message: string, cause?: unknown): RialtoError {
  return new RialtoError('EMULATOR_DATA_INVALID', message, cause === undefined ? {} : { cause });
}
