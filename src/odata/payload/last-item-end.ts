/** Finds where items of a JSON array end. */

import { bytes } from './payload-bytes.ts';

/**
 * The position of the last comma behind an item, or of the bracket that ends the array, from `start` within an array to
 * `end`; `start` when no item ends there. A hot loop.
 */
export function lastItemEnd(piece: Uint8Array, start: number, end: number): number {
  let found = start;
  let depth = 0;
  let isInString = false;
  for (let position = start; position < end; position += 1) {
    const code = piece[position] as number;
    if (isInString) {
      if (code === bytes.quote) isInString = false;
      else if (code === bytes.backslash) position += 1;
    } else if (code === bytes.quote) isInString = true;
    else if (code === bytes.comma) {
      if (depth === 0) found = position;
    } else if (code === bytes.openBrace || code === bytes.openBracket) depth += 1;
    else if (code === bytes.closeBrace || code === bytes.closeBracket) {
      depth -= 1;
      if (depth < 0) return position;
    }
  }
  return found;
}
