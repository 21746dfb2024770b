/** The segments of the path in a context URL. */

import { checkLimit } from '../../../base/limits.ts';
import { uriLimits } from '../../uri/uri-limits.ts';
import { unexpectedInUrl } from './context-url-error.ts';

export interface ContextSegment {
  readonly text: string;
  readonly start: number;
}

/** Parts at slashes that stand in no parentheses and no quotes. Raises ODATA_SYNTAX and LIMIT_EXCEEDED. */
export function splitContextPath(source: string, start: number): readonly ContextSegment[] {
  const segments: ContextSegment[] = [];
  let segmentStart = start;
  let depth = 0;
  let isQuoted = false;
  for (let position = start; position <= source.length; position += 1) {
    const code = source[position];
    if (position === source.length || (code === '/' && depth === 0 && !isQuoted)) {
      segments.push({ text: source.slice(segmentStart, position), start: segmentStart });
      checkLimit('uriSegmentsMax', uriLimits.uriSegmentsMax, segments.length, 'The segments of the context URL');
      segmentStart = position + 1;
    } else if (code === "'") isQuoted = !isQuoted;
    else if (!isQuoted && code === '(') depth += 1;
    else if (!isQuoted && code === ')') depth -= 1;
    if (depth < 0) throw unexpectedInUrl(source, position, '"/" or the end');
  }
  if (depth > 0 || isQuoted) throw unexpectedInUrl(source, source.length, isQuoted ? 'a closing "\'"' : '")"');
  return segments;
}
