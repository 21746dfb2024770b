/** In-stream errors: a service that fails within a page breaks the payload off with an error (OData JSON 4.01 21.2). */

import { isRialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonValue } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import { JsonParser } from '../json-parser.ts';
import { joinPieces } from '../payload-bytes.ts';
import { errorPayload } from '../read/read-odata-error.ts';

/** Bytes at the end of a broken payload in which an error is looked for. */
const tailBytesMax = 64 * 1024;

/** Whether this row may be the error of a payload that breaks off behind it. */
export function isErrorRow(row: Row | undefined): boolean {
  return row !== undefined && isJsonObject(row.error) && Object.keys(row).length === 1 && 'message' in row.error;
}

/** The error to raise where reading fails with `cause`: the service's own, where one is found. */
export function brokenOff(
  cause: unknown,
  at: { readonly held: Row | undefined; readonly pieces: readonly Uint8Array[] },
): unknown {
  if (!isRialtoError(cause) || cause.code !== 'ODATA_PAYLOAD_INVALID') return cause;
  if (at.held !== undefined) return errorPayload(at.held, cause) ?? cause;
  const tail = joinPieces(at.pieces).subarray(-tailBytesMax);
  const start = lastError(tail);
  if (start === -1) return cause;
  const error = objectAt(tail, start);
  return isJsonObject(error) && isErrorRow(error) ? (errorPayload(error, cause) ?? cause) : cause;
}

/** Where the last object begins whose first member is `error`. */
function lastError(tail: Buffer): number {
  const name = tail.lastIndexOf('"error"');
  if (name === -1) return -1;
  const brace = tail.subarray(0, name).lastIndexOf('{');
  return brace !== -1 &&
    tail
      .subarray(brace + 1, name)
      .toString('latin1')
      .trim() === ''
    ? brace
    : -1;
}

function objectAt(tail: Buffer, start: number): JsonValue | undefined {
  const parser = new JsonParser({ decimals: 'text', root: 'object' });
  try {
    parser.push(tail, start, 0);
    return parser.isComplete ? parser.value : undefined;
  } catch {
    // No error that can be read; what failed before is what is raised.
    return undefined;
  }
}
