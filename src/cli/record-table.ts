/** Records as a table that fits the screen. */

import { isJsonObject, type JsonObject, type JsonValue, printJson } from '../base/json.ts';
import type { Output } from './output.ts';

/** Rows of a table on the screen; `--json` has them all. */
const rowsMax = 1000;
const cellWidthMax = 40;

/** Prints records with as many columns as fit, and says what was left out. */
export function printRecords(output: Output, records: readonly JsonObject[]): void {
  const shown = records.slice(0, rowsMax);
  const names = [...new Set(shown.flatMap((record) => Object.keys(record).filter((name) => !name.includes('@'))))];
  const columns = fittingColumns(names, shown, output.width);
  if (columns.length > 0) {
    output.table(
      columns,
      shown.map((record) => columns.map((name) => cellText(record[name]))),
    );
  }
  if (columns.length < names.length) {
    output.note(`${columns.length} of ${names.length} columns shown; --select chooses others, --json has all.`);
  }
  if (shown.length < records.length) {
    output.note(`${shown.length} of ${records.length} rows shown; --json has all.`);
  }
}

/** Prints one record, a member per line. */
export function printRecord(output: Output, record: JsonObject): void {
  output.facts(Object.entries(record).map(([name, value]) => [name, valueText(value)]));
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
