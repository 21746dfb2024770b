/** Records as a table that fits the screen. */

import { isJsonObject, type JsonObject, type JsonValue, printJson } from '../base/json.ts';
import type { Output } from './output.ts';

/** Rows of a table on the screen; `--json` has them all. */
export const tableRowsMax = 1000;
const cellWidthMax = 40;

/** Prints records with as many columns as fit, and says what was left out. */
export function printRecords(output: Output, records: readonly JsonObject[]): void {
  const shown = records.slice(0, tableRowsMax);
  const names = [...new Set(shown.flatMap((record) => Object.keys(record).filter((name) => !name.includes('@'))))];
  const filled = names.filter((name) => shown.some((record) => valueText(record[name]) !== ''));
  const columns = fittingColumns(filled.length === 0 ? names : filled, shown, output.width);
  if (columns.length > 0) {
    output.table(
      columns,
      shown.map((record) => columns.map((name) => cellText(record[name]))),
    );
  }
  if (columns.length < names.length) {
    output.note(
      `${columns.length} of ${counted(names.length, 'column', 'columns')} shown; --select chooses others, --json has all.`,
    );
  }
  if (shown.length < records.length) {
    output.note(`Only ${shown.length} rows are shown; --json has all.`);
  }
}

/** Prints one record, a member per line; those without a value are only counted. */
export function printRecord(output: Output, record: JsonObject): void {
  const facts = Object.entries(record).map(([name, value]) => [name, valueText(value)] as const);
  const filled = facts.filter(([, text]) => text !== '');
  output.facts(filled);
  const empty = facts.length - filled.length;
  if (empty > 0) output.note(`${counted(empty, 'property', 'properties')} without a value; --json has all.`);
}

/** A number with its noun: `1 record`, `2 records`. */
export function counted(number: number, one: string, other: string): string {
  return `${number} ${number === 1 ? one : other}`;
}

/** A value as it reads in a table: no quotes around text, nothing for null. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : printJson(value);
}

function fittingColumns(names: readonly string[], records: readonly JsonObject[], width: number): readonly string[] {
  const columns: string[] = [];
  let used = 0;
  for (const name of names) {
    const cells = records.map((record) => cellText(record[name]).length);
    const needed = cells.reduce((widest, cell) => Math.max(widest, cell), name.length) + 2;
    if (columns.length > 0 && used + needed > width) break;
    columns.push(name);
    used += needed;
  }
  return columns;
}

function cellText(value: JsonValue | undefined): string {
  const text = isJsonObject(value) || Array.isArray(value) ? printJson(value as JsonValue) : valueText(value);
  const oneLine = text.replace(/\s+/g, ' ');
  return oneLine.length <= cellWidthMax ? oneLine : `${oneLine.slice(0, cellWidthMax - 1)}…`;
}
