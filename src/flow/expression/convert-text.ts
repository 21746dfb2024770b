/** Long texts converted piece by piece, so that one that grows is stopped before it is whole. */

import { checkLimit } from '../../base/limits.ts';
import { valueTextMax } from './limits.ts';

const pieceLength = 16_384;

/** `convert` of each piece of the text, joined; surrogate pairs stay together. Raises LIMIT_EXCEEDED. */
export function convertPieces(text: string, convert: (piece: string) => string): string {
  if (text.length <= pieceLength) return convert(text);
  let converted = '';
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + pieceLength, text.length);
    const last = text.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff && end < text.length) end += 1;
    converted += convert(text.slice(start, end));
    checkLimit('valueTextMax', valueTextMax, converted.length, 'The length of a converted text');
    start = end;
  }
  return converted;
}
