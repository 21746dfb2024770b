/** What commands print: data to standard output, everything else to standard error. */

import Table from 'cli-table3';
import { errorCodes } from '../base/error-codes.ts';
import { errorToJson, isRialtoError, RialtoError } from '../base/errors.ts';
import { type JsonValue, printJson } from '../base/json.ts';
import { ApiError } from './api-error.ts';
import type { CliContext } from './cli-context.ts';
import { remedyFor } from './remedies.ts';

export interface OutputFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Prints in the form that the flags ask for. */
export interface Output {
  readonly isJson: boolean;
  /** Columns that fit on the screen. */
  readonly width: number;
  /** The result: under `--json` the document, else what `human` prints. */
  result(document: unknown, human: () => void): void;
  line(text: string): void;
  table(heads: readonly string[], rows: readonly (readonly string[])[]): void;
  /** Names and values, one per line. */
  facts(facts: readonly (readonly [name: string, value: string])[]): void;
  /** A remark beside the result; nothing under `--quiet`. */
  note(text: string): void;
  status(word: string): string;
  /** Prints an error, under `--json` also as the document, and gives its exit code. */
  error(error: unknown): number;
  /** Prints an error beside a result that is printed already, and gives its exit code. */
  failure(error: RialtoError): number;
}

const widthWithoutTerminal = 120;
const escapeCode = '\u001b';
const good = new Set(['Succeeded', 'Enabled', 'ok']);
const bad = new Set(['Failed', 'TimedOut', 'FAIL']);

/** Makes the output of one command. */
export function createOutput(context: CliContext, flags: OutputFlags): Output {
  const hasColor = context.allowsColor && flags.color && !flags.json;
  const line = (text: string): void => void context.stdout.write(`${text}\n`);
  function paint(code: number, text: string): string {
    return hasColor ? `${escapeCode}[${code}m${text}${escapeCode}[0m` : text;
  }
  function failure(error: RialtoError): number {
    const remedy = remedyFor(error.code);
    const hint = remedy === undefined ? '' : `\n  do: ${remedy}`;
    context.stderr.write(`${error.code}: ${error.message}${hint}\n`);
    return errorCodes[error.code].exit;
  }
  return {
    isJson: flags.json,
    width: context.stdout.columns ?? widthWithoutTerminal,
    result: (document, human) => (flags.json ? line(printJson(document as JsonValue, 2)) : human()),
    line,
    table: (heads, rows) => line(tableText(heads, rows)),
    facts: (facts) => line(tableText([], facts)),
    note(text) {
      if (!flags.quiet) context.stderr.write(`${text}\n`);
    },
    status(word) {
      if (good.has(word)) return paint(32, `v ${word}`);
      return bad.has(word) ? paint(31, `x ${word}`) : word;
    },
    error(thrown) {
      const error = isRialtoError(thrown) ? thrown : internalFault(thrown);
      const document = error instanceof ApiError ? error.answer : errorToJson(error);
      if (flags.json) line(printJson({ error: document }, 2));
      return failure(error);
    },
    failure,
  };
}

function internalFault(thrown: unknown): RialtoError {
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new RialtoError('INTERNAL', `The command met a fault.\n${message}`, { cause: thrown });
}

/** Columns apart by two spaces and no lines, so that it can be read, cut and searched alike. */
function tableText(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    ...(heads.length === 0 ? {} : { head: [...heads] }),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2, compact: true },
    chars: Object.fromEntries(
      ['top', 'bottom', 'mid', 'left', 'right']
        .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
        .concat('middle', 'left-mid', 'mid-mid', 'right-mid')
        .map((name) => [name, '']),
    ),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((text) => text.trimEnd())
    .join('\n');
}
