/** Values to text, as interpolation, concat and string() do it (reference 7.7). */

import { Decimal } from './decimal.ts';
import { charsetOf, decodeBase64, decodeText, envelopeOf } from './envelope.ts';
import { EvaluationError } from './evaluation-error.ts';
import { floatText } from './float-text.ts';
import { printValue } from './print-value.ts';
import type { Value } from './value.ts';

/**
 * The text of a value: null is empty, booleans are capitalised, arrays and objects are compact JSON, an envelope is its
 * decoded content.
 * Raises EXPRESSION_FAILED for an envelope that cannot be decoded, and LIMIT_EXCEEDED.
 */
export function toText(value: Value, position = 0): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    case 'number':
      return floatText(value);
    default:
  }
  if (value === null) return '';
  if (value instanceof Decimal) return value.toString();
  return envelopeText(value, position) ?? printValue(value);
}

/** The decoded content of an envelope; undefined for a value that is none. Raises EXPRESSION_FAILED. */
export function envelopeText(value: Value, position: number): string | undefined {
  const envelope = envelopeOf(value);
  if (envelope === undefined) return undefined;
  const bytes = decodeBase64(envelope.content);
  if (bytes === undefined) {
    throw new EvaluationError('The $content of a content envelope is not base64.', { position });
  }
  const text = decodeText(bytes, charsetOf(envelope.contentType));
  if (text === undefined) {
    throw new EvaluationError(`The content type '${envelope.contentType}' of an envelope names an unknown charset.`, {
      position,
    });
  }
  return text;
}
