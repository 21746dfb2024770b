/** Timestamps among the arguments of a call, and the text of its result (reference 8.7). */

import { formatTimestamp, roundTripText } from '../format-timestamp.ts';
import { parseTimestamp } from '../parse-timestamp.ts';
import type { Timestamp } from '../timestamp.ts';
import { argumentError, callError, type FunctionCall, optionalText, textArgument } from './function.ts';

export function timestampArgument(call: FunctionCall, index: number): Timestamp {
  const text = textArgument(call, index);
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined) throw argumentError(call, index, text, 'a timestamp such as 2026-01-31T08:00:00Z');
  return timestamp;
}

/** The text of a timestamp by the optional format argument, and the culture behind it. */
export function formatted(call: FunctionCall, timestamp: Timestamp, formatIndex: number): string {
  const format = optionalText(call, formatIndex, '');
  const culture = optionalText(call, formatIndex + 1, 'en-us');
  if (format === '' && call.arguments.length <= formatIndex + 1) return roundTripText(timestamp);
  const result = formatTimestamp(timestamp, format === '' ? 'o' : format, culture);
  if ('complaint' in result) throw callError(call, `expected ${result.complaint}`);
  return result.text;
}
