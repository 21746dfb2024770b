/** Rows of transformations that multiply them. */

import { checkLimit } from '../../../base/limits.ts';
import type { Row } from '../../row.ts';

/** Rows that one transformation may give: concatenations, groupings and joins multiply. */
const transformedRowsMax = 1_000_000;

/** Raises LIMIT_EXCEEDED. */
export function checkRowCount(count: number): void {
  checkLimit('transformedRowsMax', transformedRowsMax, count, 'The number of rows of a transformation');
}

/** The rows of all parts, one behind the other; counted before they are there. Raises LIMIT_EXCEEDED. */
export function gatherRows<Part>(parts: readonly Part[], rowsOf: (part: Part) => readonly Row[]): readonly Row[] {
  const all: Row[] = [];
  for (const part of parts) {
    const rows = rowsOf(part);
    checkRowCount(all.length + rows.length);
    for (const row of rows) all.push(row);
  }
  return all;
}
