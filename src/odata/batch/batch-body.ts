/** JSON bodies of requests and responses within a batch. */

import { isUtf8 } from 'node:buffer';
import { type JsonValue, parseJson, printJson } from '../../base/json.ts';
import { invalidBatch } from './batch-error.ts';
import { batchLimitsOf } from './batch-limits.ts';
import { asBuffer } from './collect-bytes.ts';
import { parseText } from './json/json-envelope.ts';
import { checkJsonDepth } from './json/json-spans.ts';

/** The body of a request or response as bytes, with every digit of a bigint. */
export function batchBodyOf(value: JsonValue): Uint8Array {
  return Buffer.from(printJson(value), 'utf8');
}

/**
 * The JSON value of a body; integers outside ±(2^53 − 1) are bigints. Raises ODATA_BATCH_INVALID for one that is not
 * JSON in UTF-8, and LIMIT_EXCEEDED for one that nests too deep.
 */
export function batchBodyJson(body: Uint8Array): JsonValue {
  const text = textOf(body);
  checkJsonDepth(text, batchLimitsOf({}).batchDepthMax);
  try {
    return parseJson(text);
  } catch (cause) {
    throw invalidBatch(`${what} is not JSON.`, cause);
  }
}

/** The text of a body that is JSON. Raises ODATA_BATCH_INVALID for one that is not JSON in UTF-8. */
export function jsonText(body: Uint8Array): string {
  const text = textOf(body);
  parseText(text, what);
  return text;
}

const what = 'A body within the batch';

function textOf(body: Uint8Array): string {
  const bytes = asBuffer(body);
  if (!isUtf8(bytes)) throw invalidBatch(`${what} is not UTF-8.`);
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
